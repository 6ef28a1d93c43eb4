// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { Cell, CellFinding } from '../api/schemas'
import { countsOf, findCell, firstMeasure, numberOf, signsOf, unitOf } from './cells'

const cell = (name: string, part: Partial<Cell> = {}): Cell => ({
  ...{
    cell: name,
    electrolyser: name.slice(0, 2),
    number: Number(name.slice(3)),
    tag: name,
    state: 'healthy',
    voltage: { value: 3, unit: 'V' },
  },
  ...{ standard_voltage: null, u0: null, k: null, excess_power: null, cost_per_day: null, above_best: null, age: null, ageing: null },
  ...{ finding: null, ...part },
})

it('a room that has only begun to learn shows voltages', () => {
  expect(firstMeasure([cell('E1/001')])).toBe('voltage')
  expect(firstMeasure([cell('E1/001', { standard_voltage: { value: 2.9, sd: 0.01, unit: 'V' } })])).toBe('standard_voltage')
})

it('a resistance is shown as people count it', () => {
  const c = cell('E1/001', { k: { value: 1.1e-4, sd: 1e-6, unit: 'Ohm.m2' } })
  expect(numberOf(c, 'k', unitOf('k', 'CNY'))).toBeCloseTo(110) // 0.11 mOhm.m2 are 110 mV at 1 kA/m2
  expect(numberOf(c, 'u0', unitOf('u0', 'CNY'))).toBe(null)
})

it('signs of the past are those of what had begun and was not over', () => {
  const cells = [cell('E1/001', { state: 'suspect' }), cell('E1/002', { state: 'sick' }), cell('E1/003')]
  const about = (name: string, since: string, ended: string | null, code = 'cell_sick') =>
    ({ cell: name, code, since, ended }) as CellFinding
  const findings = [
    about('E1/002', '2026-11-23T07:00:00Z', null),
    about('E1/003', '2026-11-20T07:00:00Z', '2026-11-21T07:00:00Z'),
    about('E1/001', '2026-11-20T07:00:00Z', null, 'cell_instrument'),
  ]
  const at = (time: string) => signsOf(cells, findings, Date.parse(time))
  expect(signsOf(cells, findings, null)).toEqual(['suspect', 'sick', null])
  expect(at('2026-11-23T06:00:00Z')).toEqual([null, null, null])
  expect(at('2026-11-23T08:00:00Z')).toEqual([null, 'sick', null])
  expect(at('2026-11-20T08:00:00Z')).toEqual([null, null, 'sick'])
})

it('cells are found by their names, with or without zeros', () => {
  const cells = [cell('E1/001'), cell('E1/017'), cell('E2/017')]
  expect(findCell(cells, 'e2/17')?.cell).toBe('E2/017')
  expect(findCell(cells, 'E3/1')).toBe(undefined)
  expect(countsOf(cells)).toEqual([
    { name: 'E1', cells: 2 },
    { name: 'E2', cells: 1 },
  ])
})
