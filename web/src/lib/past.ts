// SPDX-License-Identifier: Apache-2.0
// Readings of the past in a plant that lives on files: of when they are, and which tags to show of then.

/** Older than this, a plant's newest reading is of the past [ms]: a window, and clocks that differ. */
const PAST = 45 * 60_000
const DAY = 86_400_000
const MOST = 4

export interface PastData {
  /** of the newest reading [ms] */
  newest: number
  from: number
  tags: string[]
}

const isMeasured = (tag: string): boolean => !/^(reconciled|indicator):/.test(tag)

/** Null where there are no readings, or fresh ones. @param values the newest reading of each tag */
export function pastData(values: readonly { tag: string; time: string | null }[], now: number): PastData | null {
  const measured = values.flatMap((v) => (isMeasured(v.tag) && v.time !== null ? [{ tag: v.tag, at: Date.parse(v.time) }] : []))
  const newest = Math.max(...measured.map((v) => v.at))
  if (!Number.isFinite(newest) || now - newest < PAST) return null
  const from = newest - DAY
  return {
    newest,
    from,
    tags: measured
      .filter((v) => v.at > from)
      .slice(0, MOST)
      .map((v) => v.tag),
  }
}
