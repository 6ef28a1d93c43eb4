// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { polarisation } from './polarisation'

const BOX = { left: 50, right: 550, top: 10, bottom: 210 }

it('has all that it shows between its axes, in kA/m2', () => {
  const curve = [1000, 3000, 5000].map((j) => ({
    current_density: j,
    voltage: 2.4 + 1e-4 * j,
    low: 2.39 + 1e-4 * j,
    high: 2.41 + 1e-4 * j,
  }))
  const p = polarisation({ points: [{ current_density: 5500, voltage: 3.2, sd: 0.01, time: '' } as never], curve, middle_curve: [] }, BOX)!
  expect(p.x.map((t) => t.at)).toEqual([0, 1, 2, 3, 4, 5, 6])
  const [point] = p.points
  expect(point!.x).toBeCloseTo(50 + (5.5 / 6) * 500)
  expect(point!.y).toBeGreaterThan(10)
  expect(point!.high).toBeLessThan(point!.low) // up is less on a screen
  expect(p.band.match(/L/g)!.length).toBe(5)
  expect(p.middle).toBe('')
})

it('is nothing before anything is known', () => expect(polarisation({ points: [], curve: [], middle_curve: [] }, BOX)).toBe(null))
