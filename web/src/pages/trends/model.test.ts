// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import type { Tag } from '../../api/schemas'
import { wantedOf } from './model'

const tag = (name: string, kind: Tag['kind'], of: string | null) => [name, { name, kind, of } as Tag] as const
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
