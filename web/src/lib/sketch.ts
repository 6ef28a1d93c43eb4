// SPDX-License-Identifier: Apache-2.0
// A plant as it is picked from lists on the page Start: units, pipes between them, and the place of each meter.
import type { Schemas } from '../api/schemas'
import { NO_PRICES, pricesOf, type DraftPrices } from './prices'

type Column = Schemas['StartColumn']
type Model = Schemas['StartModel']

export interface DraftUnit {
  name: string
  model: string
  parameters: Record<string, string>
  /** of a rectifier: its electrolysers */
  feeds: string[]
}
export interface DraftPipe {
  name: string
  /** "": outside; "N1"; "E1.anolyte"; "every electrolyser.anolyte" */
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
  /** the mean of its column, and the unit of its header, "" where there is none that is known */
  seen: { mean: number | null; unit: string }
  /** a pressure that counts from vacuum, as the header or somebody says */
  absolute: boolean
}
export interface Draft {
  name: string
  /** how electrolysers share a feed that only the header's meters tell of, where somebody said it */
  divided?: Schemas['Sketch']['divided']
  prices: DraftPrices
  units: DraftUnit[]
  pipes: DraftPipe[]
  meters: DraftMeter[]
}

/** What the columns are likely to be: a flow on a pipe of its own, what has its number on the same one and on the unit proposed for it. */
export function draftOf({ columns, units }: Pick<Schemas['StartRead'], 'columns' | 'units'>, name: string): Draft {
  const known = (c: Column): boolean => !c.guess.of_unit || units.some((u) => u.name === c.guess.name)
  const there = (c: Column): boolean => c.readings > 0 && c.guess.by !== 'nothing' && known(c)
  const meters = columns.map((c) => ({
    tag: c.tag,
    on: there(c) ? c.guess.name : '',
    quantity: c.guess.quantity,
    unit: c.unit_known && c.unit !== null ? c.unit : '',
    sd: c.guess.sd,
    dataUnit: '',
    seen: { mean: c.mean, unit: c.unit_known && c.unit !== null ? c.unit : '' },
    absolute: c.absolute,
  }))
  const names = [...new Set(meters.map((m) => m.on))].filter((n) => n !== '' && !units.some((u) => u.name === n))
  return {
    name,
    prices: NO_PRICES,
    units: units.map((u) => ({ ...u, parameters: {} })),
    pipes: names.map((n) => ({ name: n, from: '', to: '', contents: '' })),
    meters,
  }
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

/** Where a pipe may begin or end. */
export interface End {
  value: string
  unit: string
  port: string
  /** of every unit of this model, instead of one */
  every: string
}

/** Each unit, or each of its outlets (inlets); first those of all units of a model that has several. */
export function ends(draft: Draft, models: readonly Model[], inlet: boolean): End[] {
  const of = (name: string): Model | undefined => models.find((m) => m.name === name)
  const ports = (m: Model | undefined): string[] => (m?.ports ?? []).filter((p) => p.inlet === inlet).map((p) => p.name)
  const several = [...new Set(draft.units.map((u) => u.model))].filter((m) => !of(m)?.many && unitsOf(draft, m).length > 1)
  return [
    ...several.flatMap((m) => ports(of(m)).map((port) => ({ value: `every ${m}.${port}`, unit: '', port, every: m }))),
    ...draft.units.flatMap((u) => {
      if (of(u.model)?.many) return [{ value: u.name, unit: u.name, port: '', every: '' }]
      return ports(of(u.model)).map((port) => ({ value: `${u.name}.${port}`, unit: u.name, port, every: '' }))
    }),
  ]
}

export const unitsOf = (draft: Draft, model: string): DraftUnit[] => draft.units.filter((u) => u.model === model)

/** Without a unit and what referred to it: its pipes then end outside, its meters are left out. */
export function withoutUnit(draft: Draft, name: string): Draft {
  const model = draft.units.find((u) => u.name === name)?.model
  const units = draft.units.filter((u) => u.name !== name)
  const one = units.filter((u) => u.model === model).length < 2
  const gone = (end: string): boolean => end === name || end.startsWith(`${name}.`) || (one && end.startsWith(`every ${model}.`))
  const free = (end: string): string => (gone(end) ? '' : end)
  return {
    ...draft,
    units: units.map((u) => ({ ...u, feeds: u.feeds.filter((f) => f !== name) })),
    pipes: draft.pipes.map((p) => ({ ...p, from: free(p.from), to: free(p.to) })),
    meters: draft.meters.map((m) => (m.on === name ? { ...m, on: '' } : m)),
  }
}

export const withParameter = (draft: Draft, name: string, parameter: string, value: string): Draft => ({
  ...draft,
  units: draft.units.map((u) => (u.name === name ? { ...u, parameters: { ...u.parameters, [parameter]: value } } : u)),
})

/** What was given of a unit holds for those of its model of which nobody has said it yet. */
export function forTheOthers(draft: Draft, name: string, parameter: string): Draft {
  const said = draft.units.find((u) => u.name === name)
  const value = said?.parameters[parameter] ?? ''
  const open = unitsOf(draft, said?.model ?? '').filter((u) => (u.parameters[parameter] ?? '') === '')
  return open.reduce((d, u) => withParameter(d, u.name, parameter, value), draft)
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

/** The quantities that have the unit of the column, in the order of the server, or the one that is picked, before the others. */
export function likelyFirst<Q extends { name: string }>(
  all: readonly Q[],
  mayBe: readonly string[],
  picked: string,
): { likely: Q[]; others: Q[] } {
  const rank = (q: Q): number => (mayBe.includes(q.name) ? mayBe.indexOf(q.name) : q.name === picked ? -1 : mayBe.length)
  const likely = all.filter((q) => rank(q) < mayBe.length).sort((a, b) => rank(a) - rank(b))
  return { likely, others: all.filter((q) => rank(q) === mayBe.length) }
}

/** What a meter there may measure; of a pipe whose contents are not said, all that any pipe has. */
export function quantitiesAt(draft: Draft, read: Schemas['StartRead'], on: string): readonly Schemas['StartQuantity'][] {
  const unit = draft.units.find((u) => u.name === on)
  if (unit) return read.models.find((m) => m.name === unit.model)?.quantities ?? []
  const contents = draft.pipes.find((p) => p.name === on)?.contents
  const known = read.contents.find((c) => c.name === contents)
  return known?.quantities ?? [...new Map(read.contents.flatMap((c) => c.quantities).map((q) => [q.name, q])).values()]
}

/** What the meter shows on average, where its unit is that of the file. */
const meanOf = ({ seen, unit, dataUnit }: DraftMeter): number | null =>
  seen.unit === '' || [seen.unit, dataUnit].includes(unit.trim()) ? seen.mean : null

export function sketchOf(draft: Draft, dataFile: string, windows: Schemas['StartRead']['windows']): Schemas['Sketch'] {
  const used = draft.meters.filter((m) => m.on !== '')
  return {
    name: draft.name,
    ...pricesOf(draft.prices),
    data_file: dataFile,
    ...windows,
    ...(draft.divided && { divided: draft.divided }),
    units: draft.units,
    pipes: draft.pipes,
    meters: used.map((m) => ({
      tag: m.tag,
      of: `${m.on}.${m.quantity}`,
      unit: m.unit.trim(),
      sd: m.sd.trim(),
      mean: meanOf(m),
      ...(m.dataUnit && { data_unit: m.dataUnit }),
    })),
  }
}
