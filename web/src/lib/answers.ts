// SPDX-License-Identifier: Apache-2.0
// Which of the plant's indicators come first, and how today stands against yesterday.
import type { Amount, Overview } from '../api/schemas'
import { parseUnit } from './units'

const MAIN = ['ac_energy_per_naoh', 'dc_energy_per_naoh'] as const

export interface MainEnergy {
  name: (typeof MAIN)[number]
  now: Amount
  delta: number | null
  /** the change is within the uncertainty of today's figure */
  same: boolean
}

/** Electricity per tonne: AC where it is known, else DC. */
export function mainEnergy(o: Pick<Overview, 'indicators' | 'day_before'>): MainEnergy | null {
  for (const name of MAIN) {
    const now = o.indicators[name]
    if (!now || now.value === null) continue
    const before = o.day_before[name]?.value ?? null
    const delta = before === null ? null : now.value - before
    return { name, now, delta, same: delta !== null && Math.abs(delta) <= (now.sd ?? 0) }
  }
  return null
}

/** Electricity of a tonne in money. @param price [currency/J]; null where the plant file has none */
export function costPerTonne(energy: Amount, price: number | null): { value: number; sd: number | null } | null {
  const unit = parseUnit(energy.unit)
  if (energy.value === null || price === null || unit === null) return null
  const perTonne = unit.scale * price * 1000 // [currency/t] of one unit of energy per mass
  return { value: energy.value * perTonne, sd: energy.sd === null ? null : energy.sd * perTonne }
}

const TILES = [
  'ac_energy_per_naoh',
  'dc_energy_per_naoh',
  'steam_per_naoh',
  'comprehensive_energy_per_naoh',
  'current_efficiency',
  'evaporator_economy',
]

/** Those of the plant as a whole that are known, at most six. */
export const tiles = (o: Pick<Overview, 'indicators'>): string[] => TILES.filter((n) => o.indicators[n] && o.indicators[n].value !== null)
