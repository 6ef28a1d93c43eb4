// SPDX-License-Identifier: Apache-2.0
// Times: the local one to read, its offset beside it for those who ask; ages; the words under a time axis.
import { fixed, type Lang } from './format'

const pad = (n: number, width = 2): string => String(n).padStart(width, '0')

/** "+08:00" of this place at that moment; daylight saving moves it. */
export function offsetOf(ms: number): string {
  const minutes = -new Date(ms).getTimezoneOffset()
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '−' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
}

/** How this person writes a date; never as the browser does. */
export const DATE_FORMS = ['ymd', 'dots', 'dmy', 'mdy', 'zh'] as const
export type DateForm = (typeof DATE_FORMS)[number]
let form: DateForm = 'ymd'
/** For state/app.ts, which keeps the choice and draws the page anew. */
export const setDateForm = (f: DateForm): void => void (form = DATE_FORMS.includes(f) ? f : 'ymd')

/** "2026-11-29", "29.11.2026", "29/11/2026", "11/29/2026", "2026年11月29日". */
export function date(ms: number, as: DateForm = form): string {
  const t = new Date(ms)
  return inForm(pad(t.getFullYear(), 4), pad(t.getMonth() + 1), pad(t.getDate()), as)
}
const inForm = (y: string, m: string, d: string, as: DateForm): string =>
  ({ ymd: `${y}-${m}-${d}`, dots: `${d}.${m}.${y}`, dmy: `${d}/${m}/${y}`, mdy: `${m}/${d}/${y}`, zh: `${y}年${m}月${d}日` })[as]
/** Without its year: "11-29", "29.11.", "29/11", "11/29", "11月29日". */
export function day(ms: number): string {
  const t = new Date(ms)
  const [m, d] = [pad(t.getMonth() + 1), pad(t.getDate())]
  return { ymd: `${m}-${d}`, dots: `${d}.${m}.`, dmy: `${d}/${m}`, mdy: `${m}/${d}`, zh: `${m}月${d}日` }[form]
}
/** "2026-11", "11.2026", "11/2026", "2026年11月". */
function month(ms: number): string {
  const t = new Date(ms)
  const [y, m] = [pad(t.getFullYear(), 4), pad(t.getMonth() + 1)]
  return { ymd: `${y}-${m}`, dots: `${m}.${y}`, dmy: `${m}/${y}`, mdy: `${m}/${y}`, zh: `${y}年${m}月` }[form]
}
export function clock(ms: number, seconds = true): string {
  const t = new Date(ms)
  return `${pad(t.getHours())}:${pad(t.getMinutes())}${seconds ? `:${pad(t.getSeconds())}` : ''}`
}

/** A time of another clock, "2026-11-28T00:00:00+01:00", as that clock shows it, and whole with its offset. */
export function onItsClock(rfc3339: string): { short: string; whole: string } {
  const [, y, m, d, hm, s, zone] = /^(\d+)-(\d\d)-(\d\d)T(\d\d:\d\d)(:\d\d)[^Z+-]*(Z|[+-].*)$/.exec(rfc3339)!
  const short = `${inForm(y!, m!, d!, form)} ${hm}`
  return { short, whole: `${short}${s} UTC${zone === 'Z' ? '+00:00' : zone!.replace('-', '−')}` }
}

const sameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString()

/** As short as it stays clear: the time with its seconds today, the date and the time to the minute on other days. */
export const when = (ms: number, now: number): string => (sameDay(ms, now) ? clock(ms) : `${date(ms)} ${clock(ms, false)}`)

/** The same to the minute: when a unit was stopped. */
export const minute = (ms: number, now: number): string => (sameDay(ms, now) ? clock(ms, false) : when(ms, now))

/** Where there is room for little: the time today, the day before that. */
export const minuteOrDay = (ms: number, now: number): string => (sameDay(ms, now) ? clock(ms, false) : day(ms))

/** Whole, with the offset: what a pointer resting on a time shows. */
export function whole(ms: number): string {
  return `${date(ms)} ${clock(ms)} UTC${offsetOf(ms)}`
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

/** As a field shows a time, and a person may change it. */
export const toInput = (ms: number): string => `${date(ms)} ${clock(ms)}`
/** Of a file's name: without what systems do not take. */
export const forFile = (ms: number): string => `${date(ms, 'ymd')}T${clock(ms).replace(/:/g, '')}`

const ORDER: Record<DateForm, [year: number, month: number, day: number]> = {
  ymd: [0, 1, 2],
  dots: [2, 1, 0],
  dmy: [2, 1, 0],
  mdy: [2, 0, 1],
  zh: [0, 1, 2],
}
/** A date in the form chosen, or with its year first, and a time or none, which is midnight. Null where it is no time. */
export function fromInput(text: string): number | null {
  const m = /^\s*(\d+)\D(\d+)\D(\d+)日?\.?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*$/.exec(text)
  if (!m) return null
  const parts = [m[1]!, m[2]!, m[3]!]
  const [y, mo, d] = ORDER[parts[0]!.length === 4 ? 'ymd' : form].map((k) => Number(parts[k])) as [number, number, number]
  const [h, min, s] = [m[4], m[5], m[6]].map((x) => Number(x ?? 0)) as [number, number, number]
  const t = new Date(y, mo - 1, d, h, min, s)
  const exists = y >= 1900 && t.getMonth() === mo - 1 && t.getDate() === d && h < 24 && min < 60 && s < 60 // not 30 February
  return exists ? t.getTime() : null
}

/** The beginning of the local day that a time lies in. */
export const midnight = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0)

/** Words under the time axis: as fine as its steps [s] need; the day, or year, at the first tick and where it changes. */
export function tickLabels(seconds: readonly number[], step: number): string[] {
  return seconds.map((s, i) => {
    const ms = s * 1000
    const before = i > 0 ? seconds[i - 1]! * 1000 : null
    if (step >= 28 * 86_400) return month(ms)
    const year = (x: number): number => new Date(x).getFullYear()
    if (step >= 86_400) return before === null || year(ms) !== year(before) ? `${day(ms)}\n${year(ms)}` : day(ms)
    const time = clock(ms, step < 60)
    return before === null || !sameDay(ms, before) ? `${time}\n${day(ms)}` : time
  })
}
