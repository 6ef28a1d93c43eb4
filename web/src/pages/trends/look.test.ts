// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { Curve, Tag } from '../../api/schemas'
import { href, parseRoute } from '../../lib/route'
import { addressOfLook, lookOf, type Look } from './look'
import { panelsOf, withTwoAxes } from './model'

it('the look of a trend goes into its address and comes back', () => {
  const looks: Look[] = [
    { withReconciled: true, beside: 'none', twoAxes: false },
    { withReconciled: false, beside: 'week', twoAxes: true },
  ]
  for (const look of looks) expect(lookOf(parseRoute(href('trends', addressOfLook(look))))).toEqual(look)
  expect(lookOf(parseRoute('#/trends?beside=constructor&axes=9'))).toEqual(looks[0])
})

const tag = (name: string, unit: string): Tag => ({ name, unit, si_unit: unit, kind: 'measured', of: null, decimals: null }) as Tag
const curve = (name: string, unit: string, at: string, value: number): Curve =>
  ({ tag: name, unit, times: [at], values: [value], quality: ['good'], next: null }) as Curve

it('the day before is moved to today, and two units share a chart with two axes', () => {
  const wanted = [tag('V', 'V'), tag('A', 'A')].map((x) => ({ tag: x, reconciled: null, sd: null }))
  const now = [curve('V', 'V', '2026-11-29T10:00:00Z', 3), curve('A', 'A', '2026-11-29T10:00:00Z', 5)]
  const before = [curve('V', 'V', '2026-11-28T10:00:00Z', 2.9)]
  const panels = panelsOf(wanted, now, [], before, 86_400)
  expect(panels.map((p) => p.unit)).toEqual(['V', 'A'])
  expect(panels[0]!.drawn[0]!.before).toEqual({ times: [Date.parse('2026-11-29T10:00:00Z') / 1000], values: [2.9] })
  expect(panels[1]!.drawn[0]!.before).toBeNull()
  const [both, ...rest] = withTwoAxes(panels)
  expect([both!.unit, both!.second, both!.drawn.length, rest.length]).toEqual(['V', 'A', 2, 0])
  expect(withTwoAxes(panels.slice(0, 1))).toEqual(panels.slice(0, 1))
})
