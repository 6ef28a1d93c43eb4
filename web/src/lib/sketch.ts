// SPDX-License-Identifier: Apache-2.0
// A plant as it is picked from lists on the page Start: units, pipes between them, and the place of each meter.
import type { Schemas } from '../api/schemas'

type Column = Schemas['StartColumn']
type Model = Schemas['StartModel']

export interface DraftUnit {
  name: string
  model: string
  parameters: Record<string, string>
}
export interface DraftPipe {
  name: string
  /** "": outside; "N1"; "E1.anolyte" */
  from: string
  to: string
  /** "": by what its ends take, else its flow only */
  contents: string
}
export interface DraftMeter {
  tag: string
  /** the pipe or unit that it is on; "": left out */
  on: string
  quantity: string
  unit: string
  sd: string
  /** the unit of the file, where it was asked back; "": what its header says */
  dataUnit: string
  /** a pressure that counts from vacuum, as the header or somebody says */
  absolute: boolean
}
export interface Draft {
  name: string
  units: DraftUnit[]
  pipes: DraftPipe[]
  meters: DraftMeter[]
}

/** What the columns are likely to be: each flow on a pipe of its own, what has the same number on the same pipe. */
export function draftOf(columns: readonly Column[], name: string): Draft {
  const meters = columns.map((c) => ({
    tag: c.tag,
    on: c.guess.of_unit || c.readings === 0 ? '' : c.guess.name,
    quantity: c.guess.quantity,
    unit: c.unit_known && c.unit !== null ? c.unit : '',
    sd: c.guess.sd,
    dataUnit: '',
    absolute: c.absolute,
  }))
  const names = [...new Set(meters.map((m) => m.on))].filter((n) => n !== '')
  return { name, units: [], pipes: names.map((n) => ({ name: n, from: '', to: '', contents: '' })), meters }
}

/** A name that nothing has yet: S1, S2, ... or N1, N2, ... */
export function freeName(draft: Draft, letter: string): string {
  const taken = new Set([...draft.units, ...draft.pipes].map((x) => x.name))
  let n = 1
  while (taken.has(`${letter}${n}`)) n++
  return `${letter}${n}`
}

export const LETTERS: Record<string, string> = {
  electrolyser: 'E',
  rectifier: 'R',
  caustic_evaporator: 'EV',
  heat_exchanger: 'HX',
  mixer: 'MX',
  splitter: 'SP',
}

/** Where a pipe may begin (outlets) or end (inlets): each unit, or each of its ports. */
export function ends(draft: Draft, models: readonly Model[], inlet: boolean): { value: string; unit: string; port: string }[] {
  return draft.units.flatMap((u) => {
    const model = models.find((m) => m.name === u.model)
    if (!model || model.ports.length === 0) return []
    if (model.many) return [{ value: u.name, unit: u.name, port: '' }]
    return model.ports.filter((p) => p.inlet === inlet).map((p) => ({ value: `${u.name}.${p.name}`, unit: u.name, port: p.name }))
  })
}

/** Without a unit and what referred to it: its pipes then end outside, its meters are left out. */
export function withoutUnit(draft: Draft, name: string): Draft {
  const free = (end: string): string => (end === name || end.startsWith(`${name}.`) ? '' : end)
  return {
    ...draft,
    units: draft.units.filter((u) => u.name !== name),
    pipes: draft.pipes.map((p) => ({ ...p, from: free(p.from), to: free(p.to) })),
    meters: draft.meters.map((m) => (m.on === name ? { ...m, on: '' } : m)),
  }
}

/** Pipes with meters that nobody has joined yet, nor said what flows in them: the plant has them in no equation. */
export const loosePipes = (draft: Draft): DraftPipe[] =>
  draft.pipes.filter((p) => p.from === '' && p.to === '' && p.contents === '' && draft.meters.some((m) => m.on === p.name))

/** On another pipe or unit, or left out; a pipe that only this meter had, and of which nothing was picked, goes with it. */
export function moved(draft: Draft, tag: string, to: Pick<DraftMeter, 'on' | 'quantity'>): Draft {
  const before = draft.meters.find((m) => m.tag === tag)?.on
  const meters = draft.meters.map((m) => (m.tag === tag ? { ...m, ...to } : m))
  const own = loosePipes(draft).some((p) => p.name === before) && !meters.some((m) => m.on === before)
  return { ...draft, meters, pipes: own ? draft.pipes.filter((p) => p.name !== before) : draft.pipes }
}

/** What stands in the way of a balance before the server is asked: a meter in use without a unit. */
export const withoutItsUnit = (draft: Draft): string[] => draft.meters.filter((m) => m.on !== '' && m.unit.trim() === '').map((m) => m.tag)

/** Meters of a pressure of which nobody has said whether it is gauge or absolute: to a plant file "MPa" is absolute, to a person seldom. */
export function unclearPressures(draft: Draft): string[] {
  const says = /\([ag]\)$|(Pa|bar|psi)[ag]$/i // of itself
  const unclear = (m: DraftMeter): boolean =>
    m.on !== '' && /(^|\.)pressure$/.test(m.quantity) && m.unit.trim() !== '' && !m.absolute && !says.test(m.unit.trim())
  return draft.meters.filter(unclear).map((m) => m.tag)
}

/** The meter with what somebody said of its pressure; a header without a word then means the same. */
export function withPressure(m: DraftMeter, kind: 'gauge' | 'absolute'): DraftMeter {
  if (kind === 'absolute') return { ...m, absolute: true }
  const unit = `${m.unit.trim()}(g)`
  return { ...m, unit, dataUnit: unit }
}

/** The quantities that have the unit of the column, or the one that is picked, before the others. */
export function likelyFirst<Q extends { name: string }>(
  all: readonly Q[],
  mayBe: readonly string[],
  picked: string,
): { likely: Q[]; others: Q[] } {
  const likely = (q: Q): boolean => mayBe.includes(q.name) || q.name === picked
  return { likely: all.filter(likely), others: all.filter((q) => !likely(q)) }
}

/** What a meter there may measure; of a pipe whose contents are not said, all that any pipe has. */
export function quantitiesAt(draft: Draft, read: Schemas['StartRead'], on: string): readonly Schemas['StartQuantity'][] {
  const unit = draft.units.find((u) => u.name === on)
  if (unit) return read.models.find((m) => m.name === unit.model)?.quantities ?? []
  const contents = draft.pipes.find((p) => p.name === on)?.contents
  const known = read.contents.find((c) => c.name === contents)
  if (known) return known.quantities
  const all = new Map(read.contents.flatMap((c) => c.quantities).map((q) => [q.name, q]))
  return [...all.values()]
}

export function sketchOf(draft: Draft, dataFile: string, windows: Schemas['StartRead']['windows']): Schemas['Sketch'] {
  const used = draft.meters.filter((m) => m.on !== '')
  return {
    name: draft.name,
    data_file: dataFile,
    ...windows,
    units: draft.units,
    pipes: draft.pipes,
    meters: used.map((m) => ({
      tag: m.tag,
      of: `${m.on}.${m.quantity}`,
      unit: m.unit.trim(),
      sd: m.sd.trim(),
      ...(m.dataUnit && { data_unit: m.dataUnit }),
    })),
  }
}
