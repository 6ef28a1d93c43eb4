// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { en, type Key } from './en'
import { sayCode, sayIn } from './words'
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
