// SPDX-License-Identifier: Apache-2.0
// What a trend shows: the tags chosen, what the server must be asked for them, and the panels they are drawn in.
import type { Curve, Tag } from '../../api/schemas'
import { bandOf, lineOf, marksOf, type Gap, type Line, type Mark } from '../../lib/series'
import { parseUnit, unitForPeople, type Unit } from '../../lib/units'

export const MOST_TAGS = 8

/** What is drawn for one tag chosen: itself, and the reconciled value of the same quantity with its band. */
export interface Wanted {
  tag: Tag
  reconciled: string | null
  sd: string | null
}

export function wantedOf(chosen: readonly string[], all: ReadonlyMap<string, Tag>, withReconciled: boolean): Wanted[] {
  const taken = new Set(chosen) // each value is drawn once
  return chosen.flatMap((name) => {
    const tag = all.get(name)
    if (!tag) return []
    if (tag.kind !== 'measured') return [{ tag, reconciled: null, sd: existing(all, name.replace(/^(reconciled|indicator):/, '$1_sd:')) }]
    const value = `reconciled:${tag.of}`
    const reconciled = withReconciled && all.has(value) && !taken.has(value) ? value : null
    if (reconciled) taken.add(reconciled)
    return [{ tag, reconciled, sd: reconciled && existing(all, `reconciled_sd:${tag.of}`) }]
  })
}
const existing = (all: ReadonlyMap<string, Tag>, name: string): string | null => (all.has(name) ? name : null)

export const namesToAsk = (wanted: readonly Wanted[]): string[] => [
  ...new Set(wanted.flatMap((w) => [w.tag.name, w.reconciled, w.sd].filter((n) => n !== null))),
]

/** Those that are drawn as lines: where a value is missing its sd is too. */
export const namesOfLines = (wanted: readonly Wanted[]): string[] => [
  ...new Set(wanted.flatMap((w) => [w.tag.name, w.reconciled].filter((n) => n !== null))),
]

export interface Drawn {
  wanted: Wanted
  /** its place among the tags chosen: its letter, colour and dashes */
  place: number
  unit: Unit
  measured: Line | null
  reconciled: Line | null
  band: { upper: Line; lower: Line } | null
  /** the same time a day or a week before, moved to now */
  before: Line | null
  marks: Mark[]
  raw: Curve
}
export interface Panel {
  unit: string
  /** of a second axis, at the right */
  second: string | null
  drawn: Drawn[]
}

/** What is drawn beside the time shown: how long before it was [ms]. */
export const BESIDE = { none: 0, day: 86_400_000, week: 604_800_000 } as const
export type Beside = keyof typeof BESIDE

/** A tag's own unit where this page can convert to it, else the one people read, else what the server sent. */
function unitOf(tag: Tag, curve: Curve): Unit {
  const own = tag.si_unit === null ? null : parseUnit(tag.unit, tag.si_unit)
  if (tag.kind === 'measured') return own ?? { code: curve.unit, scale: 1, offset: 0 }
  const typical = curve.values.find((v) => typeof v === 'number' && v !== 0)
  return unitForPeople(curve.unit, typeof typical === 'number' ? typical : 0, tag.of ?? tag.name)
}

const later = (line: Line, by: number): Line => ({ ...line, times: line.times.map((t) => t + by) })

/** The first two panels as one with two axes. */
export function withTwoAxes(panels: readonly Panel[]): Panel[] {
  const [a, b, ...rest] = panels
  if (!a || !b) return [...panels]
  return [{ unit: a.unit, second: b.unit, drawn: [...a.drawn, ...b.drawn] }, ...rest]
}

/**
 * One panel a unit, in the order the tags were chosen; tags of one unit share an axis and can be compared.
 * @param gaps  of all tags, at the time shown and `by` seconds earlier
 * @param before  curves of the same tags `by` seconds earlier
 */
export function panelsOf(
  wanted: readonly Wanted[],
  curves: readonly Curve[],
  gaps: readonly Gap[],
  before: readonly Curve[] = [],
  by = 0,
): Panel[] {
  const byName = new Map(curves.map((c) => [c.tag, c]))
  const panels: Panel[] = []
  wanted.forEach((w, place) => {
    const raw = byName.get(w.tag.name)
    if (!raw) return
    const unit = unitOf(w.tag, raw)
    const estimate = w.tag.kind !== 'measured'
    const line = lineOf(raw, unit, gaps)
    const beside = w.reconciled ? byName.get(w.reconciled) : undefined
    const reconciled = estimate ? line : beside ? lineOf(beside, unit, gaps) : null
    const sd = w.sd ? byName.get(w.sd) : undefined
    const band = reconciled && sd ? bandOf(reconciled, lineOf(sd, { ...unit, offset: 0 })) : null
    const old = before.find((c) => c.tag === w.tag.name)
    const drawn: Drawn = {
      ...{ wanted: w, place, unit, measured: estimate ? null : line, reconciled, band, marks: marksOf(raw), raw },
      before: old ? later(lineOf(old, unit, gaps), by) : null,
    }
    const panel = panels.find((p) => p.unit === unit.code)
    if (panel) panel.drawn.push(drawn)
    else panels.push({ unit: unit.code, second: null, drawn: [drawn] })
  })
  return panels
}

export const letterOf = (place: number): string => String.fromCharCode(65 + place)
/** Tells the lines of one panel apart without colour. */
export const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [10, 3, 2, 3], [5, 2], [1, 2], [12, 4], [8, 2, 2, 2, 2, 2]]
