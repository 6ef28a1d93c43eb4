// SPDX-License-Identifier: Apache-2.0
// Losses gathered: which can be avoided, and what each kind adds up to over the plant.

export interface LossLike {
  kind: string
  path: string
  power: { value: number | null; sd: number | null; unit: string }
  cost_per_year: { value: number | null; sd: number | null; unit: string }
}

const AVOIDABLE = ['above_best_peer', 'steam_excess']
export const avoidable = (l: LossLike): boolean => AVOIDABLE.includes(l.kind)
/** Larger than its own uncertainty. */
export const clear = (l: LossLike): boolean => l.power.value !== null && l.power.value > (l.power.sd ?? 0)

export interface Sum {
  kind: string
  power: number
  cost: number | null
  /** money unit of the year's cost, "CNY/a" */
  unit: string
}

/** Sums by kind, largest first; one unknown cost makes its sum's cost unknown. Unknown powers are left out. */
export function byKind(losses: readonly LossLike[]): Sum[] {
  const sums = new Map<string, Sum>()
  for (const l of losses) {
    if (l.power.value === null) continue
    const s = sums.get(l.kind) ?? { kind: l.kind, power: 0, cost: 0, unit: l.cost_per_year.unit }
    s.power += l.power.value
    s.cost = s.cost === null || l.cost_per_year.value === null ? null : s.cost + l.cost_per_year.value
    sums.set(l.kind, s)
  }
  return [...sums.values()].sort((a, b) => b.power - a.power)
}
