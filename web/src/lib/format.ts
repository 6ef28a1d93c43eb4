// SPDX-License-Identifier: Apache-2.0
// Numbers as people read them: as many digits as their uncertainty allows, the same as in the report (units_for_people.cpp).
import { fromSi, prettyUnit, unitForPeople, type Unit } from './units'

export type Lang = 'en' | 'zh'
export const locale = (lang: Lang): string => (lang === 'zh' ? 'zh-CN' : 'en-GB')

/** A number made ready to show; `value` is empty where it is not known. */
export interface Shown {
  value: string
  sd: string
  unit: string
}

const MOST_DECIMALS = 9
const LARGEST = 1e12

/** 0 for a value; -3 for 1234 with one digit; the number of decimals that shows so many significant digits. */
export function decimalsFor(v: number, digits: number): number {
  if (v === 0 || !Number.isFinite(v)) return 0
  const [, power] = v.toExponential(digits - 1).split('e') // rounds first: 0.0996 is 1.0e-1
  return digits - 1 - Number(power)
}

/** As many decimals as the steps of an axis need: 1 of 0.2, 2 of 0.25, 0 of 2 or 20, 1 of 2.5. */
export function decimalsOfStep(step: number): number {
  const least = Math.max(0, decimalsFor(step, 1))
  const parts = step * 10 ** least
  return Math.abs(parts - Math.round(parts)) > 1e-6 * parts ? least + 1 : least
}

const formats = new Map<string, Intl.NumberFormat>()
/** Grouped, with the decimal sign of the language and a true minus. Negative decimals round to tens, hundreds. */
export function fixed(v: number, decimals: number, lang: Lang, least = Math.max(0, decimals)): string {
  if (decimals < 0) v = Math.round(v / 10 ** -decimals) * 10 ** -decimals
  const most = Math.max(0, decimals)
  const key = `${lang} ${most} ${least}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(locale(lang), {
      minimumFractionDigits: Math.min(least, most),
      maximumFractionDigits: most,
      signDisplay: 'negative',
    })
    formats.set(key, format)
  }
  return format.format(v).replace('-', '−')
}

export function shown(value: number | null | undefined, sd: number | null | undefined, lang: Lang): { value: string; sd: string } {
  if (value === null || value === undefined || !Number.isFinite(value)) return { value: '', sd: '' }
  const whiskers = sd !== null && sd !== undefined && Number.isFinite(sd) && sd > 0
  const decimals = whiskers ? decimalsFor(sd, 2) : decimalsFor(value, 4)
  if (decimals > MOST_DECIMALS || Math.abs(value) >= LARGEST)
    return { value: value.toExponential(3), sd: whiskers ? sd.toExponential(1) : '' }
  if (whiskers) return { value: fixed(value, decimals, lang), sd: fixed(sd, decimals, lang) }
  return { value: fixed(value, Math.max(decimals, 0), lang, 0), sd: '' } // 12345 is not 12350, and no zeros that say nothing
}

/** An SI number with its unit, in the unit people read. @param unit  given where another number beside it decides */
export function shownSi(
  value: number | null | undefined,
  sd: number | null | undefined,
  si: string,
  about: string,
  lang: Lang,
  unit?: Unit,
): Shown {
  const u = unit ?? unitForPeople(si, value ?? 0, about)
  const s = shown(
    value === null || value === undefined ? null : fromSi(u, value),
    sd === null || sd === undefined ? null : sd / u.scale,
    lang,
  )
  return { ...s, unit: prettyUnit(u.code) }
}

/** A difference of SI numbers: as shownSi without the offset of a temperature. */
export function shownDifference(value: number | null, sd: number | null, u: Unit, lang: Lang): Shown {
  const s = shown(value === null ? null : value / u.scale, sd === null ? null : sd / u.scale, lang)
  return { ...s, unit: prettyUnit(u.code === 'degC' ? 'K' : u.code) }
}

/** Another value of the same indicator: as many digits and the same unit as the first, for the eye to compare. */
export function shownLike(
  value: number | null | undefined,
  first: { value: number | null; sd: number | null; unit: string },
  about: string,
  lang: Lang,
): Shown {
  return { ...shownSi(value, first.sd, first.unit, about, lang, unitForPeople(first.unit, first.value ?? 0, about)), sd: '' }
}

/** now minus before, with a sign; empty where one is not known. */
export function change(
  before: number | null | undefined,
  now: { value: number | null; sd: number | null; unit: string },
  about: string,
  lang: Lang,
): string {
  if (before === null || before === undefined || now.value === null) return ''
  const u = unitForPeople(now.unit, now.value, about)
  const decimals = decimalsFor((now.sd || Math.abs(now.value) / 1000) / u.scale, 2)
  return `${signed((now.value - before) / u.scale, decimals, lang)} ${prettyUnit(u.code === 'degC' ? 'K' : u.code)}`.trim()
}

/** "2,142 ± 9 kWh/t"; empty where it is not known. */
export function sentence(s: Shown): string {
  if (s.value === '') return ''
  return s.value + (s.sd ? ` ± ${s.sd}` : '') + (s.unit ? ` ${s.unit}` : '')
}

/** With a sign always: "+31", "−4", "0". */
export function signed(v: number, decimals: number, lang: Lang): string {
  const text = fixed(v, decimals, lang)
  return v > 0 && !/^[0.,]*$/.test(text) ? `+${text}` : text
}

/** Money rounded to what its uncertainty allows, three digits without one: "¥6,200". */
export function money(value: number, sd: number | null | undefined, currency: string, lang: Lang): string {
  const decimals = Math.min(0, sd && sd > 0 ? decimalsFor(sd, 1) : decimalsFor(value, 3))
  const step = 10 ** -decimals
  const text = new Intl.NumberFormat(locale(lang), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
  }).format(Math.round(value / step) * step)
  return text.replace('-', '−')
}

/** A price of one of something: "¥0.45", to four figures. */
export const unitPrice = (value: number, currency: string, lang: Lang): string =>
  new Intl.NumberFormat(locale(lang), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumSignificantDigits: 4,
    minimumFractionDigits: 0,
  }).format(value)

/** The currency of "CNY/d"; null where there is none, as in "kg/s". */
export function currencyOf(unit: string): string | null {
  const head = unit.split('/')[0] ?? ''
  return /^[A-Z]{3}$/.test(head) ? head : null
}
