// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { bandOf, indexAt, lineOf, loneOf, marksOf, parts, valueAt, type RawCurve } from './series'

const time = (s: number): string => new Date(s * 1000).toISOString()
const curve = (values: RawCurve['values'], quality: RawCurve['quality'] = values.map(() => 'good' as const)): RawCurve => ({
  tag: 'FI-1',
  times: values.map((_, i) => time(i * 10)),
  values,
  quality,
})

describe('a line', () => {
  it('is in the unit shown', () =>
    expect(lineOf(curve([273.15, 283.15]), { code: 'degC', scale: 1, offset: 273.15 }).values).toEqual([0, 10]))
  it('breaks at a bad reading, not at an uncertain one', () =>
    expect(lineOf(curve([1, 2, 3], ['good', 'bad', 'uncertain']), null).values).toEqual([1, null, 3]))
  it('breaks where the tag was silent', () => {
    const line = lineOf(curve([1, 2, 3]), null, [
      { tag: 'FI-1', from: time(12), to: time(19) },
      { tag: 'FI-2', from: time(2), to: null },
    ])
    expect(line.values).toEqual([1, 2, null, 3])
    expect(line.times[2]).toBeGreaterThanOrEqual(12)
    expect(line.times[2]).toBeLessThan(20)
  })
  it('draws true as 1 and leaves texts out', () => expect(lineOf(curve([true, 'open', false]), null).values).toEqual([1, 0]))
  it('has rising times also where a reading was corrected', () => {
    const c = { ...curve([1, 2, 3]), times: [time(0), time(0), time(5)] }
    expect(lineOf(c, null).times).toEqual([0, 5])
  })
  it('holds its value until the next', () => {
    const line = lineOf(curve([1, 2, null]), null)
    expect([-1, 0, 9, 10, 25].map((t) => valueAt(line, t))).toEqual([null, 1, 1, 2, null])
    expect(indexAt([], 3)).toBe(-1)
  })
  it('has a dot where a value stands alone', () => {
    expect(loneOf([1, null, 2, undefined, null, 3, undefined, 4, null, undefined, 5])).toEqual([0, 2, 10])
    expect([loneOf([]), loneOf([1]), loneOf([1, 2]), loneOf([null, undefined])]).toEqual([[], [0], [], []])
  })
  it('marks what is not good', () => expect(marksOf(curve([1, 2], ['good', 'bad']))).toEqual([{ time: 10, quality: 'bad' }]))
  it('has a band as wide as the sd that holds', () => {
    const { upper, lower } = bandOf({ times: [0, 10, 20], values: [1, 2, null] }, { times: [5, 10], values: [0.5, 0.25] })
    expect(upper.values).toEqual([null, 2.25, null])
    expect(lower.values).toEqual([null, 1.75, null])
  })
})

it('a long list is asked for in parts', () => {
  expect(parts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
  expect(parts([], 2)).toEqual([])
})
