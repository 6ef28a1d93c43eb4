// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { silences } from './gaps'

it('joins tags that were silent together for one reason, and no others', () => {
  const gap = (tag: string, from: string, to: string | null, why = 'connection lost') => ({ tag, from, to, why })
  const found = silences([
    gap('FI-1', '2026-11-29T10:00:00.1Z', '2026-11-29T10:00:09Z'),
    gap('FI-2', '2026-11-29T10:00:00.7Z', '2026-11-29T10:00:09Z'),
    gap('FI-3', '2026-11-29T10:00:00Z', null),
    gap('FI-4', '2026-11-29T10:00:00Z', '2026-11-29T10:00:09Z', 'no such register'),
    gap('FI-1', '2026-11-29T11:00:00Z', '2026-11-29T11:00:09Z'),
  ])
  expect(found.map((s) => s.tags)).toEqual([['FI-1', 'FI-2'], ['FI-3'], ['FI-4'], ['FI-1']])
})
