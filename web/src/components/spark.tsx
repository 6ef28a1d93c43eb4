// SPDX-License-Identifier: Apache-2.0
// A small line without axes: the hour or week behind a number, with its band of one standard deviation.
import { curves } from '../api/readings'
import type { Curve } from '../api/schemas'
import { serverNow } from '../api/server_clock'
import { parts } from '../lib/series'
import { bandPath, beginning, sparkLine } from '../lib/spark'
import { when } from '../lib/time'
import { useApp } from '../state/app'
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
  /** in a row of a table: when it begins stands in its name alone */
  small?: boolean
}

export function Spark({ curve, sd, from, to, label, small = false }: Props) {
  const { t } = useApp()
  const start = curve ? beginning(curve, from, to) : from
  const end = curve && start > from ? Math.max(lastOf(curve), start + 1) : to
  const s = curve && sparkLine(curve, sd ?? null, start, end, W, H)
  if (curve && !s) return small ? null : <p class="small quiet spark-none">{t('spark.none')}</p>
  const since = start > from ? t('spark.since', { time: when(start, serverNow()) }) : ''
  return (
    <>
      <svg
        class="spark"
        viewBox={`0 0 ${W} ${H}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={[label, since].filter(Boolean).join(', ')}
      >
        {since && small && <title>{since}</title>}
        {s && (
          <>
            <path class="band" d={bandPath(s)} />
            <path class="line" d={s.line} vector-effect="non-scaling-stroke" />
          </>
        )}
        <path class="axis" d={`M0 ${H - 0.5}H${W}`} vector-effect="non-scaling-stroke" />
      </svg>
      {since && !small && <p class="small quiet">{since}</p>}
    </>
  )
}

const lastOf = (c: Curve): number => Date.parse(c.times.at(-1) ?? '') || 0

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
