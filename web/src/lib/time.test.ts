// SPDX-License-Identifier: Apache-2.0
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  DATE_FORMS,
  forFile,
  fromInput,
  offsetOf,
  onItsClock,
  setDateForm,
  span,
  tickLabels,
  toInput,
  minute,
  minuteOrDay,
  when,
  whole,
} from './time'

const zone = process.env['TZ']
beforeAll(() => void (process.env['TZ'] = 'Asia/Shanghai'))
afterAll(() => void (process.env['TZ'] = zone))
const t = Date.parse('2026-11-23T06:32:05Z')

describe('a time', () => {
  it('is local and short, and whole with its offset on hover', () => {
    expect(when(t, t + 1000)).toBe('14:32:05')
    expect(when(t - 86_400_000, t)).toBe('2026-11-22 14:32')
    expect(when(t - 365 * 86_400_000, t)).toBe('2025-11-23 14:32')
    expect(whole(t)).toBe('2026-11-23 14:32:05 UTC+08:00')
    expect(offsetOf(t)).toBe('+08:00')
    expect(minute(t, t + 1000)).toBe('14:32')
    expect(minute(t - 86_400_000, t)).toBe('2026-11-22 14:32')
    expect(minuteOrDay(t, t + 1000)).toBe('14:32')
    expect(minuteOrDay(t - 86_400_000, t)).toBe('11-22')
  })
  it('shows the day once midnight has passed', () =>
    expect(when(Date.parse('2026-11-23T15:59:59Z'), Date.parse('2026-11-23T16:00:01Z'))).toBe('2026-11-23 23:59'))
  it('is in the form that the person chose, and goes through a field and back in each', () => {
    const shown = { ymd: '2026-11-23', dots: '23.11.2026', dmy: '23/11/2026', mdy: '11/23/2026', zh: '2026年11月23日' }
    for (const form of DATE_FORMS) {
      setDateForm(form)
      expect(when(t - 365 * 86_400_000, t)).toBe(`${shown[form].replace('2026', '2025')} 14:32`)
      expect(toInput(t)).toBe(`${shown[form]} 14:32:05`)
      expect(fromInput(toInput(t))).toBe(t)
      expect(fromInput('2026-11-23 14:32:05')).toBe(t)
      expect(fromInput(shown[form])).toBe(Date.parse('2026-11-22T16:00:00Z'))
    }
    setDateForm('ymd')
  })
  it('of a file is on the clock of the file, wherever the browser is', () => {
    expect(onItsClock('2026-03-29T02:30:00+01:00')).toEqual({ short: '2026-03-29 02:30', whole: '2026-03-29 02:30:00 UTC+01:00' })
    expect(onItsClock('2026-11-28T00:00:00.250-06:00').whole).toBe('2026-11-28 00:00:00 UTC−06:00')
    expect(onItsClock('2026-11-28T23:59:59Z').whole).toBe('2026-11-28 23:59:59 UTC+00:00')
    setDateForm('dmy')
    expect(onItsClock('2026-11-28T00:00:00+01:00').short).toBe('28/11/2026 00:00')
    setDateForm('ymd')
  })
  it('in the name of a file has no colon, whatever the form', () => expect(forFile(t)).toBe('2026-11-23T143205'))
  it('that is none is null', () => {
    for (const text of ['', 'now', '2026-02-30', '2026-11-23 25:00', '23.11', '2026-13-01 10:00']) expect(fromInput(text), text).toBeNull()
  })
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
    expect(tickLabels([at('2026-11-23T14:00:00Z'), at('2026-11-23T15:00:00Z'), at('2026-11-23T16:00:00Z')], 3600)).toEqual([
      '22:00\n11-23',
      '23:00',
      '00:00\n11-24',
    ])
  })
  it('name seconds, days and months as the step asks', () => {
    expect(tickLabels([at('2026-11-23T06:32:05Z')], 5)).toEqual(['14:32:05\n11-23'])
    expect(tickLabels([at('2026-12-31T16:00:00Z'), at('2027-01-01T16:00:00Z')], 86_400)).toEqual(['01-01\n2027', '01-02'])
    expect(tickLabels([at('2026-11-30T16:00:00Z'), at('2026-12-31T16:00:00Z')], 31 * 86_400)).toEqual(['2026-12', '2027-01'])
  })
})
