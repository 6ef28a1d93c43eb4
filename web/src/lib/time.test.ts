// SPDX-License-Identifier: Apache-2.0
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromInput, offsetOf, span, tickLabels, toInput, when, whole } from './time'

const zone = process.env['TZ']
beforeAll(() => void (process.env['TZ'] = 'Asia/Shanghai'))
afterAll(() => void (process.env['TZ'] = zone))
const t = Date.parse('2026-11-23T06:32:05Z')

describe('a time', () => {
  it('is local and short, and whole with its offset on hover', () => {
    expect(when(t, t + 1000, 'en')).toBe('14:32:05')
    expect(when(t - 86_400_000, t, 'en')).toBe('22 Nov 14:32:05')
    expect(when(t - 365 * 86_400_000, t, 'en')).toBe('23 Nov 2025 14:32:05')
    expect(whole(t)).toBe('2026-11-23 14:32:05 UTC+08:00')
    expect(offsetOf(t)).toBe('+08:00')
  })
  it('shows the day once midnight has passed', () =>
    expect(when(Date.parse('2026-11-23T15:59:59Z'), Date.parse('2026-11-23T16:00:01Z'), 'zh')).toBe('11月23日 23:59:59'))
  it('goes through an input field and back', () => expect(fromInput(toInput(t))).toBe(t))
  it('that is none is null', () => expect(fromInput('')).toBeNull())
})

describe('an age', () => {
  it.each([
    [42, '42 s'],
    [180, '3 min'],
    [7500, '2 h 5 min'],
    [90_000, '1 d 1 h'],
    [86_400 * 400, '400 d'],
    [-3, '0 s'],
  ])('%d s', (s, text) => expect(span(s, 'en')).toBe(text))
  it('in Chinese', () => expect(span(7500, 'zh')).toBe('2 小时 5 分'))
})

describe('ticks', () => {
  const at = (text: string): number => Date.parse(text) / 1000
  it('name the day first and where it changes', () => {
    expect(tickLabels([at('2026-11-23T14:00:00Z'), at('2026-11-23T15:00:00Z'), at('2026-11-23T16:00:00Z')], 3600, 'en')).toEqual([
      '22:00\n23 Nov',
      '23:00',
      '00:00\n24 Nov',
    ])
  })
  it('name seconds, days and months as the step asks', () => {
    expect(tickLabels([at('2026-11-23T06:32:05Z')], 5, 'en')).toEqual(['14:32:05\n23 Nov'])
    expect(tickLabels([at('2026-12-31T16:00:00Z'), at('2027-01-01T16:00:00Z')], 86_400, 'en')).toEqual(['1 Jan\n2027', '2 Jan'])
    expect(tickLabels([at('2026-11-30T16:00:00Z'), at('2026-12-31T16:00:00Z')], 31 * 86_400, 'zh')).toEqual(['12月\n2026', '1月\n2027'])
  })
})
