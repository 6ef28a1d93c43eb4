// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { fromSi, parseUnit, prettyUnit, unitForPeople } from './units'

describe('units of the plant file', () => {
  // Scales by the definitions of the units; castner/base/quantity_test.cpp has the same.
  it.each([
    ['t/h', 1000 / 3600],
    ['kA/m2', 1e3],
    ['%', 0.01],
    ['m3/h', 1 / 3600],
    ['Nm3/h', 44.615 / 3600],
    ['kW.h/t', 3600],
    ['W/(m2.K)', 1],
    ['g/L', 1],
    ['mV', 1e-3],
    ['bar', 1e5],
    ['1/h', 1 / 3600],
    ['min', 60],
  ])('%s', (code, scale) => expect(parseUnit(code)!.scale).toBeCloseTo(scale, 4))
  it('a temperature has an offset', () => expect(fromSi(parseUnit('degC')!, 363.15)).toBeCloseTo(90, 9))
  it('a normal cubic metre is an amount of gas, but a cubic metre of a normal volume', () => {
    expect(fromSi(parseUnit('Nm3/h', 'mol/s')!, 44.615)).toBeCloseTo(3600, 0)
    expect(fromSi(parseUnit('Nm3/h', 'm3/s')!, 1)).toBe(3600)
    expect(parseUnit('Nm3/h', 'm3/s')!.code).toBe('Nm3/h')
  })
  it.each(['bar(g)', 'furlong', 'CNY/t', ''])('"%s" is none of this page', (code) => expect(parseUnit(code)).toBeNull())
})

describe('the unit people read', () => {
  it('depends on size and on what it is about', () => {
    expect(unitForPeople('kg/s', 0.001).code).toBe('kg/h')
    expect(unitForPeople('kg/s', 1).code).toBe('t/h')
    expect(unitForPeople('K', 10, 'EV1.boiling_point_elevation').code).toBe('K')
    expect(unitForPeople('K', 300, 'S1.temperature').code).toBe('degC')
    expect(unitForPeople('V', 0.3).code).toBe('mV')
    expect(unitForPeople('1', 0.5, 'S1.mass_frac.NaOH').code).toBe('%')
    expect(unitForPeople('1', 0.5, 'S1.ratio').code).toBe('1')
  })
  it('is written as people write it', () => {
    expect(prettyUnit('kW.h/t')).toBe('kWh/t')
    expect(prettyUnit('m3/h')).toBe('m³/h')
    expect(prettyUnit('W/(m2.K)')).toBe('W/(m²·K)')
    expect(prettyUnit('1')).toBe('')
  })
})
