// SPDX-License-Identifier: Apache-2.0
// A small line without axes: the week behind a number, with its band of one standard deviation.
import type { Curve } from '../api/client'
import { bandPath, sparkLine } from '../lib/spark'

const W = 240
const H = 40

export function Spark({ curve, sd, from, to, label }: { curve: Curve | undefined; sd: Curve | undefined; from: number; to: number; label: string }) {
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
