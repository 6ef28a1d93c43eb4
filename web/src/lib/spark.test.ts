// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { bandPath, beginning, sparkLine } from './spark'

describe('a small line', () => {
  const c = { times: ['1970-01-01T00:00:00Z', '1970-01-01T00:00:10Z'], values: [1, 3] }
  it('fits its box with its band', () => {
    const s = sparkLine(c, { times: c.times, values: [0, 1] }, 0, 10_000, 100, 28)!
    expect(s.line).toBe('M0 24L100 10.7')
    expect(bandPath(s)).toBe('M0 24L100 4L100 17.3L0 24Z')
  })
  it('is none of fewer than two numbers, and stands a constant', () => {
    expect(sparkLine({ times: c.times, values: [1, 'x'] }, null, 0, 10_000, 100, 28)).toBeNull()
    expect(sparkLine({ times: c.times, values: [5, 5] }, null, 0, 10_000, 100, 28)!.line).not.toContain('NaN')
  })
  it('begins where its readings do when they fill less than most of the time', () => {
    const day = 86_400_000
    const at = (ms: number) => ({ times: [0, ms, day].map((x) => new Date(x).toISOString()), values: [null, 1, 2] })
    expect(beginning(at(0.9 * day), 0, day)).toBe(0.9 * day)
    expect(beginning(at(0.3 * day), 0, day)).toBe(0)
    expect(beginning({ times: [], values: [] }, 0, day)).toBe(0)
  })
})
