// SPDX-License-Identifier: Apache-2.0
// Colours of a map: a number falls into one of seven classes between round edges; the outer two are open.

export const CLASSES = 7

/** The six edges between the classes, rising, in the unit shown. */
export interface Scale {
  edges: readonly number[]
  step: number
}

const STEPS = [1, 2, 2.5, 3, 4, 5, 10]

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!
}

/** Edges that have the middle 96 % of the numbers between them: one cell that stands out leaves the others their colours. Null without numbers. */
export function scaleOf(values: readonly (number | null)[]): Scale | null {
  const known = values.filter((v): v is number => v !== null && Number.isFinite(v)).sort((a, b) => a - b)
  if (known.length === 0) return null
  const [low, high] = [quantile(known, 0.02), quantile(known, 0.98)]
  const inner = CLASSES - 2
  const least = Math.max((high - low) / inner, Math.abs(high) * 1e-4, 1e-9)
  const power = 10 ** Math.floor(Math.log10(least))
  for (const factor of [...STEPS, ...STEPS.map((s) => 10 * s)]) {
    const step = factor * power
    const start = Math.floor(low / step + 1e-9) * step
    if (step >= least * (1 - 1e-9) && start + inner * step >= high - 1e-9 * step)
      return { edges: Array.from({ length: CLASSES - 1 }, (_, k) => Number((start + k * step).toPrecision(12))), step }
  }
  return null
}

/** 0 to 6; null where there is no number. */
export function classOf(s: Scale, v: number | null): number | null {
  if (v === null || !Number.isFinite(v)) return null
  let k = 0
  while (k < s.edges.length && v >= s.edges[k]!) ++k
  return k
}
