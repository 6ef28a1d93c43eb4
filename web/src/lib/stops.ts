// SPDX-License-Identifier: Apache-2.0
// When units were out of service, in words.
import type { Stop, UnitState } from '../api/schemas'
import type { Say } from '../text/words'
import type { Lang } from './format'
import { minute, span } from './time'

export interface Speaker {
  t: Say
  lang: Lang
  now: number
}

const ms = (time: string): number => Date.parse(time)

/** How long it took; "" where it has no beginning or no end. */
export const lengthOf = (s: Stop, lang: Lang): string => (s.from && s.to ? span((ms(s.to) - ms(s.from)) / 1000, lang) : '')

/** "06:40 to 14:10 (7 h 30 min)". */
function times(s: Stop, { t, lang, now }: Speaker): string {
  if (!s.to) return t('stop.since', { from: s.from ? minute(ms(s.from), now) : '' })
  if (!s.from) return t('stop.until', { to: minute(ms(s.to), now) })
  return t('stop.both', { from: minute(ms(s.from), now), to: minute(ms(s.to), now), length: lengthOf(s, lang) })
}

/** A sentence for the units that stood still at the same times. @param stops by unit, then in time */
export function stopSentences(stops: readonly Stop[], by: Speaker): string[] {
  const comma = by.t('list.comma')
  const units = new Map<string, string[]>()
  for (const s of stops) units.set(s.unit, [...(units.get(s.unit) ?? []), times(s, by)])
  const alike = new Map<string, string[]>()
  for (const [unit, all] of units) alike.set(all.join(comma), [...(alike.get(all.join(comma)) ?? []), unit])
  return [...alike].map(([all, names]) => by.t('stops', { units: names.join(comma), times: all }))
}

/** Units of one state since the same time, those that stand still first. */
export function together(states: readonly UnitState[]): UnitState[][] {
  const groups = new Map<string, UnitState[]>()
  for (const s of states) {
    const key = `${s.idle ? 0 : 1} ${s.since ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), s])
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

/** "out of service since 06:40", "started again 14:10"; "" of a unit that runs and was not stopped of late. */
export function stateWords(state: UnitState | null, { t, now }: Speaker): string {
  if (!state?.since) return state?.idle ? t('unit.idle') : ''
  return t(state.idle ? 'unit.idle_since' : 'unit.started', { time: minute(ms(state.since), now) })
}
