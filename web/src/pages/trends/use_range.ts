// SPDX-License-Identifier: Apache-2.0
// The time that the page shows: from its address, with the steps back to where one was.
import { useState } from 'preact/hooks'
import { serverNow } from '../../api/server_clock'
import { following, within, type Range } from '../../lib/range'
import type { Route } from '../../lib/route'

/** The lengths to choose from [s]; the server keeps readings for years. */
export const LENGTHS = {
  '5min': 300,
  '1h': 3600,
  '8h': 28_800,
  '1d': 86_400,
  '7d': 604_800,
  '30d': 2_592_000,
  '1a': 31_536_000,
  '5a': 157_680_000,
} as const
export type Length = keyof typeof LENGTHS

const MOST_STEPS_BACK = 30

/** From the address: "from" and "to" [ms], or "last" [s]; else the last eight hours. */
function rangeOf({ query }: Route): Range {
  const from = Number(query.get('from'))
  const to = Number(query.get('to'))
  if (from > 0 && to > from) return within({ from, to, follows: false }, serverNow())
  return following((Number(query.get('last')) || LENGTHS['8h']) * 1000, serverNow())
}

/** As rangeOf() reads it. */
export function addressOf(r: Range): Record<string, string> {
  if (r.follows) return { last: String(Math.round((r.to - r.from) / 1000)) }
  return { from: String(Math.round(r.from)), to: String(Math.round(r.to)) }
}

export interface Ranging {
  range: Range
  go: (next: Range) => void
  /** null where there is no way */
  goBack: (() => void) | null
  goForward: (() => void) | null
}

interface Way {
  before: Range[]
  range: Range
  after: Range[]
}
const asNow = (r: Range): Range => (r.follows ? following(r.to - r.from, serverNow()) : r)

/** One step back along the way that one came; with before and after exchanged, one forward. */
export function stepped(from: readonly Range[], range: Range, to: readonly Range[]): { from: Range[]; range: Range; to: Range[] } | null {
  const next = from.at(-1)
  return next ? { from: from.slice(0, -1), range: next, to: [...to, range] } : null
}

export function useRange(route: Route): Ranging {
  const [way, setWay] = useState<Way>(() => ({ before: [], range: rangeOf(route), after: [] }))
  const back = stepped(way.before, way.range, way.after)
  const forward = stepped(way.after, way.range, way.before)
  return {
    range: way.range,
    go: (next) => setWay((w) => ({ before: [...w.before, w.range].slice(-MOST_STEPS_BACK), range: next, after: [] })),
    goBack: back && (() => setWay({ before: back.from, range: asNow(back.range), after: back.to })),
    goForward: forward && (() => setWay({ after: forward.from, range: asNow(forward.range), before: forward.to })),
  }
}
