// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { treeOf, type Branch, type Placed } from './tree'

const words = { whole: 'the plant', elsewhere: 'no plant file', pushed: 'pushed' }
const tag = (name: string, at: Partial<Placed> = {}): Placed => ({
  ...{ name, area: null, plant_unit: null, plant_unit_title: null, quantity: null, source: null, unit: 'V' },
  ...at,
})
const lines = (branches: readonly Branch<Placed>[], depth = 0): string[] =>
  branches.flatMap((b) => {
    const leaves = b.branches.length > 0 && b.leaves.length > 0 ? [`${' '.repeat(depth + 1)}${b.leaves.map((x) => x.name).join()}`] : []
    return [`${' '.repeat(depth)}${b.name}${b.code && ` [${b.code}]`} ${b.items.length}`, ...lines(b.branches, depth + 1), ...leaves]
  })
const of = (tags: Placed[]): string[] => lines(treeOf(tags, (x) => x, words))
const many = (n: number, make: (k: number) => Placed): Placed[] => Array.from({ length: n }, (_, k) => make(k + 1))

it('cell voltages are one line under their electrolyser', () => {
  const at = { area: 'cell room', plant_unit: 'E1', plant_unit_title: 'electrolyser 1' }
  const cells = many(150, (k) => tag(`EI-1101-${k}`, { ...at, quantity: 'voltage, parts of EI-1101' }))
  expect(of([tag('II-1101', { ...at, quantity: 'current' }), ...cells])).toEqual([
    'cell room 151',
    ' electrolyser 1 [E1] 151',
    '  voltage, parts of EI-1101 150',
    '  II-1101',
  ])
})

it('few tags need no branches below their unit', () => {
  const at = { area: 'brine', plant_unit: 'MX101', plant_unit_title: 'acid into the brine' }
  expect(of([tag('FI-1', { ...at, quantity: 'volume flow' }), tag('TI-1', { ...at, quantity: 'temperature' })])).toEqual([
    'brine 2',
    ' acid into the brine [MX101] 2',
  ])
})

it('what no plant file knows stands last, by source, kind and the first parts of its name', () => {
  const loose = many(40, (k) => tag(`EI-${k <= 20 ? 11 : 12}-${k}`, { source: 'plc' }))
  expect(of([...loose, tag('indicator:load'), tag('FI-1', { area: 'brine', plant_unit: 'M', plant_unit_title: 'mixer' })])).toEqual([
    'the plant 1',
    'brine 1',
    ' mixer [M] 1',
    'no plant file 40',
    ' plc 40',
    '  EI-11 20',
    '  EI-12 20',
  ])
})
