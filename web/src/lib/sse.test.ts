// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { backOff, EventReader } from './sse'

describe('server-sent events', () => {
  it('are read from pieces cut anywhere', () => {
    const text = ': here\n\nevent: latest\ndata: {"a":1}\n\nevent: sources\r\ndata: x\r\ndata: y\r\n\r\n'
    for (let at = 0; at <= text.length; ++at) {
      const reader = new EventReader()
      expect([...reader.read(text.slice(0, at)), ...reader.read(text.slice(at))]).toEqual([
        { event: 'latest', data: '{"a":1}' },
        { event: 'sources', data: 'x\ny' },
      ])
    }
  })
  it('without an end are refused, so that memory stays bounded', () => {
    const reader = new EventReader()
    expect(() => {
      for (let i = 0; i < 50; ++i) reader.read('data: ' + 'x'.repeat(100_000))
    }).toThrow('without end')
  })
  it('come back after 1, 2, 4 ... 30 s, a little apart', () => {
    expect([1, 2, 3, 4, 5, 6, 100].map((n) => backOff(n, 0))).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
    expect(backOff(3, 1)).toBe(3000)
  })
})
