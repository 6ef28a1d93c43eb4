// SPDX-License-Identifier: Apache-2.0
import './dots.css'

const HALF = 5 // standard deviations to either side; more lies at the edge

/** Measured (hollow) at zero, reconciled (filled) where the balances put it. */
export function Dots({ sds, text, bad }: { sds: number | null; text: string; bad: boolean }) {
  if (sds === null) return <span class="quiet">{text}</span>
  const x = 64 + (Math.max(-HALF, Math.min(HALF, sds)) / HALF) * 58
  return (
    <span class="dots">
      <svg viewBox="0 0 128 16" width="128" height="16" aria-hidden="true">
        <path class="axis" d="M6 8H122M64 3V13" />
        <path class="shift" d={`M64 8H${x}`} />
        <circle class={bad ? 'hollow-bad' : 'hollow'} cx="64" cy="8" r="4" />
        <circle class="filled" cx={x} cy="8" r="4" />
      </svg>
      {text}
    </span>
  )
}
