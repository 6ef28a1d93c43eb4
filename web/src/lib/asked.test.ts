// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { unclearPressures, vapourOf, withPressure, withVapour } from './asked'
import { NO_PRICES } from './prices'
import { sketchOf, type Draft } from './sketch'

const draftWith = (quantity: string, unit: string, absolute = false): Draft => ({
  name: '',
  prices: NO_PRICES,
  units: [],
  pipes: [{ name: 'S1', from: '', to: '', contents: '' }],
  meters: [{ tag: 'PI-1', on: 'S1', quantity, unit, sd: '1.5 %', dataUnit: '', seen: { mean: 0.3, unit }, absolute }],
})

describe('a pressure', () => {
  const of = (unit: string, absolute = false) => draftWith('pressure', unit, absolute)
  const unclear = (unit: string): boolean => unclearPressures(of(unit)).length > 0
  it('is asked about unless its unit says which', () => {
    expect(['MPa', 'bar', 'mmHg', 'kPa '].map(unclear)).toEqual([true, true, true, true])
    expect(['MPa(g)', 'bar(G)', 'kPag', 'barA', 'psig', 'kPa(a)'].map(unclear)).toEqual([false, false, false, false, false, false])
    expect(unclearPressures(of('MPa', true))).toEqual([]) // its header said so
    const draft = of('MPa')
    expect(unclearPressures({ ...draft, meters: draft.meters.map((m) => ({ ...m, on: '' })) })).toEqual([])
    expect(unclearPressures(draftWith('flow_mass', 't/h'))).toEqual([])
  })
  it('once said is said, of the file too', () => {
    const draft = of('MPa')
    const said = (kind: 'gauge' | 'absolute') => ({ ...draft, meters: [withPressure(draft.meters[0]!, kind)] })
    expect(unclearPressures(said('gauge'))).toEqual([])
    expect(unclearPressures(said('absolute'))).toEqual([])
    expect(sketchOf(said('gauge'), 'a.csv', { window: '1 h', max_gap: '5 min', min_rows: 20, between: '' }).meters[0]).toMatchObject({
      unit: 'MPa(g)',
      data_unit: 'MPa(g)',
    })
    expect(sketchOf(said('absolute'), 'a.csv', { window: '1 h', max_gap: '5 min', min_rows: 20, between: '' }).meters[0]).toEqual({
      tag: 'PI-1',
      of: 'S1.pressure',
      unit: 'MPa',
      sd: '1.5 %',
      mean: 0.3,
    })
  })
})

describe('a flow of gas', () => {
  const asked = (quantity: string, contents: string, seen: string | null = null) => {
    const draft = draftWith(quantity, 't/h')
    const pipes = [{ ...draft.pipes[0]!, contents }]
    return vapourOf({ ...draft, pipes }, [{ name: 'S1', contents: seen }], draft.meters[0]!)
  }
  it('is that of its dry part or of all of it', () => {
    expect(['flow_vol_normal_dry', 'flow_vol_normal', 'flow_vol'].map((q) => asked(q, ''))).toEqual(['dry', 'moist', null])
    for (const quantity of ['flow_vol_normal', 'flow_mass'])
      for (const kind of ['dry', 'moist'] as const) expect(asked(withVapour(quantity, kind), 'chlorine_gas')).toBe(kind)
  })
  it('by mass is asked about where gas flows, as picked or as made out', () => {
    expect(['chlorine_gas', 'hydrogen_gas', 'caustic', ''].map((c) => asked('flow_mass', c))).toEqual(['moist', 'moist', null, null])
    expect([asked('flow_mass', '', 'chlorine_gas'), asked('flow_mass', 'steam', 'chlorine_gas')]).toEqual(['moist', null])
    expect(asked('flow_mass_dry', '')).toBe('dry')
  })
})
