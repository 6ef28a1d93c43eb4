// SPDX-License-Identifier: Apache-2.0
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Stop, UnitState } from '../api/schemas'
import { sayIn } from '../text/words'
import { stateWords, stopSentences, together, type Speaker } from './stops'

const zone = process.env['TZ']
beforeAll(() => void (process.env['TZ'] = 'UTC'))
afterAll(() => void (process.env['TZ'] = zone))
const by = (lang: 'en' | 'zh'): Speaker => ({ t: sayIn(lang), lang, now: Date.parse('2026-11-30T16:00:00Z') })
const at = (time: string | null): string | null => time && `2026-11-30T${time}:30Z`
const stop = (unit: string, from: string | null, to: string | null): Stop => ({ unit, from: at(from), to: at(to) })
const state = (unit: string, idle: boolean, since: string | null): UnitState => ({ unit, idle, since: at(since), stops: [] })

describe('when units stood still', () => {
  it('is a sentence for those that did so at the same times', () => {
    const stops = [
      stop('E3', '06:40', '14:10'),
      stop('E3', '15:00', null),
      stop('R3', '06:40', '14:10'),
      stop('R3', '15:00', null),
      stop('E4', null, '01:00'),
    ]
    expect(stopSentences(stops, by('en'))).toEqual(['E3, R3 stopped 06:40 to 14:10 (7 h 30 min), since 15:00.', 'E4 stopped until 01:00.'])
    expect(stopSentences(stops, by('zh'))[0]).toBe('E3、R3 停运：06:40 至 14:10（7 小时 30 分）、自 15:00 起。')
    expect(stopSentences([], by('en'))).toEqual([])
  })
  it('is the state of a unit and since when', () => {
    expect(stateWords(state('E3', true, '06:40'), by('en'))).toBe('out of service since 06:40')
    expect(stateWords(state('E3', false, '14:10'), by('en'))).toBe('started again 14:10')
    expect(stateWords(state('E3', true, '06:40'), by('zh'))).toBe('自 06:40 起停运')
    expect(stateWords(state('E3', true, null), by('en'))).toBe('out of service')
    for (const none of [state('E3', false, null), null]) expect(stateWords(none, by('en'))).toBe('')
  })
  it('stands together where it is the same', () => {
    const names = together([state('E3', true, '06:40'), state('E4', false, '07:00'), state('R3', true, '06:40'), state('E5', true, null)])
    expect(names.map((g) => g.map((s) => s.unit).join())).toEqual(['E5', 'E3,R3', 'E4'])
  })
})
