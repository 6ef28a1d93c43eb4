// SPDX-License-Identifier: Apache-2.0
// What a map of cells can be coloured by, and how the cells stood at a time.
import type { Cell, CellFinding, CellMapOf, CellState } from '../api/schemas'
import { fromSi, type Unit } from './units'

/** All but `state` are numbers. */
export const MEASURES = ['standard_voltage', 'voltage', 'u0', 'k', 'excess_power', 'cost_per_day', 'age', 'state'] as const
export type Measure = (typeof MEASURES)[number]

const unit = (code: string, scale = 1): Unit => ({ code, scale, offset: 0 })
/** Of a slope against current density: volts for each kA/m2 more, as people in a cell room count it. */
export const SLOPE = unit('mV.m2/kA', 1e-6)
export const VOLT = unit('V')
export const WATT = unit('W')
export const DRIFT = unit('mV/a', 1e-3)

export function unitOf(m: Measure, currency: string): Unit {
  switch (m) {
    case 'voltage':
    case 'standard_voltage':
    case 'u0':
      return VOLT
    case 'k':
      return SLOPE
    case 'excess_power':
      return WATT
    case 'cost_per_day':
      return unit(`${currency}/d`)
    case 'age':
      return unit('d')
    case 'state':
      return unit('1')
  }
}

/** Which maps the server can make of the past. */
export const ofPast = (m: Measure): CellMapOf | null => (m === 'voltage' || m === 'standard_voltage' || m === 'excess_power' ? m : null)

/** In the unit shown; null where it is not known. */
export function numberOf(c: Cell, m: Measure, u: Unit): number | null {
  const v = m === 'state' ? null : (c[m]?.value ?? null)
  return v === null ? null : fromSi(u, v)
}

/** In SI, its sd null where it is exact or not known. */
export function figureOf(c: Cell, m: Measure): { value: number | null; sd: number | null; unit: string } {
  const of: { value: number | null; sd?: number | null; unit: string } | null = m === 'state' ? null : c[m]
  return { value: of?.value ?? null, sd: of?.sd ?? null, unit: of?.unit ?? '' }
}

/** The first measure that some cell has: a room that has only begun to learn has voltages alone. */
export const firstMeasure = (cells: readonly Cell[]): Measure =>
  cells.some((c) => c.standard_voltage?.value != null) || cells.every((c) => c.voltage?.value == null) ? 'standard_voltage' : 'voltage'

export type Sign = 'sick' | 'suspect' | null
const signOf = (s: CellState): Sign => (s === 'sick' || s === 'suspect' ? s : null)

/** Begun at `at` [ms], and not over then. */
const wasOpen = (f: CellFinding, at: number): boolean => Date.parse(f.since) <= at && (f.ended === null || Date.parse(f.ended) > at)

/** The sign of each cell now, or as what is known now puts it into the past; of a wrong instrument, none. @param at [ms] */
export function signsOf(cells: readonly Cell[], findings: readonly CellFinding[], at: number | null): Sign[] {
  if (at === null) return cells.map((c) => signOf(c.state))
  const sick = new Set(findings.filter((f) => f.code === 'cell_sick' && wasOpen(f, at)).map((f) => f.cell))
  return cells.map((c) => (sick.has(c.cell) ? 'sick' : null))
}

/** A cell by its name, "E1/017" or "e1/17". */
export function findCell(cells: readonly Cell[], name: string): Cell | undefined {
  const m = /^(.*)\/0*(\d+)$/.exec(name.trim())
  return m ? cells.find((c) => c.electrolyser.toLowerCase() === m[1]!.toLowerCase() && c.number === Number(m[2])) : undefined
}

/** Electrolysers in the order of their cells, and how many cells each has. */
export function countsOf(cells: readonly Cell[]): { name: string; cells: number }[] {
  const counts = new Map<string, number>()
  for (const c of cells) counts.set(c.electrolyser, (counts.get(c.electrolyser) ?? 0) + 1)
  return [...counts].map(([name, n]) => ({ name, cells: n }))
}
