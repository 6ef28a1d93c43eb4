// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { aboutOf, fixOf, leftToPick, meetings, type Looked } from './picks'
import { NO_PRICES } from './prices'
import type { Draft, DraftMeter } from './sketch'

const meter = (tag: string, on: string, quantity = 'flow_mass'): DraftMeter => ({
  ...{ tag, on, quantity, unit: 't/h', sd: '', dataUnit: '', seen: { mean: null, unit: '' }, absolute: false },
})
const NONE = { name: '', prices: NO_PRICES }
const pipe = (name: string, from = '', to = '', contents = '') => ({ name, from, to, contents })
const PLANT = [
  '[plant]',
  'name = "x"',
  '',
  '[[unit]]',
  'name = "N1"',
  'model = "splitter"',
  '',
  '[[measurement]]',
  'tag = "a\\"b"',
  'of = "S2.x"',
]
const plant = (problems: { where: string; what: string; cure: string }[]): Looked['plant'] => ({
  plant: PLANT.join('\n'),
  problems,
  redundancy: null,
  unchecked_words: null,
  assumed: [],
  unchecked: [],
  advice: null,
  meter_notes: [],
  divisions: [],
  pipes: [],
})

describe('what the plant still lacks', () => {
  const draft: Draft = {
    ...NONE,
    units: [{ name: 'N1', model: 'splitter', parameters: {}, feeds: [] }],
    pipes: [pipe('S1'), pipe('S2', '', 'N1'), pipe('S3', 'N1', ''), pipe('S4'), pipe('S5', '', '', 'steam')],
    meters: [meter('FI-1', 'S1'), meter('TI-1', 'S1'), meter('a"b', 'S2', 'temperature'), meter('FI-5', 'S5'), meter('FI-6', '')],
  }
  it('is found by the line of the file that a problem names', () => {
    const text = PLANT.join('\n')
    expect(aboutOf(text, 'plant.toml:6')).toBe('N1')
    expect(aboutOf(text, 'plant.toml:10')).toBe('a"b')
    expect(aboutOf(text, 'plant.toml:2')).toBeNull()
    expect(aboutOf(text, 'plant.toml:99')).toBeNull()
    expect(aboutOf(text, 'plant.toml')).toBeNull()
  })
  it('is first of all the ends of each pipe with a meter of which nothing is known', () => {
    expect(leftToPick(draft, null).picks).toEqual([{ pipe: 'S1', what: 'ends', tags: ['FI-1', 'TI-1'] }])
  })
  it('is the contents where a meter or a unit asks for them, each pipe once', () => {
    const asked = leftToPick(draft, {
      at: draft,
      plant: plant([
        { where: 'plant.toml:6', what: 'what flows in stream "S3" is not said', cure: 'add a [[stream]] with name = "S3"' },
        { where: 'plant.toml:6', what: 'what flows in stream "S2" is not said', cure: 'add a [[stream]] with name = "S2"' },
        { where: 'plant.toml:9', what: '"S2.x" is not known', cure: 'it has "flow_mass"' },
        { where: 'plant.toml:5', what: 'cells is missing', cure: 'give it' },
      ]),
    })
    expect(asked.picks.slice(1)).toEqual([
      { pipe: 'S3', what: 'contents', tags: [] },
      { pipe: 'S2', what: 'contents', tags: ['a"b'] },
    ])
    expect(asked.others.map((p) => p.what)).toEqual(['cells is missing'])
  })
  it('is which of two media flows in a pipe that nothing decides, before any other question of it', () => {
    const may_be = [
      { name: 'water', title: 'water' },
      { name: 'caustic', title: 'caustic' },
    ]
    const said = {
      ...plant([{ where: 'plant.toml:6', what: 'what flows in stream "S2" is not said', cure: 'add a [[stream]] with name = "S2"' }]),
      pipes: [
        { name: 'S2', contents: null, title: null, by: null, may_be },
        { name: 'S5', contents: 'steam', title: 'steam', by: 'picked' as const, may_be: [] },
      ],
    }
    expect(leftToPick(draft, { at: draft, plant: said }).picks.slice(1)).toEqual([
      { pipe: 'S2', what: 'medium', tags: ['a"b'], mayBe: ['water', 'caustic'] },
    ])
    const picked = { ...draft, pipes: draft.pipes.map((p) => (p.name === 'S2' ? { ...p, contents: 'water' } : p)) }
    expect(leftToPick(picked, { at: draft, plant: { ...said, problems: [] } }).picks).toHaveLength(1)
  })
  it('is not what the server said of a pipe before it was joined', () => {
    const before = { ...draft, pipes: draft.pipes.map((p) => (p.name === 'S2' ? pipe('S2') : p)) }
    const said = plant([{ where: 'plant.toml:9', what: '"S2.x" is not known', cure: '' }])
    expect(leftToPick(draft, { at: before, plant: said })).toEqual({ picks: leftToPick(draft, null).picks, others: [] })
  })
})

