// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { moved, within, zoomed, zoomedIn, zoomedOut } from './range'

describe('a range', () => {
  const r = { from: 0, to: 1000_000, follows: false }
  it('zooms around a place and stays within seconds and decades', () => {
    expect(zoomed(r, 0.5, 0.5, 2e6)).toEqual({ from: 250_000, to: 750_000, follows: false })
    expect(zoomed({ from: 0, to: 2000, follows: false }, 0.1, 0.5, 2e6).to).toBe(2000)
  })
  it('that follows now goes on following it when zoomed at its end', () => {
    expect(zoomed({ from: 0, to: 1e6, follows: true }, 2, 1, 1_100_000)).toEqual({ from: -900_000, to: 1_100_000, follows: true })
  })
  it('is never later than now, and follows it when it gets there', () => {
    expect(moved(r, 0.5, 1_200_000)).toEqual({ from: 200_000, to: 1_200_000, follows: true })
    expect(within(r, 2e6).follows).toBe(false)
  })
  it('halves around its middle, or up to now where it follows now, and doubles back', () => {
    expect(zoomedIn(r, 2e6)).toEqual({ from: 250_000, to: 750_000, follows: false })
    expect(zoomedIn({ ...r, follows: true }, 1e6)).toEqual({ from: 500_000, to: 1e6, follows: true })
    expect(zoomedOut(zoomedIn(r, 2e6), 2e6)).toEqual(r)
  })
})
