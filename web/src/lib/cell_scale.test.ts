// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { classOf, scaleOf } from './cell_scale'

describe('the colours of a map', () => {
  it('have round edges around nearly all, and one cell that stands out leaves the others theirs', () => {
    const cells = Array.from({ length: 100 }, (_, k) => 2.95 + 0.001 * (k % 50))
    const s = scaleOf([...cells, 9, null])!
    expect(s.step).toBe(0.01)
    expect(s.edges).toEqual([2.95, 2.96, 2.97, 2.98, 2.99, 3])
    expect(classOf(s, 9)).toBe(6)
    expect(classOf(s, 2.9)).toBe(0)
    expect(classOf(s, 2.95)).toBe(1)
    expect(classOf(s, null)).toBe(null)
  })
  it('are all of use: the steps between them are no wider than the numbers need', () => {
    const s = scaleOf(Array.from({ length: 100 }, (_, k) => 2.92 + 0.0014 * k))!
    expect(s.edges).toEqual([2.91, 2.94, 2.97, 3, 3.03, 3.06]) // 0.05 V would leave three of seven shades unused
  })
  it('exist where all are alike, and not where nothing is known', () => {
    const s = scaleOf([3, 3, 3])!
    expect(s.edges.length).toBe(6)
    expect(classOf(s, 3)).not.toBe(null)
    expect(scaleOf([0, 0])!.edges.length).toBe(6)
    expect(scaleOf([null, null])).toBe(null)
  })
  it('hold negative numbers too', () => {
    const s = scaleOf([-130, 0, 20, 400])!
    expect(s.edges[0]).toBeLessThanOrEqual(-130)
    expect(s.edges.at(-1)).toBeGreaterThanOrEqual(400)
  })
})
