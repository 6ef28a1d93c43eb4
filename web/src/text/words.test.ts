// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { sayCode, sayIn, tagName } from './words'

it('fills the holes and shows unknown words of the server as they are', () => {
  const t = sayIn('en')
  expect(t('load', { value: '96 %' })).toBe('load 96 %')
  expect(sayCode(t, 'verdict', 'agrees')).toBe('agrees')
  expect(sayCode(t, 'verdict', 'brand_new')).toBe('brand new')
})
it('calls what Castner computes by what it is, in the language of the page', () => {
  expect(tagName(sayIn('en'), 'FI-4001')).toBe('FI-4001')
  expect(tagName(sayIn('en'), 'reconciled:AN2.temperature')).toBe('● AN2.temperature')
  expect(tagName(sayIn('zh'), 'indicator:ac_energy_per_naoh')).toBe('吨碱交流电耗（折百）')
  expect(tagName(sayIn('en'), 'indicator:E1.current_efficiency')).toBe('E1: Current efficiency, by caustic')
})