describe('what to click against a problem', () => {
  const draft: Draft = {
    ...NONE,
    units: ['N1', 'N2', 'E1'].map((name) => ({ name, model: 'node', parameters: { cells: '0' }, feeds: [] })),
    pipes: [pipe('S1', '', 'N1'), pipe('S2', 'N1', 'E1.brine'), pipe('S3', '', 'E1.brine')],
    meters: [meter('FI-1', 'S1')],
  }
  const text = [
    ...['[[unit]]', 'name = "N1"', 'model = "node"', 'inlets = ["S1"]', '', '[[unit]]', 'name = "N2"', '', '[[unit]]', 'name = "E1"'],
    ...[
      'parameters = { cells = "1 m" }',
      '',
      '[[measurement]]',
      'tag = "FI-1"',
      'of = "S1.x"',
      'unit = "tph"',
      'sd = "x"',
      'data_unit = "bar"',
    ],
    ...['', '[[stream]]', 'name = "S2"', 'contents = "soup"', ''],
    ...['[[unit]]', 'name = "split_S2"', 'inlets = ["S2", "S3"]', 'outlets = ["E1_brine"]', ''],
    ...['[[unit]]', 'name = "join_x"', 'inlets = ["E1_brine"]'],
  ].join('\n')
  const fix = (line: number, cure: string, what = '') => {
    const f = fixOf(draft, text, { where: `plant.toml:${line}`, what, cure })
    return f && [f.key, f.name, f.table, f.row]
  }
  it('is known by the place and the key, whatever the language of the cure, and leads to the row', () => {
    expect(fix(1, 'add outlets = ["S2"]')).toEqual(['outlets', 'N1', 4, 'S1'])
    expect(fix(1, '请加上 inlets = ["S1"]')).toEqual(['inlets', 'N1', 4, 'S1'])
    expect(fix(1, 'give it 1 outlet', 'unit "N1" has 2 outlets')).toEqual(['in_4', 'N1', 4, 'S1'])
    expect(fix(4, 'take it out, or put a unit between')).toEqual(['in_4', 'N1', 4, 'S1'])
    expect(fix(6, 'add inlets = ["S1"]')).toEqual(['unjoined', 'N2', 4, 'S1'])
    expect(fix(6, 'connect its hot side')).toEqual(['unjoined', 'N2', 4, 'S1'])
    expect(fix(9, 'add it to parameters')).toEqual(['parameter', 'E1', 2, 'E1'])
    expect(fix(9, 'give it a value above zero', 'cells = 0')).toEqual(['in_2', 'E1', 2, 'E1'])
    expect(fix(9, 'give the outlet contents that hold every species of the inlets')).toEqual(['in_4', 'E1', 4, 'S2'])
    expect(fix(11, 'give it in pure numbers')).toEqual(['in_2', 'E1', 2, 'E1'])
    expect(fix(13, 'add sd = "2 %" of the reading')).toEqual(['sd', 'FI-1', 3, 'FI-1'])
    expect(fix(15, 'it has "flow_mass"')).toEqual(['of', 'FI-1', 3, 'FI-1'])
    expect(fix(16, 'write "t/h"')).toEqual(['in_3', 'FI-1', 3, 'FI-1'])
    expect(fix(17, 'it is above zero, such as sd = "2 %"')).toEqual(['sd', 'FI-1', 3, 'FI-1'])
    expect(fix(18, 'give the unit')).toEqual(['data_unit', 'FI-1', 3, 'FI-1'])
    expect(fix(22, 'pick one')).toEqual(['in_4', 'S2', 4, 'S2'])
    expect(fix(99, 'mend this line first')).toBeNull()
  })
  it('of a place where pipes meet is in the pipes that meet there', () => {
    expect(fix(24, 'give the outlet contents')).toEqual(['in_4', 'S2, S3', 4, 'S2'])
    expect(fix(29, 'give it contents')).toBeNull() // of no pipe that the page shows
  })
  it('a port that two pipes have is named with both', () => {
    expect(meetings(draft)).toEqual([{ port: 'E1.brine', pipes: ['S2', 'S3'] }])
  })
})
