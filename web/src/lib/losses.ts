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
  /** at most: the parts' uncertainties as if they went together; null where one is not known */
  sd: number | null
  cost: number | null
  /** money unit of the year's cost, "CNY/a" */
  unit: string
}

/** Sums by kind, largest first; one unknown cost makes its sum's cost unknown. Unknown powers are left out. */
export function byKind(losses: readonly LossLike[]): Sum[] {
  const sums = new Map<string, Sum>()
  for (const l of losses) {
    if (l.power.value === null) continue
    const s = sums.get(l.kind) ?? { kind: l.kind, power: 0, sd: 0, cost: 0, unit: l.cost_per_year.unit }
    s.power += l.power.value
    s.sd = s.sd === null || l.power.sd === null ? null : s.sd + l.power.sd
    s.cost = s.cost === null || l.cost_per_year.value === null ? null : s.cost + l.cost_per_year.value
    sums.set(l.kind, s)
  }
  return [...sums.values()].sort((a, b) => b.power - a.power)
}

interface Flowing {
  contents: string
  flow: { value: number | null }
}
/** The streams of steam whose flow is known, largest first. */
export function steamOf<S extends Flowing>(streams: readonly S[]): S[] {
  return streams.filter((s) => s.contents === 'steam' && s.flow.value !== null).sort((a, b) => b.flow.value! - a.flow.value!)
}
