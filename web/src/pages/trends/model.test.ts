// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { Curve, Tag } from '../../api/schemas'
import { panelsOf, wantedOf } from './model'

const tag = (name: string, kind: Tag['kind'], of: string | null) =>
  [name, { name, kind, of, unit: 'kg/s', si_unit: 'kg/s' } as Tag] as const
const all = new Map([
  tag('FI-1', 'measured', 'S1.flow_mass'),
  tag('FI-2', 'measured', 'S1.flow_mass'),
  tag('reconciled:S1.flow_mass', 'reconciled', 'S1.flow_mass'),
  tag('reconciled_sd:S1.flow_mass', 'reconciled_sd', 'S1.flow_mass'),
])
const lines = (...chosen: string[]) => wantedOf(chosen, all, true).map((w) => [w.tag.name, w.reconciled, w.sd])

it('a reading stands with its reconciled value, which is drawn once however it was chosen', () => {
  const [value, sd] = ['reconciled:S1.flow_mass', 'reconciled_sd:S1.flow_mass']
  expect(lines('FI-1')).toEqual([['FI-1', value, sd]])
  expect(lines('FI-1', value)).toEqual([
    ['FI-1', null, null],
    [value, null, sd],
  ])
  expect(lines('FI-1', 'FI-2')).toEqual([
    ['FI-1', value, sd],
    ['FI-2', null, null],
  ])
})

it('every line ends where its tag has a gap: measured, reconciled with its band, and the one of a day before', () => {
  const time = (s: number): string => new Date(s * 1000).toISOString()
  const curve = (name: string, start = 0): Curve =>
    ({
      tag: name,
      unit: 'kg/s',
      times: [0, 10, 40, 50].map((s) => time(start + s)),
      values: [1, 1, 1, 1],
      quality: Array(4).fill('good'),
    }) as never
  const names = ['FI-1', 'reconciled:S1.flow_mass', 'reconciled_sd:S1.flow_mass']
  const wanted = wantedOf(['FI-1'], all, true)
  const day = 86_400
  const gap = (tag: string, start = 0) => ({ tag, from: time(start + 10), to: time(start + 40) })
  const drawn = (gaps: { tag: string; from: string; to: string }[]) => {
    const d = panelsOf(
      wanted,
      names.map((n) => curve(n, day)),
      gaps,
      [curve('FI-1')],
      day,
    )[0]!.drawn[0]!
    return [d.measured!, d.reconciled!, d.band!.upper, d.before!].map((l) => l.values.indexOf(null))
  }
  expect(drawn([])).toEqual([-1, -1, -1, -1])
  expect(drawn([gap('FI-1', day)])).toEqual([2, -1, -1, -1])
  expect(drawn([gap(names[1]!, day)])).toEqual([-1, 2, 2, -1])
  expect(drawn([gap('FI-1')])).toEqual([-1, -1, -1, 2])
})
