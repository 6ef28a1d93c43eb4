// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { arrowPath, commonUnit, cut, drawingOrder, linePath, textWidth } from './flow'

describe('the flow picture', () => {
  it('runs level through its points, upright where the picture runs down', () => {
    expect(
      linePath(
        [
          [0, 0],
          [10, 20],
        ],
        false,
      ),
    ).toBe('M0 0C5 0 5 20 10 20')
    expect(
      linePath(
        [
          [0, 0],
          [10, 20],
        ],
        true,
      ),
    ).toBe('M0 0C0 10 10 10 10 20')
    expect(linePath([], false)).toBe('')
  })
  it('points the way it flows, backwards too', () => {
    expect(
      arrowPath(
        [
          [0, 0],
          [10, 0],
        ],
        false,
      ),
    ).toContain('l-7')
    expect(
      arrowPath(
        [
          [10, 0],
          [0, 0],
        ],
        false,
      ),
    ).toContain('l7')
  })
  it('draws thick lines first', () => expect(drawingOrder([1, 9, 9, 4])).toEqual([1, 2, 3, 0]))
  it('says the commonest unit once', () => expect(commonUnit(['t/h', 'kg/h', 't/h'])).toBe('t/h'))
  it('gives Chinese more room and cuts long names', () => {
    expect(textWidth('烧碱', 10)).toBe(20)
    expect(textWidth('i.', 10)).toBeLessThan(textWidth('ab', 10))
    expect(cut('abcdef', 4)).toBe('abc…')
  })
})
