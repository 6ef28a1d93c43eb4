// SPDX-License-Identifier: Apache-2.0
// The rule of digits on the pages is that of the server: both read the same cases.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { align, quantityOf, shown, type Shown } from './digits'

type Pair = [string, string]
interface Cases {
  figures: { value: number; sd: number | null; shown: Pair }[]
  columns: { figures: [number, number | null][]; shown: Pair[] }[]
}
const cases = JSON.parse(readFileSync(new URL('../../../castner/words/shown_cases.json', import.meta.url), 'utf8')) as Cases

const plain = (s: Omit<Shown, 'unit'>): Pair => [s.value, s.sd].map((x) => x.replace(/,/g, '').replace('−', '-')) as Pair

it('a figure shows the digits that the report shows', () => {
  for (const { value, sd, shown: right } of cases.figures) expect(plain(shown(value, sd, 'en')), `${value} ± ${sd}`).toEqual(right)
})

it('a column shows one number of decimals, as in the report', () => {
  for (const { figures, shown: right } of cases.columns) {
    const column = figures.map(([value, sd]) => ({ ...shown(value, sd, 'zh'), unit: 'V' }))
    expect(align(column, 'zh').map(plain), JSON.stringify(figures)).toEqual(right)
  }
})

it('only like figures of one unit are aligned', () => {
  const column = [3.0204, 3.02].map((v) => ({ ...shown(v, null, 'en'), unit: 'V' }))
  expect(align(column, 'en').map((s) => s.value)).toEqual(['3.020', '3.020'])
  expect(align(column, 'en', String).map((s) => s.value)).toEqual(['3.02', '3.02'])
  expect([quantityOf('AB1.flow_vol'), quantityOf('AN1.conc_mass.NaCl'), quantityOf('load')]).toEqual(['flow_vol', 'conc_mass.NaCl', 'load'])
})
