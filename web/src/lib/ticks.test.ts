// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { ticks } from './ticks'

it('an axis has round numbers around all that it shows', () => {
  expect(ticks(0.3, 5.1, 5)).toEqual({ at: [0, 1, 2, 3, 4, 5, 6], step: 1 })
  expect(ticks(2.41, 3.07, 4).at).toEqual([2.4, 2.6, 2.8, 3, 3.2])
  expect(ticks(3, 3, 4).at.length).toBeGreaterThanOrEqual(2)
})
