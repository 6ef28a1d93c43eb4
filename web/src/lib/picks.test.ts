// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { aboutOf, leftToPick, type Looked } from './picks'
import type { Draft, DraftMeter } from './sketch'

const meter = (tag: string, on: string, quantity = 'flow_mass'): DraftMeter => ({
  ...{ tag, on, quantity, unit: 't/h', sd: '', dataUnit: '', absolute: false },
})
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
})

describe('what the plant still lacks', () => {
  const draft: Draft = {
    name: '',
    units: [{ name: 'N1', model: 'splitter', parameters: {} }],
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
  it('is not what the server said of a pipe before it was joined', () => {
    const before = { ...draft, pipes: draft.pipes.map((p) => (p.name === 'S2' ? pipe('S2') : p)) }
    const said = plant([{ where: 'plant.toml:9', what: '"S2.x" is not known', cure: '' }])
    expect(leftToPick(draft, { at: before, plant: said })).toEqual({ picks: leftToPick(draft, null).picks, others: [] })
  })
})
