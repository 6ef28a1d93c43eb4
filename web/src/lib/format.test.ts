// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import {
  change,
  currencyOf,
  decimalsFor,
  decimalsOfStep,
  money,
  sentence,
  shown,
  shownDifference,
  shownLike,
  shownSi,
  signed,
} from './format'

it('an axis has the decimals that its steps need', () =>
  expect([0.2, 0.25, 1, 2, 2.5, 5, 20, 25, 250].map(decimalsOfStep)).toEqual([1, 2, 0, 0, 1, 0, 0, 0, 0]))

describe('numbers', () => {
  it('have as many digits as their uncertainty allows', () => {
    expect(shown(2142.317, 9.04, 'en')).toMatchObject({ value: '2,142.3', sd: '9.0' })
    expect(shown(12345, 340, 'en')).toMatchObject({ value: '12,350', sd: '340' }) // tens, because the sd has two digits
    expect(shown(0.0996, 0.0996, 'en')).toMatchObject({ value: '0.10', sd: '0.10' })
  })
  it('keep their whole part without an uncertainty, and no zeros that say nothing', () => {
    expect(shown(12345, null, 'en').value).toBe('12,345')
    expect(shown(3.5, null, 'en').value).toBe('3.5')
    expect(shown(0, null, 'en').value).toBe('0')
  })
  it('that are not known are empty, never 0', () => {
    for (const v of [null, undefined, NaN, Infinity]) expect(shown(v, 1, 'en').value).toBe('')
  })
  it('have no minus on zero and a true minus elsewhere', () => {
    expect(shown(-0.001, 0.5, 'en').value).toBe('0.00')
    expect(shown(-3.2, null, 'zh').value).toBe('−3.2')
  })
  it('too small or too large are written with a power of ten', () => {
    expect(shown(1.5e-12, null, 'en').value).toBe('1.500e-12')
    expect(shown(2e15, 1e13, 'en')).toMatchObject({ value: '2.000e+15', sd: '1.0e+13' })
  })
  it('round first when counting decimals', () => expect(decimalsFor(0.0996, 2)).toBe(2))
})

describe('with units', () => {
  it('are shown in the unit people read', () => {
    expect(sentence(shownSi(3.472222, 0.02, 'kg/s', 'S1.flow_mass', 'en'))).toBe('12.500 ± 0.072 t/h')
    expect(sentence(shownSi(363.15, 0.3, 'K', 'S1.temperature', 'en'))).toBe('90.00 ± 0.30 °C')
    expect(sentence(shownSi(0.96, 0.004, '1', 'E1.current_efficiency', 'zh'))).toBe('96.00 ± 0.40 %')
    expect(sentence(shownSi(2142, 9, 'kW.h/t', 'dc_energy_per_naoh', 'en'))).toBe('2,142.0 ± 9.0 kWh/t')
  })
  it('a difference of temperatures has no offset and is in K', () => {
    expect(sentence(shownDifference(2, null, { code: 'degC', scale: 1, offset: 273.15 }, 'en'))).toBe('2 K')
  })
  it('yesterday is in the unit of today, also where its size would ask for another', () => {
    const now = { value: 0.05, sd: 0.001, unit: 'kg/s' } // 0.18 t/h
    expect(sentence(shownLike(0.02, now, 'load', 'en'))).toBe('0.0720 t/h')
    expect(change(0.02, now, 'load', 'en')).toBe('+0.1080 t/h')
    const sure = { value: 1.462819, sd: 0.000017, unit: 't/t' } // shown as 1.4628: its change has no finer digits
    expect(change(1.462825, sure, 'nacl_per_naoh', 'en')).toBe('0.0000 t/t')
    expect(change(null, now, 'load', 'en')).toBe('')
  })
})

describe('money', () => {
  it('is rounded to its uncertainty', () => {
    expect(money(6234, 900, 'CNY', 'en')).toBe('¥6,200')
    expect(money(-0.27, 0.18, 'CNY', 'en')).toBe('¥0')
    expect(money(6234, null, 'CNY', 'zh')).toBe('¥6,230')
    expect(money(-15, 5, 'CNY', 'en')).toBe('−¥15')
  })
  it('is known by its currency', () => {
    expect(currencyOf('CNY/d')).toBe('CNY')
    expect(currencyOf('kg/s')).toBeNull()
  })
  it('a change carries its sign', () => {
    expect(signed(31, 0, 'en')).toBe('+31')
    expect(signed(-4, 0, 'en')).toBe('−4')
    expect(signed(0.2, 0, 'en')).toBe('0')
  })
})
