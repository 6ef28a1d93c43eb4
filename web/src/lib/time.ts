// SPDX-License-Identifier: Apache-2.0
// Times: the local one to read, its offset beside it for those who ask; ages; the words under a time axis.
import { fixed, locale, type Lang } from './format'

const pad = (n: number, width = 2): string => String(n).padStart(width, '0')

/** "+08:00" of this place at that moment; daylight saving moves it. */
export function offsetOf(ms: number): string {
  const minutes = -new Date(ms).getTimezoneOffset()
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '−' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
}

const formats = new Map<string, Intl.DateTimeFormat>()
function format(lang: Lang, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options)
  let f = formats.get(key)
  if (!f) formats.set(key, (f = new Intl.DateTimeFormat(locale(lang), { hourCycle: 'h23', ...options })))
  return f
}

export const clock = (ms: number, lang: Lang): string => format(lang, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(ms)
export const day = (ms: number, lang: Lang): string => format(lang, { day: 'numeric', month: 'short' }).format(ms)
const dayYear = (ms: number, lang: Lang): string => format(lang, { day: 'numeric', month: 'short', year: 'numeric' }).format(ms)

const sameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString()
const sameYear = (a: number, b: number): boolean => new Date(a).getFullYear() === new Date(b).getFullYear()

/** As short as it stays clear: the time today, the day too on other days, the year too in other years. */
export function when(ms: number, now: number, lang: Lang): string {
  if (sameDay(ms, now)) return clock(ms, lang)
  const d = sameYear(ms, now) ? day(ms, lang) : dayYear(ms, lang)
  return `${d} ${clock(ms, lang)}`
}

/** Whole, with the offset: what a pointer resting on a time shows. */
export function whole(ms: number): string {
  const t = new Date(ms)
  return `${t.getFullYear()}-${pad(t.getMonth() + 1)}-${pad(t.getDate())} ${pad(t.getHours())}:${pad(t.getMinutes())}:${pad(t.getSeconds())} UTC${offsetOf(ms)}`
}

const WORDS = { en: { s: 's', min: 'min', h: 'h', d: 'd' }, zh: { s: ' 秒', min: ' 分', h: ' 小时', d: ' 天' } } as const

/** "42 s", "3 min", "2 h 5 min", "12 d": an age or a length, at most two units. */
export function span(seconds: number, lang: Lang): string {
  const w = WORDS[lang]
  const gap = lang === 'en' ? ' ' : ''
  const s = Math.max(0, Math.round(seconds))
  const one = (n: number, unit: keyof typeof w): string => `${fixed(n, 0, lang)}${gap}${w[unit]}`
  if (s < 60) return one(s, 's')
  const min = Math.floor(s / 60)
  if (min < 60) return one(min, 'min')
  const h = Math.floor(min / 60)
  if (h < 24) return min % 60 ? `${one(h, 'h')} ${one(min % 60, 'min')}` : one(h, 'h')
  const d = Math.floor(h / 24)
  return d < 10 && h % 24 ? `${one(d, 'd')} ${one(h % 24, 'h')}` : one(d, 'd')
}

/** For <input type="datetime-local">, which speaks local time without a zone. */
export function toInput(ms: number): string {
  const t = new Date(ms)
  return `${pad(t.getFullYear(), 4)}-${pad(t.getMonth() + 1)}-${pad(t.getDate())}T${pad(t.getHours())}:${pad(t.getMinutes())}:${pad(t.getSeconds())}`
}
/** Null where it is no time. */
export function fromInput(text: string): number | null {
  const ms = new Date(text).getTime()
  return text !== '' && Number.isFinite(ms) ? ms : null
}

/** The beginning of the local day that a time lies in. */
export const midnight = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0)

/** Words under the time axis: as fine as its steps [s] need; the day, or year, at the first tick and where it changes. */
export function tickLabels(seconds: readonly number[], step: number, lang: Lang): string[] {
  return seconds.map((s, i) => {
    const ms = s * 1000
    const before = i > 0 ? seconds[i - 1]! * 1000 : null
    if (step >= 28 * 86_400) {
      const month = format(lang, { month: 'short' }).format(ms)
      return before === null || !sameYear(ms, before) ? `${month}\n${new Date(ms).getFullYear()}` : month
    }
    if (step >= 86_400) return before === null || !sameYear(ms, before) ? `${day(ms, lang)}\n${new Date(ms).getFullYear()}` : day(ms, lang)
    const time = format(
      lang,
      step < 60 ? { hour: '2-digit', minute: '2-digit', second: '2-digit' } : { hour: '2-digit', minute: '2-digit' },
    ).format(ms)
    return before === null || !sameDay(ms, before) ? `${time}\n${day(ms, lang)}` : time
  })
}
