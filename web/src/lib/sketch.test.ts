// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { Schemas } from '../api/schemas'
import { draftOf, ends, forTheOthers, freeName, likelyFirst, moved, sketchOf, withoutItsUnit, withoutUnit, withParameter } from './sketch'

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
  {
    name: 'node',
    many: true,
    ports: [{ name: 'in', inlet: true, optional: false }],
    feeds: null,
    required: [],
    optional: [],
    quantities: [],
  },
  {
    name: 'electrolyser',
    many: false,
    ports: [
      { name: 'brine', inlet: true, optional: false },
      { name: 'anolyte', inlet: false, optional: false },
    ],
    feeds: null,
    required: [{ name: 'cells', unit: '1', about: '' }],
    optional: [],
    quantities: [{ name: 'current', title: 'current' }],
  },
  { name: 'rectifier', many: false, ports: [], feeds: 'electrolyser', required: [], optional: [], quantities: [] },
]

describe('a sketch', () => {
  const columns = [
    column('FI-1', 'S1', 'flow_mass'),
    column('TI-1', 'S1', 'temperature', { unit: 'kilofurlong', unit_known: false }),
    column('II-2', 'E2', 'current'),
  ]
  const draft = draftOf({ columns, units: [] }, 'Mine')
  it('puts meters of one number on one pipe, and leaves out what is of a unit that is not there', () => {
    expect(draft.pipes.map((p) => p.name)).toEqual(['S1'])
    expect(draft.meters.map((m) => m.on)).toEqual(['S1', 'S1', ''])
  })
  it('leaves out a column without readings', () => {
    expect(draftOf({ columns: [column('FI-1', 'S1', 'flow_mass', { readings: 0 })], units: [] }, '').meters[0]!.on).toBe('')
  })
  it('leaves out what nothing tells of, a level or an acidity', () => {
    const level = column('LI-4', 'S4', 'flow_mass', {
      unit: '%',
      guess: { name: 'S4', of_unit: false, quantity: 'flow_mass', sd: '2 %', by: 'nothing' },
    })
    const of = draftOf({ columns: [...columns, level], units: [] }, '')
    expect(of.meters[3]!.on).toBe('')
    expect(of.pipes.map((p) => p.name)).toEqual(['S1'])
  })
  it('has prices only where somebody gave one, with a point', () => {
    const of = (prices: Partial<typeof draft.prices>) => sketchOf({ ...draft, prices: { ...draft.prices, ...prices } }, '', windows)
    const windows = { window: '30 min', max_gap: '5 min', min_rows: 20, between: '' as const }
    expect(of({}).economics).toBeUndefined()
    expect(of({}).currency).toBeUndefined()
    expect(of({ electricity: ' 0,09 ' })).toMatchObject({ currency: 'CNY', economics: { electricity: '0.09', steam: '' } })
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
    units: ['N1', 'E2', 'R1'].map((name, k) => ({
      name,
      model: ['node', 'electrolyser', 'rectifier'][k]!,
      parameters: {},
      feeds: k === 2 ? ['E2'] : [],
    })),
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
    expect(left.units[1]!.feeds).toEqual([])
  })
  it('begins with the units of which the file speaks, their meters on them', () => {
    const units = [
      { name: 'E2', model: 'electrolyser', feeds: [] },
      { name: 'R2', model: 'rectifier', feeds: ['E2'] },
    ]
    const begun = draftOf({ columns, units }, 'Mine')
    expect(begun.units.map((u) => [u.name, u.model, ...u.feeds])).toEqual([
      ['E2', 'electrolyser'],
      ['R2', 'rectifier', 'E2'],
    ])
    expect(begun.meters.map((m) => m.on)).toEqual(['S1', 'S1', 'E2'])
    expect(begun.pipes.map((p) => p.name)).toEqual(['S1'])
  })
  const twins = { ...built, units: [...built.units, { ...built.units[1]!, name: 'E3' }] }
  it('offers a port of every unit of a model that has several, while it has', () => {
    expect(ends(twins, models, true).map((e) => e.value)).toEqual(['every electrolyser.brine', 'N1', 'E2.brine', 'E3.brine'])
    const header = { ...twins, pipes: [{ name: 'S1', from: '', to: 'every electrolyser.brine', contents: '' }] }
    expect(withoutUnit(header, 'N1').pipes[0]!.to).toBe('every electrolyser.brine')
    expect(withoutUnit(header, 'E3').pipes[0]!.to).toBe('')
  })
  it('takes what is given of one unit for those of its model of which nobody has said it', () => {
    const cells = (d: typeof twins) => d.units.map((u) => u.parameters as Record<string, string>).map((p) => p.cells)
    const first = forTheOthers(withParameter(twins, 'E2', 'cells', '150'), 'E2', 'cells')
    expect(cells(first as typeof twins)).toEqual([undefined, '150', undefined, '150'])
    const other = forTheOthers(withParameter(first, 'E3', 'cells', '160'), 'E3', 'cells')
    expect(cells(other as typeof twins)).toEqual([undefined, '150', undefined, '160'])
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
    const sent = sketchOf(draft, 'x.csv', { window: '1 h', max_gap: '5 min', min_rows: 20, between: '' })
    expect(sent.meters).toEqual([
      { tag: 'FI-1', of: 'S1.flow_mass', unit: 't/h', sd: '1.5 %', mean: 1 },
      { tag: 'TI-1', of: 'S1.temperature', unit: '', sd: '1.5 %', mean: 1 },
    ])
    expect(sent.window).toBe('1 h')
    const inKilograms = { ...draft, meters: draft.meters.map((m) => ({ ...m, unit: 'kg/h' })) } // of which its numbers are not
    expect(sketchOf(inKilograms, 'x.csv', { window: '1 h', max_gap: '5 min', min_rows: 20, between: '' }).meters[0]!.mean).toBeNull()
  })
})

it('what the unit may be stands first, and what is picked with it', () => {
  const all = ['flow_mass', 'temperature', 'pressure', 'flow_mass.NaOH'].map((name) => ({ name }))
  expect(likelyFirst(all, ['flow_mass', 'flow_mass.NaOH'], 'temperature')).toEqual({
    likely: [{ name: 'temperature' }, { name: 'flow_mass' }, { name: 'flow_mass.NaOH' }],
    others: [{ name: 'pressure' }],
  })
})

it('of the quantities that the unit may be the likeliest stands first', () => {
  const all = ['mass_frac.NaCl', 'mass_frac.NaOH', 'temperature'].map((name) => ({ name }))
  expect(likelyFirst(all, ['mass_frac.NaOH', 'mass_frac.NaCl'], 'mass_frac.NaOH').likely.map((q) => q.name)).toEqual([
    'mass_frac.NaOH',
    'mass_frac.NaCl',
  ])
})
