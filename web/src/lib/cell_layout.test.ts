// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { cellAt, layoutOf, moved, placeOf } from './cell_layout'

describe('the cells of a room', () => {
  it('find their place and are found at it, each of them', () => {
    for (const [cells, width, height] of [
      [[150, 150, 150, 150], 1300, 600],
      [[180, 7, 1], 350, 500],
      [Array(60).fill(170), 2500, 1200],
    ] as [number[], number, number][]) {
      const l = layoutOf(cells, width, height)
      const all = cells.reduce((a, b) => a + b, 0)
      for (let i = 0; i < all; ++i) {
        const { x, y } = placeOf(l, i)
        expect(cellAt(l, x + 1, y + 1)).toBe(i)
        expect(cellAt(l, x + l.pitch - 1, y + l.pitch - 1)).toBe(i)
      }
    }
  })
  it('are as large as the room allows, and never wider than it', () => {
    const wall = layoutOf([150, 150, 150, 150], 1700, 1000)
    const desk = layoutOf([150, 150, 150, 150], 900, 500)
    const phone = layoutOf([150, 150, 150, 150], 350, 450)
    expect(wall.pitch).toBeGreaterThan(desk.pitch)
    expect(desk.pitch).toBeGreaterThan(phone.pitch)
    for (const [l, width, height] of [
      [wall, 1700, 1000],
      [desk, 900, 500],
      [phone, 350, 450],
    ] as const) {
      // prettier-ignore
      expect(l.width).toBeLessThanOrEqual(width)
      expect(l.height).toBeLessThanOrEqual(height)
    }
  })
  it('wrap by tens, so that a number can be counted', () => {
    const l = layoutOf([150, 40], 900, 400)
    expect(l.columns % 10).toBe(0)
    expect(l.lines.filter((line) => line.electrolyser === 0).map((line) => line.first)).toEqual(
      Array.from({ length: Math.ceil(150 / l.columns) }, (_, k) => k * l.columns),
    )
  })
  it('have nothing between them and outside', () => {
    const l = layoutOf([20, 20], 900, 400)
    expect(cellAt(l, 3, 3)).toBe(null)
    expect(cellAt(l, l.width + 5, 3)).toBe(null)
    expect(cellAt(l, placeOf(l, 9).x + l.pitch + 0.5, 1)).toBe(null)
    expect(cellAt(l, placeOf(l, 0).x + 1, l.height + 1)).toBe(null)
  })
  it('are reached by keys, and none leads out of the room', () => {
    const l = layoutOf([25, 12], 500, 100)
    const last = 36
    expect(moved(l, 0, 'ArrowLeft')).toBe(0)
    expect(moved(l, 24, 'ArrowRight')).toBe(25)
    expect(moved(l, last, 'ArrowRight')).toBe(last)
    expect(moved(l, last, 'ArrowDown')).toBe(last)
    expect(moved(l, 20, 'Home')).toBe(0)
    expect(moved(l, 3, 'End')).toBe(24)
    expect(moved(l, 3, 'PageDown')).toBe(28)
    expect(moved(l, 28, 'PageUp')).toBe(3)
    expect(moved(l, 3, 'a')).toBe(null)
  })
})
