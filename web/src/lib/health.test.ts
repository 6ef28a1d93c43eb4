// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { healthOf } from './health'

it('the state of the sources: how many, and who is silent for the longest time', () => {
  const state = (health: 'ok' | 'late' | 'down', last: string | null) => ({ health, last })
  const s = healthOf([
    { ...state('ok', '2026-01-01T00:00:09Z'), tags: [state('ok', '2026-01-01T00:00:01Z'), state('late', '2026-01-01T00:00:05Z')] },
    { ...state('down', null), tags: [state('down', '2026-01-01T00:00:04.5Z'), state('down', null)] },
  ])
  expect(s).toEqual({ sources: { ok: 1, late: 0, down: 1 }, tags: { ok: 1, late: 1, down: 2 }, silentSince: '2026-01-01T00:00:04.5Z' })
  expect(healthOf([]).silentSince).toBeNull()
})
