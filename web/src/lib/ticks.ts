// SPDX-License-Identifier: Apache-2.0
// Round numbers for an axis.

/** Steps of 1, 2 or 5 from below `low` to above `high`, about `wanted` of them. */
export function ticks(low: number, high: number, wanted: number): { at: number[]; step: number } {
  const rough = Math.max((high - low) / wanted, Math.abs(high) * 1e-6, 1e-12)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5].find((s) => s * power >= rough) ?? 10)
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  return { at: Array.from({ length: Math.max(2, last - first + 1) }, (_, k) => Number(((first + k) * step).toPrecision(12))), step }
}
