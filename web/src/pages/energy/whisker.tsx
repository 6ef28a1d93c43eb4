// SPDX-License-Identifier: Apache-2.0
// The uncertainty at the end of a bar: one standard deviation to either side, in a box of 100 by 10.
export function Whisker({ value, sd, most }: { value: number | null; sd: number | null; most: number }) {
  if (value === null || sd === null || sd <= 0) return null
  const x = (v: number): number => Math.max(0, (v / most) * 100)
  return (
    <path
      class="whisker"
      vector-effect="non-scaling-stroke"
      d={`M${x(value - sd)} 5H${x(value + sd)}M${x(value - sd)} 2V8M${x(value + sd)} 2V8`}
    />
  )
}
