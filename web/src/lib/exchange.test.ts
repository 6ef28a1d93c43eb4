// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { CellExchange } from '../api/schemas'
import { csvOf, stopsOf } from './exchange'

const row = (cell: string, when: CellExchange['when'], saving: number | null, cost: number | null = 9000): CellExchange => ({
  ...{ cell, electrolyser: cell.slice(0, 2), what: 'membrane', when },
  saving: saving === null ? null : { value: saving, sd: 1, unit: 'CNY/d' },
  cost: cost === null ? null : { value: cost, unit: 'CNY' },
  standstill: { value: 3000, unit: 'CNY' },
  payback: null,
  payback_in_a_stop: null,
  cost_of_waiting: saving === null ? null : { value: saving, sd: 1, unit: 'CNY/d' },
})

it('cells of one electrolyser and one stop are summed, the soonest stop first', () => {
  const stops = stopsOf([
    row('E2/1', 'own_stop', 40),
    row('E1/1', 'next_stop', 10),
    row('E2/9', 'own_stop', 20),
    row('E1/4', 'before_load', 5),
  ])
  expect(stops.map((s) => [s.when, s.electrolyser, s.rows.length])).toEqual([
    ['before_load', 'E1', 1],
    ['own_stop', 'E2', 2],
    ['next_stop', 'E1', 1],
  ])
  const own = stops[1]!
  expect(own.saving).toEqual({ value: 60, sd: 2 })
  expect(own.payback!.value).toBe(24000 / 60) // the stop is counted where it is one of its own
  expect(own.payback!.sd).toBeCloseTo((400 * 2) / 60)
  expect(stops[2]!.payback!.value).toBe(900)
})

it('a sum with an unknown part is unknown, and what saves nothing for sure is never paid back', () => {
  const [lacking] = stopsOf([row('E1/1', 'next_stop', 10), row('E1/2', 'next_stop', 10, null)])
  expect([lacking!.cost, lacking!.payback, lacking!.saving!.value]).toEqual([null, null, 20])
  expect(stopsOf([row('E1/1', 'next_stop', 1.5)])[0]!.payback).toBe(null)
})

it('a file keeps commas and quotes, and says how it is encoded', () =>
  expect(csvOf([['a,b', 'c"d', 'e']])).toBe('\ufeff"a,b","c""d",e\r\n'))
