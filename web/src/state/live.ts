// SPDX-License-Identifier: Apache-2.0
// What changes while a page is looked at: newest readings, the line to the server, the time.
import { useEffect, useState } from 'preact/hooks'
import { Feed, type LinkState } from '../api/feed'
import type { LatestValue } from '../api/schemas'
import { serverNow } from '../api/server_clock'

/** The one stream of this page; app.tsx starts it. */
export const feed = new Feed()

/** The newest reading of each of these tags, as the stream brings them; redrawn at most once a second. */
export function useLatest(names: readonly string[]): ReadonlyMap<string, LatestValue> {
  const [values, set] = useState<ReadonlyMap<string, LatestValue>>(new Map())
  const key = names.join('\n')
  useEffect(() => {
    if (names.length === 0) return
    const wanted = new Set(names)
    const held = new Map<string, LatestValue>() // never more than the tags asked for
    const leave = feed.want(names)
    const stop = feed.on('latest', (changed) => {
      let any = false
      for (const v of changed)
        if (wanted.has(v.tag)) {
          held.set(v.tag, v)
          any = true
        }
      if (any) set(new Map(held))
    })
    return () => {
      stop()
      leave()
    }
  }, [key])
  return values
}

export function useLink(): LinkState {
  const [state, set] = useState(feed.state)
  useEffect(() => feed.on('link', set), [])
  return state
}

/** The server's time, which moves on: every second, or as often as said. */
export function useNow(everySeconds = 1): number {
  const [now, set] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => set(serverNow()), everySeconds * 1000)
    return () => clearInterval(timer)
  }, [everySeconds])
  return now
}
