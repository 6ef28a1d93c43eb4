// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { pastData } from './past'

const now = Date.parse('2026-11-30T12:00:00Z')

it('data of last month are of then, and what the server made of them is no reading', () => {
  const past = pastData(
    [
      { tag: 'FI-1', time: '2026-10-24T23:55:00Z' },
      { tag: 'FI-2', time: '2026-10-24T23:50:00Z' },
      { tag: 'FI-3', time: '2026-01-01T00:00:00Z' },
      { tag: 'FI-4', time: null },
      { tag: 'reconciled:S1.flow_mass', time: '2026-11-30T11:59:00Z' },
      { tag: 'indicator:dc_energy_per_naoh', time: '2026-11-30T11:59:00Z' },
    ],
    now,
  )
  expect(past).toEqual({
    newest: Date.parse('2026-10-24T23:55:00Z'),
    from: Date.parse('2026-10-23T23:55:00Z'),
    tags: ['FI-1', 'FI-2'],
  })
})

it('fresh readings, none, and those of a clock that is ahead are no past', () => {
  expect(pastData([{ tag: 'FI-1', time: '2026-11-30T11:40:00Z' }], now)).toBeNull()
  expect(pastData([{ tag: 'FI-1', time: '2026-11-30T13:00:00Z' }], now)).toBeNull()
  expect(pastData([], now)).toBeNull()
  expect(pastData([{ tag: 'FI-1', time: null }], now)).toBeNull()
})
