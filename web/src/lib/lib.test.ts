// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { apart, arrowPath, commonUnit, cut, drawingOrder, linePath, textWidth } from './flow'
import { healthOf } from './health'
import { avoidable, byKind, clear, steamOf } from './losses'
import { href, parseRoute } from './route'
import { fits, sorted } from './sort'
import { bandPath, sparkLine } from './spark'
import { backOff, EventReader } from './sse'

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
  it('moves labels apart, no further than needed and never onto a unit', () => {
    const at = (x: number, y: number) => ({ x, y, width: 80, height: 28 })
    expect(apart([at(0, 0), at(100, 0)], [])).toEqual([0, 0])
    expect(apart([at(0, 0), at(60, 0)], [])).toEqual([0, 28])
    expect(apart([at(0, 0), at(60, 0)], [at(60, 28)])).toEqual([0, -28])
    expect(apart([at(0, 0)], [{ x: 0, y: 0, width: 200, height: 200 }])).toEqual([0]) // nowhere to go
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
    expect(cut('abcdef', 4)).toBe('abc…')
  })
})

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

describe('addresses', () => {
  it('keep what a page shows', () => {
    const a = href('trends', { tag: ['FI-101', 'reconciled:S1,x&y'], last: '3600', from: '' })
    const r = parseRoute(a)
    expect([r.page, r.query.getAll('tag'), r.query.get('last'), r.query.get('from')]).toEqual([
      'trends',
      ['FI-101', 'reconciled:S1,x&y'],
      '3600',
      null,
    ])
  })
  it('that are none lead to the overview', () =>
    expect(['', '#/', '#/no', '#/../etc'].map((h) => parseRoute(h).page)).toEqual(Array(4).fill('overview')))
})

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

describe('losses', () => {
  const loss = (kind: string, power: number | null, cost: number | null, sd = 1) => ({
    kind,
    path: 'E1',
    power: { value: power, sd, unit: 'W' },
    cost_per_year: { value: cost, sd: null, unit: 'CNY/a' },
  })
  it('add up by kind, largest first; one unknown cost leaves the sum unknown', () => {
    expect(byKind([loss('anode', 5, 1), loss('cathode', 9, null), loss('anode', 6, 2), loss('metal', null, 3)])).toEqual([
      { kind: 'anode', power: 11, sd: 2, cost: 3, unit: 'CNY/a' },
      { kind: 'cathode', power: 9, sd: 1, cost: null, unit: 'CNY/a' },
    ])
  })
  it('are as uncertain as their parts together, at most; one unknown leaves it unknown', () => {
    expect(byKind([loss('anode', 5, 1, 3), loss('anode', 6, 1, 4)])[0]!.sd).toBe(7)
    expect(byKind([loss('anode', 5, 1, 3), { ...loss('anode', 6, 1), power: { value: 6, sd: null, unit: 'W' } }])[0]!.sd).toBeNull()
  })
  it('can be avoided against a peer or an ideal, and are clear above their own uncertainty', () => {
    expect([avoidable(loss('above_best_peer', 1, 1)), avoidable(loss('anode', 1, 1))]).toEqual([true, false])
    expect([clear(loss('x', 2, 1, 1)), clear(loss('x', 1, 1, 2)), clear(loss('x', null, 1))]).toEqual([true, false, false])
  })
})

it('the state of the sources: how many, and who is silent for the longest time', () => {
  const state = (health: 'ok' | 'late' | 'down', last: string | null) => ({ health, last })
  const s = healthOf([
    { ...state('ok', '2026-01-01T00:00:09Z'), tags: [state('ok', '2026-01-01T00:00:01Z'), state('late', '2026-01-01T00:00:05Z')] },
    { ...state('down', null), tags: [state('down', '2026-01-01T00:00:04.5Z'), state('down', null)] },
  ])
  expect(s).toEqual({ sources: { ok: 1, late: 0, down: 1 }, tags: { ok: 1, late: 1, down: 2 }, silentSince: '2026-01-01T00:00:04.5Z' })
  expect(healthOf([]).silentSince).toBeNull()
})

it('steam is listed by how much flows, where that is known', () => {
  const stream = (name: string, contents: string, value: number | null) => ({ name, contents, flow: { value } })
  expect(
    steamOf([stream('V1', 'steam', 1.4), stream('C1', 'water', 9), stream('ST', 'steam', 2), stream('V9', 'steam', null)]).map(
      (s) => s.name,
    ),
  ).toEqual(['ST', 'V1'])
})

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
})
