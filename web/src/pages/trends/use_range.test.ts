// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { Range } from '../../lib/range'
import { stepped } from './use_range'

const r = (from: number): Range => ({ from, to: from + 1, follows: false })

it('back and forward go along the way that one came', () => {
  expect(stepped([], r(1), [])).toBeNull()
  const back = stepped([r(1), r(2)], r(3), [])!
  expect(back).toEqual({ from: [r(1)], range: r(2), to: [r(3)] })
  expect(stepped(back.to, back.range, back.from)).toEqual({ from: [], range: r(3), to: [r(1), r(2)] })
})
