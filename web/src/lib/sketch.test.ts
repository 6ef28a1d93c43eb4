// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { Schemas } from '../api/schemas'
import {
  draftOf,
  ends,
  freeName,
  likelyFirst,
  moved,
  sketchOf,
  unclearPressures,
  withoutItsUnit,
  withoutUnit,
  withPressure,
} from './sketch'

const column = (tag: string, name: string, quantity: string, more: Partial<Schemas['StartColumn']> = {}): Schemas['StartColumn'] => ({
  tag,
  unit: 't/h',
  unit_known: true,
  absolute: false,
  may_be: [],
  readings: 10,
  bad: 0,
  mean: 1,
  low: 1,
  high: 1,
  guess: { name, of_unit: quantity === 'current', quantity, sd: '1.5 %', by: 'unit' },
  ...more,
})
const models: Schemas['StartModel'][] = [
  { name: 'node', many: true, ports: [{ name: 'in', inlet: true, optional: false }], required: [], quantities: [] },
  {
    name: 'electrolyser',
    many: false,
    ports: [
      { name: 'brine', inlet: true, optional: false },
      { name: 'anolyte', inlet: false, optional: false },
    ],
    required: [{ name: 'cells', unit: '1' }],
    quantities: [{ name: 'current', title: 'current' }],
  },
  { name: 'rectifier', many: false, ports: [], required: [], quantities: [] },
]

describe('a sketch', () => {
  const draft = draftOf(
    [
      column('FI-1', 'S1', 'flow_mass'),
      column('TI-1', 'S1', 'temperature', { unit: 'kilofurlong', unit_known: false }),
      column('II-2', 'E2', 'current'),
    ],
    'Mine',
  )
  it('puts meters of one number on one pipe, and leaves out what is of a unit that is not there', () => {
    expect(draft.pipes.map((p) => p.name)).toEqual(['S1'])
    expect(draft.meters.map((m) => m.on)).toEqual(['S1', 'S1', ''])
  })
  it('leaves out a column without readings', () => {
    expect(draftOf([column('FI-1', 'S1', 'flow_mass', { readings: 0 })], '').meters[0]!.on).toBe('')
  })
  it('never guesses a unit', () => {
    expect(draft.meters[1]!.unit).toBe('')
    expect(withoutItsUnit(draft)).toEqual(['TI-1'])
  })
  it('finds names that are free', () => {
    expect(freeName(draft, 'S')).toBe('S2')
    expect(freeName(draft, 'N')).toBe('N1')
  })

  const built = {
    ...draft,
    units: ['N1', 'E2', 'R1'].map((name, k) => ({ name, model: ['node', 'electrolyser', 'rectifier'][k]!, parameters: {} })),
  }
  it('offers the ports of models that have them', () => {
    expect(ends(built, models, true).map((e) => e.value)).toEqual(['N1', 'E2.brine'])
    expect(ends(built, models, false).map((e) => e.value)).toEqual(['N1', 'E2.anolyte'])
  })
  it('takes a unit away with all that names it', () => {
    const joined = {
      ...built,
      pipes: [{ name: 'S1', from: 'N1', to: 'E2.brine', contents: '' }],
      meters: built.meters.map((m) => (m.tag === 'II-2' ? { ...m, on: 'E2' } : m)),
    }
    const left = withoutUnit(joined, 'E2')
    expect(left.pipes[0]).toEqual({ name: 'S1', from: 'N1', to: '', contents: '' })
    expect(left.meters[2]!.on).toBe('')
    expect(left.units.map((u) => u.name)).toEqual(['N1', 'R1'])
  })
  it('takes the own pipe of a meter away when the meter goes, and no other', () => {
    const out = { on: '', quantity: 'flow_mass' }
    const one = moved(draft, 'TI-1', out)
    expect(one.pipes.map((p) => p.name)).toEqual(['S1']) // FI-1 is still on it
    expect(moved(one, 'FI-1', out).pipes).toEqual([])
    const picked = { ...one, pipes: [{ ...one.pipes[0]!, to: 'N1' }] }
    expect(moved(picked, 'FI-1', out).pipes).toEqual(picked.pipes)
    expect(moved(one, 'FI-1', { on: 'S1', quantity: 'temperature' }).pipes).toEqual(one.pipes)
  })
  it('sends the meters that are in use, with their paths', () => {
    const sent = sketchOf(draft, 'x.csv', { window: '1 h', max_gap: '5 min', min_rows: 20 })
    expect(sent.meters).toEqual([
      { tag: 'FI-1', of: 'S1.flow_mass', unit: 't/h', sd: '1.5 %' },
      { tag: 'TI-1', of: 'S1.temperature', unit: '', sd: '1.5 %' },
    ])
    expect(sent.window).toBe('1 h')
  })
})

describe('a pressure', () => {
  const of = (unit: string, absolute = false) => draftOf([column('PI-1', 'S1', 'pressure', { unit, absolute })], '')
  const unclear = (unit: string): boolean => unclearPressures(of(unit)).length > 0
  it('is asked about unless its unit says which', () => {
    expect(['MPa', 'bar', 'mmHg', 'kPa '].map(unclear)).toEqual([true, true, true, true])
    expect(['MPa(g)', 'bar(G)', 'kPag', 'barA', 'psig', 'kPa(a)'].map(unclear)).toEqual([false, false, false, false, false, false])
    expect(unclearPressures(of('MPa', true))).toEqual([]) // its header said so
    const draft = of('MPa')
    expect(unclearPressures({ ...draft, meters: draft.meters.map((m) => ({ ...m, on: '' })) })).toEqual([])
    expect(unclearPressures(draftOf([column('FI-1', 'S1', 'flow_mass')], ''))).toEqual([])
  })
  it('once said is said, of the file too', () => {
    const draft = of('MPa')
    const said = (kind: 'gauge' | 'absolute') => ({ ...draft, meters: [withPressure(draft.meters[0]!, kind)] })
    expect(unclearPressures(said('gauge'))).toEqual([])
    expect(unclearPressures(said('absolute'))).toEqual([])
    expect(sketchOf(said('gauge'), 'a.csv', { window: '1 h', max_gap: '5 min', min_rows: 20 }).meters[0]).toMatchObject({
      unit: 'MPa(g)',
      data_unit: 'MPa(g)',
    })
    expect(sketchOf(said('absolute'), 'a.csv', { window: '1 h', max_gap: '5 min', min_rows: 20 }).meters[0]).toEqual({
      tag: 'PI-1',
      of: 'S1.pressure',
      unit: 'MPa',
      sd: '1.5 %',
    })
  })
})

it('what the unit may be stands first, and what is picked with it', () => {
  const all = ['flow_mass', 'temperature', 'pressure', 'flow_mass.NaOH'].map((name) => ({ name }))
  expect(likelyFirst(all, ['flow_mass', 'flow_mass.NaOH'], 'temperature')).toEqual({
    likely: [{ name: 'flow_mass' }, { name: 'temperature' }, { name: 'flow_mass.NaOH' }],
    others: [{ name: 'pressure' }],
  })
})
