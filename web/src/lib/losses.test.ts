// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { avoidable, byKind, clear, steamOf } from './losses'

describe('losses', () => {
  const loss = (kind: string, power: number | null, cost: number | null, sd = 1) => ({
    kind,
    path: 'E1',
    power: { value: power, sd, unit: 'W' },
    cost_per_year: { value: cost, sd: null, unit: 'CNY/a' },
  })
  it('add up by kind, largest first; one unknown cost leaves the sum unknown', () => {
    expect(byKind([loss('anode', 5, 1), loss('cathode', 9, null), loss('anode', 6, 2), loss('metal', null, 3)])).toEqual([
      { kind: 'anode', power: 11, sd: 2, cost: 3, unit: 'CNY/a' },
      { kind: 'cathode', power: 9, sd: 1, cost: null, unit: 'CNY/a' },
    ])
  })
  it('are as uncertain as their parts together, at most; one unknown leaves it unknown', () => {
    expect(byKind([loss('anode', 5, 1, 3), loss('anode', 6, 1, 4)])[0]!.sd).toBe(7)
    expect(byKind([loss('anode', 5, 1, 3), { ...loss('anode', 6, 1), power: { value: 6, sd: null, unit: 'W' } }])[0]!.sd).toBeNull()
  })
  it('can be avoided against a peer or an ideal, and are clear above their own uncertainty', () => {
    expect([avoidable(loss('above_best_peer', 1, 1)), avoidable(loss('anode', 1, 1))]).toEqual([true, false])
    expect([clear(loss('x', 2, 1, 1)), clear(loss('x', 1, 1, 2)), clear(loss('x', null, 1))]).toEqual([true, false, false])
  })
})

it('steam is listed by how much flows, where that is known', () => {
  const stream = (name: string, contents: string, value: number | null) => ({ name, contents, flow: { value } })
  expect(
    steamOf([stream('V1', 'steam', 1.4), stream('C1', 'water', 9), stream('ST', 'steam', 2), stream('V9', 'steam', null)]).map(
      (s) => s.name,
    ),
  ).toEqual(['ST', 'V1'])
})
