// SPDX-License-Identifier: Apache-2.0
// The state of all sources and their tags in a few numbers.

export type Health = 'ok' | 'late' | 'down'

/** For sorting: what is down comes first. */
export const worstFirst = (of: Health): number => ({ down: 0, late: 1, ok: 2 })[of]

interface State {
  health: Health
  last: string | null
}
export interface Summary {
  sources: Record<Health, number>
  tags: Record<Health, number>
  /** the last reading of the tag that is silent for the longest time [RFC 3339]; null where none is, or none ever spoke */
  silentSince: string | null
}

export function healthOf(sources: readonly (State & { tags: readonly State[] })[]): Summary {
  const count = (all: readonly State[]): Record<Health, number> => {
    const n = { ok: 0, late: 0, down: 0 }
    for (const x of all) ++n[x.health]
    return n
  }
  const tags = sources.flatMap((s) => s.tags)
  const silent = tags
    .filter((x) => x.health !== 'ok')
    .map((x) => x.last)
    .filter((x) => x !== null)
  return {
    sources: count(sources),
    tags: count(tags),
    silentSince: silent.reduce<string | null>((a, b) => (a === null || Date.parse(b) < Date.parse(a) ? b : a), null),
  }
}
