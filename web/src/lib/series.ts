// SPDX-License-Identifier: Apache-2.0
// From what the server sends to what a chart draws: numbers in the unit shown, breaks where readings were bad or missing.
import { fromSi, type Unit } from './units'

export type Quality = 'good' | 'uncertain' | 'bad'
export interface RawCurve {
  tag: string
  times: readonly string[]
  values: readonly (number | string | boolean | null)[]
  quality: readonly Quality[]
}
export interface Gap {
  tag: string
  from: string
  to: string | null
}

/** Times in seconds, rising; null breaks the line. */
export interface Line {
  times: number[]
  values: (number | null)[]
}
/** A reading that is not good, or is a text: shown at the foot and in the table. */
export interface Mark {
  time: number
  quality: Quality
}

/** The line of a curve: bad readings and the starts of silences break it; true is 1, false is 0, texts are left out. */
export function lineOf(c: RawCurve, unit: Unit | null, gaps: readonly Gap[] = []): Line {
  const line: Line = { times: [], values: [] }
  const starts = gaps
    .filter((g) => g.tag === c.tag)
    .map((g) => Date.parse(g.from) / 1000)
    .sort((a, b) => a - b)
  let k = 0
  let last = -Infinity
  for (let i = 0; i < c.times.length; ++i) {
    const t = Date.parse(c.times[i]!) / 1000
    for (; k < starts.length && starts[k]! < t; ++k) {
      // A silence starts at the last reading before it.
      const at = Math.max(starts[k]!, last) + 1e-3
      if (at > last && at < t && line.values.length > 0 && line.values.at(-1) !== null) {
        line.times.push(at)
        line.values.push(null)
        last = at
      }
    }
    const v = c.values[i]
    const n = typeof v === 'boolean' ? Number(v) : v
    if (typeof n === 'string') continue
    if (t <= last) continue // a corrected reading of the same moment: the first is drawn, the table has both
    line.times.push(t)
    line.values.push(n === null || n === undefined || c.quality[i] === 'bad' ? null : unit ? fromSi(unit, n) : n)
    last = t
  }
  return line
}

/** The indices of values between two breaks, of which no line can be drawn; undefined, another line's time, is no break. */
export function loneOf(values: ArrayLike<number | null | undefined>): number[] {
  const lone: number[] = []
  let run: number[] = []
  for (let i = 0; i <= values.length; ++i) {
    const v = i < values.length ? values[i] : null
    if (v === undefined) continue
    if (v !== null) run.push(i)
    else {
      if (run.length === 1) lone.push(run[0]!)
      run = []
    }
  }
  return lone
}

export function marksOf(c: RawCurve): Mark[] {
  return c.quality.flatMap((q, i) => (q === 'good' ? [] : [{ time: Date.parse(c.times[i]!) / 1000, quality: q }]))
}

/** The index of the newest reading at or before t; -1 before the first. */
export function indexAt(times: readonly number[], t: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const mid = (low + high) >> 1
    if (times[mid]! <= t) low = mid + 1
    else high = mid
  }
  return low - 1
}

/** The value that holds at t. */
export function valueAt(line: Line, t: number): number | null {
  const i = indexAt(line.times, t)
  return i < 0 ? null : line.values[i]!
}

/** value ± sd, point by point; the sd that holds at each time. */
export function bandOf(value: Line, sd: Line): { upper: Line; lower: Line } {
  const width = value.times.map((t) => valueAt(sd, t))
  const side = (sign: number): Line => ({
    times: value.times,
    values: value.values.map((v, i) => (v === null || width[i] == null ? null : v + sign * width[i]!)),
  })
  return { upper: side(1), lower: side(-1) }
}

/** Cut into parts of at most so many. */
export function parts<T>(all: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, i) => all.slice(i * most, (i + 1) * most))
}
