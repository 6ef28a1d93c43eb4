// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { Tag } from '../../api/schemas'
import { startersOf } from './starters'

const tag = (name: string, more: Partial<Tag>): Tag => ({
  name,
  kind: 'measured',
  unit: 't/h',
  si_unit: 'kg/s',
  decimals: null,
  of: null,
  source: null,
  description: '',
  area: null,
  plant_unit: null,
  plant_unit_title: null,
  quantity: null,
  health: null,
  ...more,
})
const flow = (n: number, area = 'cells') => tag(`FI-${n}`, { of: `S${n}.flow_mass`, area, quantity: 'mass flow' })

it('a trend may begin with key numbers, then loads, then flows, area by area, in the order of the plant', () => {
  const all = [
    flow(1),
    tag('TI-1', { of: 'S1.temperature', area: 'cells', quantity: 'temperature' }),
    tag('II-1', { of: 'E1.current', area: 'cells', quantity: 'current' }),
    flow(2),
    flow(3, 'evaporation'),
    tag('indicator:load', { kind: 'indicator' }),
    tag('indicator:E1.load', { kind: 'indicator', area: 'cells' }),
    tag('FI-9', {}),
  ]
  expect(startersOf(all)).toEqual([
    { area: null, quantity: '', tags: ['indicator:load'] },
    { area: 'cells', quantity: 'current', tags: ['II-1'] },
    { area: 'cells', quantity: 'mass flow', tags: ['FI-1', 'FI-2'] },
    { area: 'evaporation', quantity: 'mass flow', tags: ['FI-3'] },
  ])
})
it('no more tags than a trend draws; and nothing is offered where no plant file says what a tag is', () => {
  expect(startersOf(Array.from({ length: 20 }, (_, k) => flow(k)))[0]!.tags).toHaveLength(8)
  expect(startersOf([tag('FI-1', {})])).toEqual([])
})
