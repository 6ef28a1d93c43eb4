// SPDX-License-Identifier: Apache-2.0
// The time that a trend shows: moved, zoomed, and following now where it ends there.

/** From and to, in ms; `follows` where the end is now and moves. */
export interface Range {
  from: number
  to: number
  follows: boolean
}
const SHORTEST = 2_000
const LONGEST = 20 * 365 * 86_400_000

/** Longer or shorter around a place (0 its start, 1 its end); within seconds and decades, and not beyond now. */
export function zoomed(r: Range, times: number, at: number, now: number): Range {
  const length = Math.min(LONGEST, Math.max(SHORTEST, (r.to - r.from) * times))
  if (r.follows && at > 0.98) return following(length, now)
  const from = r.from + (r.to - r.from) * at - length * at
  return within({ from, to: from + length, follows: false }, now)
}

/** Moved by a part of its length; 1 is one screen later. */
export function moved(r: Range, by: number, now: number): Range {
  const step = (r.to - r.from) * by
  return within({ from: r.from + step, to: r.to + step, follows: false }, now)
}

/** A range that ends at now, or would end later, follows it. */
export function within(r: Range, now: number): Range {
  const length = r.to - r.from
  return r.to >= now ? following(length, now) : { ...r, follows: false }
}

/** The last `length` ms. */
export const following = (length: number, now: number): Range => ({ from: now - length, to: now, follows: true })

/** Half and twice as long: around the middle, but up to now where it follows now. */
export const zoomedIn = (r: Range, now: number): Range => zoomed(r, 0.5, r.follows ? 1 : 0.5, now)
export const zoomedOut = (r: Range, now: number): Range => zoomed(r, 2, r.follows ? 1 : 0.5, now)
