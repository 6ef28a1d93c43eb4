// SPDX-License-Identifier: Apache-2.0
// The exchange plan: cells of one electrolyser that are exchanged in one stop, with their sum.
import type { CellExchange } from '../api/schemas'

export const WHENS = ['before_load', 'own_stop', 'next_stop', 'later'] as const
export type When = (typeof WHENS)[number]
export const QUARTER = 91 // [d]

export interface Sum {
  value: number
  /** at most: the parts' uncertainties as if they went together; null where one is not known */
  sd: number | null
}

/** The cells of one electrolyser and one stop. */
export interface StopPlan {
  electrolyser: string
  when: When
  rows: readonly CellExchange[]
  saving: Sum | null
  cost: Sum | null
  standstill: Sum | null
  /** of all together [d] */
  payback: Sum | null
  waiting: Sum | null
}

type Figure = { value: number | null; sd?: number | null } | null

/** Null where one part is not known: a sum that leaves something out is none. */
export function sumOf(all: readonly Figure[]): Sum | null {
  const sum: Sum = { value: 0, sd: 0 }
  for (const f of all) {
    if (f === null || f.value === null) return null
    sum.value += f.value
    sum.sd = sum.sd === null || f.sd === undefined || f.sd === null ? null : sum.sd + f.sd
  }
  return sum
}

/** Both stops cost the parts; a stop of its own also costs its standstill. Null where nothing is saved for sure. */
export function paybackOf(cost: Sum | null, standstill: Sum | null, saving: Sum | null, when: When): Sum | null {
  const all = when === 'own_stop' ? (cost && standstill ? cost.value + standstill.value : null) : (cost?.value ?? null)
  if (all === null || saving === null || saving.value <= 2 * (saving.sd ?? 0)) return null
  const value = all / saving.value
  return { value, sd: saving.sd === null ? null : (value * saving.sd) / saving.value }
}

/** Soonest stop first, electrolysers in the order in which they come in the plan. */
export function stopsOf(plan: readonly CellExchange[]): StopPlan[] {
  const stops: StopPlan[] = []
  for (const when of WHENS)
    for (const electrolyser of [...new Set(plan.filter((x) => x.when === when).map((x) => x.electrolyser))]) {
      const rows = plan.filter((x) => x.when === when && x.electrolyser === electrolyser)
      const saving = sumOf(rows.map((x) => x.saving))
      const cost = sumOf(rows.map((x) => x.cost))
      const standstill = sumOf(rows.map((x) => x.standstill))
      const payback = paybackOf(cost, standstill, saving, when)
      stops.push({ electrolyser, when, rows, saving, cost, standstill, payback, waiting: sumOf(rows.map((x) => x.cost_of_waiting)) })
    }
  return stops
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text)

/** A table as Excel on Chinese Windows reads it: with its mark, without a line of its own. */
export const csvOf = (rows: readonly (readonly string[])[]): string => '\ufeff' + rows.map((r) => r.map(quoted).join(',') + '\r\n').join('')
