// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { fits, sorted } from './sort'

describe('tables', () => {
  it('sort numbers in names as numbers, the unknown last both ways', () => {
    const rows = [
      { n: 'FI-10', v: null },
      { n: 'FI-9', v: 2 },
      { n: 'FI-1', v: 5 },
    ]
    expect(sorted(rows, (r) => r.n, 'up', 'en').map((r) => r.n)).toEqual(['FI-1', 'FI-9', 'FI-10'])
    expect(sorted(rows, (r) => r.v, 'down', 'en').map((r) => r.v)).toEqual([5, 2, null])
    expect(sorted(rows, (r) => r.v, 'up', 'en').map((r) => r.v)).toEqual([2, 5, null])
  })
  it('are filtered by every word, in any case', () => {
    expect(fits('fi brine', 'FI-101', 'Brine.flow')).toBe(true)
    expect(fits('fi acid', 'FI-101', null)).toBe(false)
    expect(fits('', 'x')).toBe(true)
  })
})
