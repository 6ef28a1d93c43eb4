// SPDX-License-Identifier: Apache-2.0
// Bars on one axis: what each is, how long, with one standard deviation to either side, and its amounts in numbers.
import './bars.css'

/** @param amounts how many stand beside each bar */
export function Bars({ amounts = 2, children }: { amounts?: 1 | 2; children: preact.ComponentChildren }) {
  return <ul class={amounts === 1 ? 'bars one-amount' : 'bars'}>{children}</ul>
}

interface Props {
  what: preact.ComponentChildren
  value: number | null
  sd: number | null
  /** the end of the axis */
  most: number
  /** a bar that nobody could make shorter */
  quiet?: boolean
  /** said of the drawing where its parts say more than the amounts; else the amounts speak */
  label?: string
  amounts: readonly preact.ComponentChildren[]
  /** drawn in place of the one bar, in a box of 100 by 10 */
  children?: preact.ComponentChildren
}

export function Bar({ what, value, sd, most, quiet = false, label, amounts, children }: Props) {
  const spoken = label === undefined ? { 'aria-hidden': 'true' as const } : { role: 'img' as const, 'aria-label': label }
  return (
    <li>
      <span class="what">{what}</span>
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" {...spoken}>
        {children ?? <rect class={quiet ? 'bar-quiet' : 'bar'} width={Math.max(0.4, ((value ?? 0) / most) * 100)} height="10" />}
        <Whisker value={value} sd={sd} most={most} />
      </svg>
      {amounts.map((a, i) => (
        <span key={i} class="amount">
          {a}
        </span>
      ))}
    </li>
  )
}

function Whisker({ value, sd, most }: { value: number | null; sd: number | null; most: number }) {
  if (value === null || sd === null || sd <= 0) return null
  const x = (v: number): number => Math.max(0, (v / most) * 100)
  const [left, right] = [x(value - sd), x(value + sd)]
  return <path class="whisker" vector-effect="non-scaling-stroke" d={`M${left} 5H${right}M${left} 2V8M${right} 2V8`} />
}
