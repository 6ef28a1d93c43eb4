// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { underFingers } from './chart_gestures'

const range = { from: 1000, to: 2000 }

it('one finger moves the time, two zoom around what is under them', () => {
  expect(underFingers(range, [{ begin: 0.5, at: 0.7 }])).toEqual({ from: 800, to: 1800 })
  expect(underFingers(range, [{ begin: 0.5, at: 0.502 }])).toBeNull()
  const pinched = underFingers(range, [
    { begin: 0.4, at: 0.2 },
    { begin: 0.6, at: 0.8 },
  ])!
  expect(pinched.to - pinched.from).toBeCloseTo(333.33, 1)
  expect(pinched.from + 0.2 * (pinched.to - pinched.from)).toBeCloseTo(1400) // what was under the first finger
  expect(
    underFingers(range, [
      { begin: 0.4, at: 0.5 },
      { begin: 0.6, at: 0.5 },
    ]),
  ).toBeNull()
})
