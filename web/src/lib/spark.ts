// SPDX-License-Identifier: Apache-2.0
// The geometry of a small line: values and their band, fitted into a box.

interface Points {
  times: readonly string[]
  values: readonly (number | string | boolean | null)[]
}
export interface SparkShape {
  line: string
  upper: [number, number][]
  lower: [number, number][]
}

const WHOLE = 0.6 // of its time: with less, a small line begins where its readings do

/** When the line begins: at `from`, or at the first number where they fill less than most of the time. */
export function beginning(c: Points, from: number, to: number): number {
  const first = c.values.findIndex((v) => typeof v === 'number')
  const at = first < 0 ? from : Date.parse(c.times[first]!)
  return at > from + (1 - WHOLE) * (to - from) && at < to ? at : from
}

/** Null where there are fewer than two numbers. The band takes the newest sd at or before each point. */
export function sparkLine(c: Points, sd: Points | null, from: number, to: number, width: number, height: number): SparkShape | null {
  const points: { t: number; v: number; sd: number }[] = []
  let k = 0
  for (let i = 0; i < c.times.length; ++i) {
    const v = c.values[i]
    const t = Date.parse(c.times[i]!)
    if (typeof v !== 'number') continue
    while (sd && k + 1 < sd.times.length && Date.parse(sd.times[k + 1]!) <= t) ++k
    const s = sd?.values[k]
    points.push({ t, v, sd: typeof s === 'number' ? s : 0 })
  }
  if (points.length < 2) return null
  const low = Math.min(...points.map((p) => p.v - p.sd))
  const high = Math.max(...points.map((p) => p.v + p.sd))
  const size = high - low || Math.abs(high) * 1e-3 || 1
  const x = (t: number): number => Math.round(((t - from) / (to - from)) * width * 10) / 10
  const y = (v: number): number => Math.round((height - 4 - ((v - low) / size) * (height - 8)) * 10) / 10
  return {
    line: points.map((p, i) => `${i ? 'L' : 'M'}${x(p.t)} ${y(p.v)}`).join(''),
    upper: points.map((p) => [x(p.t), y(p.v + p.sd)]),
    lower: points.map((p) => [x(p.t), y(p.v - p.sd)]),
  }
}

export const bandPath = (s: SparkShape): string => `M${[...s.upper, ...[...s.lower].reverse()].map((p) => p.join(' ')).join('L')}Z`
