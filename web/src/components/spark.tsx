// SPDX-License-Identifier: Apache-2.0
// A small line without axes: the hour or week behind a number, with its band of one standard deviation.
import { curves } from '../api/readings'
import type { Curve } from '../api/schemas'
import { serverNow } from '../api/server_clock'
import { parts } from '../lib/series'
import { bandPath, sparkLine } from '../lib/spark'
import { useLoaded } from '../state/loaded'
import './spark.css'

const W = 240
const H = 40

interface Props {
  curve: Curve | undefined
  sd?: Curve | undefined
  from: number
  to: number
  label: string
}

export function Spark({ curve, sd, from, to, label }: Props) {
  const s = curve && sparkLine(curve, sd ?? null, from, to, W, H)
  return (
    <svg class="spark" viewBox={`0 0 ${W} ${H}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {s && (
        <>
          <path class="band" d={bandPath(s)} />
          <path class="line" d={s.line} vector-effect="non-scaling-stroke" />
        </>
      )}
      <path class="axis" d={`M0 ${H - 0.5}H${W}`} vector-effect="non-scaling-stroke" />
    </svg>
  )
}

const HOUR = 3_600_000
const MOST_TAGS = 50 // in one request to the server
const POINTS = 60

/** The last hour of each of these tags, asked again every minute; without curves until the first answer. */
export function useLastHour(names: readonly string[]): { curves: ReadonlyMap<string, Curve>; from: number; to: number } {
  const wanted = [...new Set(names)]
  const loaded = useLoaded(
    async (signal) => {
      const to = serverNow()
      const got = new Map<string, Curve>()
      for (const some of parts(wanted, MOST_TAGS)) for (const c of await curves(some, to - HOUR, to, POINTS, signal)) got.set(c.tag, c)
      return { curves: got, from: to - HOUR, to }
    },
    [wanted.join('\n')],
  )
  return loaded.data ?? { curves: new Map(), from: 0, to: HOUR }
}
