// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { en, type Key } from './en'
import { sayCode, sayIn, tagName } from './words'
import { zh } from './zh'

const keys = Object.keys(en) as Key[]
const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!).sort()

it('Chinese has the same holes for values as English', () => {
  for (const k of keys) expect([k, holes(zh[k])]).toEqual([k, holes(en[k])])
})
it('nothing is left in English by mistake', () => {
  const same = keys.filter((k) => zh[k] === en[k])
  expect(same).toEqual(['version'])
})
it('does not shout', () => expect(keys.filter((k) => /[!！]/.test(en[k] + zh[k]))).toEqual([]))
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
