// SPDX-License-Identifier: Apache-2.0
// Digits: as many as the uncertainty of a number allows. The rule is that of castner/words/units_for_people.h, whose steps are
// named here; both are held to castner/words/shown_cases.json.

export type Lang = 'en' | 'zh'
export const locale = (lang: Lang): string => (lang === 'zh' ? 'zh-CN' : 'en-GB')

/** A number made ready to show; `value` is empty where it is not known. */
export interface Shown {
  value: string
  sd: string
  unit: string
  /** what was rounded, in that unit */
  number?: number
  numberSd?: number | null
}

const MOST_DECIMALS = 9
const LARGEST = 1e12
const MOST_DIGITS = 6
const DIGITS_OF_ARITHMETIC = 5
const DIGITS_ALONE = 4
const ALIKE_SD = 3 // a factor
const ALIKE_PLACES = 1

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

/** A tie goes to the even digit, as on the server; every other number is rounded by its exact value, as toFixed() does. */
function rounded(size: number, decimals: number): string {
  const isTie = Number.isInteger(size * 2 ** (decimals + 1)) && (size * 10 ** decimals) % 1 === 0.5
  const below = Math.floor(size * 10 ** decimals)
  return isTie && below % 2 === 0 ? (below / 10 ** decimals).toFixed(decimals) : size.toFixed(decimals)
}

/** Grouped, with a true minus; both languages have one decimal sign. Negative decimals round to tens, hundreds. */
export function fixed(v: number, decimals: number, _lang: Lang, least = Math.max(0, decimals)): string {
  const step = 10 ** -Math.min(0, decimals)
  const size = decimals < 0 ? Math.round(Math.abs(v) / step) * step : Math.abs(v)
  const [whole, part = ''] = rounded(size, Math.max(0, decimals)).split('.') as [string, string?]
  const kept = part.slice(0, least) + part.slice(least).replace(/0+$/, '')
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (kept && `.${kept}`)
  return v < 0 && /[1-9]/.test(text) ? `−${text}` : text
}

/** The decimals of a figure by rules 1 to 3, and whether its sd is shown. */
function placeOf(value: number, sd: number | null): { decimals: number; sd: boolean } {
  if (sd !== null) {
    const decimals = decimalsFor(sd, 2)
    if (value === 0 || decimals <= decimalsFor(value, MOST_DIGITS)) return { decimals, sd: true }
    return { decimals: decimalsFor(value, DIGITS_OF_ARITHMETIC), sd: false }
  }
  const least = Number.isInteger(value) ? 0 : Math.min(0, decimalsFor(value, MOST_DIGITS)) // 12345 is not 12350
  return { decimals: Math.max(decimalsFor(value, DIGITS_ALONE), least), sd: false }
}

/** "1.5e-12" with two digits of its power, as the server writes it. */
const withPower = (v: number, decimals: number): string => v.toExponential(decimals).replace(/e([+-])(\d)$/, 'e$10$2')

export function shown(value: number | null | undefined, sd: number | null | undefined, lang: Lang): Omit<Shown, 'unit'> {
  if (value === null || value === undefined || !Number.isFinite(value)) return { value: '', sd: '' }
  const whiskers = sd !== null && sd !== undefined && Number.isFinite(sd) && sd > 0 ? sd : null
  const place = placeOf(value, whiskers)
  const of = { number: value, numberSd: whiskers }
  if (place.decimals > MOST_DECIMALS || Math.abs(value) >= LARGEST)
    return { value: withPower(value, 3), sd: place.sd ? withPower(whiskers!, 1) : '', ...of }
  const least = whiskers === null ? 0 : Math.max(0, place.decimals) // no zeros that say nothing
  return { value: fixed(value, place.decimals, lang, least), sd: place.sd ? fixed(whiskers!, place.decimals, lang) : '', ...of }
}

/** Rule 4: the like figures of a column, those of one unit and of one `like`, show one number of decimals. */
export function align(column: readonly Shown[], lang: Lang, like: (row: number) => string = () => ''): Shown[] {
  const out = [...column]
  const groups = new Map<string, number[]>()
  column.forEach((s, row) => {
    if (s.number === undefined || /e/.test(s.value)) return
    const group = `${like(row)}\n${s.unit}`
    groups.set(group, [...(groups.get(group) ?? []), row])
  })
  for (const rows of groups.values()) alignAlike(out, rows, lang)
  return out
}

function alignAlike(column: Shown[], rows: readonly number[], lang: Lang): void {
  const at = (row: number): Shown => column[row]!
  const places = (row: number): number => placeOf(at(row).number!, at(row).numberSd ?? null).decimals
  const [withSd, alone] = [rows.filter((row) => at(row).sd !== ''), rows.filter((row) => at(row).sd === '')]
  const alikeSd = (sd: number, middle: number): boolean => sd <= ALIKE_SD * middle && middle <= ALIKE_SD * sd
  alignThose(withSd, (row) => at(row).numberSd!, alikeSd)
  alignThose(alone, places, (own, middle) => Math.abs(own - middle) <= ALIKE_PLACES)

  /** Gives like figures the fewest of their decimals. Zeros without an sd ask for none of their own. */
  function alignThose(all: readonly number[], size: (row: number) => number, alike: (size: number, middle: number) => boolean): void {
    const asks = (row: number): boolean => at(row).number !== 0 || at(row).sd !== ''
    const sizes = all
      .filter(asks)
      .map(size)
      .sort((a, b) => a - b)
    if (sizes.length < 2) return
    const middle = sizes[Math.floor((sizes.length - 1) / 2)]!
    const together = all.filter((row) => !asks(row) || alike(size(row), middle))
    const decimals = Math.min(...together.filter(asks).map(places))
    for (const row of together) {
      const s = at(row)
      column[row] = { ...s, value: fixed(s.number!, decimals, lang), sd: s.sd && fixed(s.numberSd!, decimals, lang) }
    }
  }
}

/** What figures are alike by: "flow_vol" of "AB1.flow_vol"; the whole of a path without a dot. */
export const quantityOf = (path: string): string => path.slice(path.indexOf('.') + 1)
