// SPDX-License-Identifier: Apache-2.0
// What a trend may begin with, of what the plant file declares: its key numbers, and the load and the flows of each of its areas.
import type { Tag } from '../../api/schemas'
import { MOST_TAGS } from './model'

export interface Starter {
  /** null: of the plant as a whole */
  area: string | null
  quantity: string
  tags: string[]
}

const MOST_STARTERS = 8
const DRAWN = [/\.current$/, /\.flow_(mass|vol|vol_normal|vol_normal_dry)$/] // the load first, then what flows

export function startersOf(all: readonly Tag[]): Starter[] {
  const found = new Map<string, Starter>()
  const put = (area: string | null, quantity: string, name: string): void => {
    const key = `${area}/${quantity}`
    const starter = found.get(key) ?? { area, quantity, tags: [] }
    found.set(key, starter)
    if (starter.tags.length < MOST_TAGS) starter.tags.push(name)
  }
  for (const x of all) if (x.kind === 'indicator' && x.area === null) put(null, '', x.name)
  for (const paths of DRAWN)
    for (const x of all)
      if (x.kind === 'measured' && x.area !== null && x.of !== null && paths.test(x.of)) put(x.area, x.quantity ?? '', x.name)
  return [...found.values()].slice(0, MOST_STARTERS)
}
