// SPDX-License-Identifier: Apache-2.0
// The time that the page shows: from its address, with the steps back to where one was.
import { useRef, useState } from 'preact/hooks'
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

interface Ranging {
  range: Range
  go: (next: Range) => void
  goBack: () => void
}

export function useRange(route: Route): Ranging {
  const [range, setRange] = useState<Range>(() => rangeOf(route))
  const before = useRef<Range[]>([])
  const go = (next: Range): void => {
    before.current = [...before.current, range].slice(-MOST_STEPS_BACK)
    setRange(next)
  }
  const goBack = (): void => {
    const last = before.current.pop()
    if (last) setRange(last.follows ? following(last.to - last.from, serverNow()) : last)
  }
  return { range, go, goBack }
}
