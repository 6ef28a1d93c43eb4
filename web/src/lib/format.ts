// SPDX-License-Identifier: Apache-2.0
// Numbers with their units as people read them.
import { decimalsFor, fixed, locale, shown, type Lang, type Shown } from './digits'
import { fromSi, prettyUnit, unitForPeople, type Unit } from './units'

export { align, decimalsFor, decimalsOfStep, fixed, locale, quantityOf, shown, type Lang, type Shown } from './digits'

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

/** A reading in its tag's own unit, to the place that its instrument can tell (rule 5). @param decimals  null: nobody knows */
export function shownReading(si: number, u: Unit, decimals: number | null, lang: Lang): Shown {
  const value = fromSi(u, si)
  const unit = prettyUnit(u.code)
  return decimals === null ? { ...shown(value, null, lang), unit } : { value: fixed(value, decimals, lang), sd: '', unit }
}

/** A difference of SI numbers: as shownSi without the offset of a temperature. */
export function shownDifference(value: number | null, sd: number | null, u: Unit, lang: Lang): Shown {
  const s = shown(value === null ? null : value / u.scale, sd === null ? null : sd / u.scale, lang)
  return { ...s, unit: prettyUnit(u.code === 'degC' ? 'K' : u.code) }
}

/** The smallest error that would be seen, to two digits. */
export function shownSmallestSeen(value: number | null, u: Unit, lang: Lang): Shown {
  return shownDifference(value === null ? null : Number((value / u.scale).toPrecision(2)) * u.scale, null, u, lang)
}

/** To the same place, the sd itself left out. */
export const withoutSd = (s: Shown): Shown => ({ ...s, sd: '' })

/** Another value of the same indicator: as many digits and the same unit as the first, for the eye to compare. */
export function shownLike(
  value: number | null | undefined,
  first: { value: number | null; sd: number | null; unit: string },
  about: string,
  lang: Lang,
): Shown {
  return withoutSd(shownSi(value, first.sd, first.unit, about, lang, unitForPeople(first.unit, first.value ?? 0, about)))
}

/** now minus before, with a sign and the decimals that `now` is shown with; empty where one is not known. */
export function change(
  before: number | null | undefined,
  now: { value: number | null; sd: number | null; unit: string },
  about: string,
  lang: Lang,
): string {
  if (before === null || before === undefined || now.value === null) return ''
  const u = unitForPeople(now.unit, now.value, about)
  const shownNow = shownSi(now.value, now.sd, now.unit, about, lang, u).value
  const decimals = now.sd ? (/\.(\d*)/.exec(shownNow)?.[1]?.length ?? 0) : decimalsFor(Math.abs(now.value) / 1000 / u.scale, 2)
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

/** Money rounded to what its uncertainty allows, three digits without one. */
export function roundedMoney(value: number, sd: number | null | undefined): number {
  const step = 10 ** -Math.min(0, sd && sd > 0 ? decimalsFor(sd, 1) : decimalsFor(value, 3))
  return Math.round(value / step) * step || 0 // never -0, which would be "−¥0"
}

/** "¥6,200" */
export function money(value: number, sd: number | null | undefined, currency: string, lang: Lang): string {
  const text = new Intl.NumberFormat(locale(lang), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
  }).format(roundedMoney(value, sd))
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
