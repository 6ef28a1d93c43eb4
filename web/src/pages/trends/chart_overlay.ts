// SPDX-License-Identifier: Apache-2.0
// What is drawn over a chart: a letter at the end of each line, and at its foot a shape for each reading that is not good.
import type uPlot from 'uplot'
import { QUALITY_MARK } from '../../components/states'
import { colour, typeScale } from './chart_lines'
import { letterOf, type Drawn, type Panel } from './model'

export function overlay(u: uPlot, panel: Panel): void {
  const scale = (devicePixelRatio || 1) * typeScale()
  const { ctx, bbox } = u
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  panel.drawn.forEach((d, row) => marks(u, d, row, scale))
  ctx.restore()
  ctx.save()
  letters(u, panel.drawn, scale)
  ctx.restore()
}

/** One row of shapes for each line, upwards from the foot; those that would lie on another are left out. */
function marks(u: uPlot, d: Drawn, row: number, scale: number): void {
  const { ctx, bbox } = u
  ctx.textAlign = 'center'
  ctx.textBaseline = 'bottom'
  ctx.font = `${10 * scale}px system-ui`
  let before = -Infinity
  for (const m of d.marks) {
    if (m.quality === 'good') continue
    const x = u.valToPos(m.time, 'x', true)
    if (x - before < 9 * scale || x < bbox.left || x > bbox.left + bbox.width) continue
    before = x
    ctx.fillStyle = colour(m.quality === 'bad' ? '--bad' : '--warn')
    ctx.fillText(QUALITY_MARK[m.quality], x, bbox.top + bbox.height - (2 + 11 * row) * scale)
  }
}

/** Each at the height of its line's newest value, or below the letters that stand there already. */
function letters(u: uPlot, drawn: readonly Drawn[], scale: number): void {
  const { ctx, bbox } = u
  ctx.font = `600 ${12 * scale}px system-ui`
  ctx.textAlign = 'left'
  const taken: number[] = []
  for (const d of drawn) {
    const newest = (d.reconciled ?? d.measured)?.values.findLast((v) => v !== null)
    if (newest === undefined || newest === null) continue
    let y = Math.max(bbox.top + 6 * scale, Math.min(bbox.top + bbox.height, u.valToPos(newest, 'y', true)))
    while (taken.some((o) => Math.abs(o - y) < 12 * scale)) y += 12 * scale
    taken.push(y)
    ctx.fillStyle = colour(`--c${d.place}`)
    ctx.fillText(letterOf(d.place), bbox.left + bbox.width + 5 * scale, y + 4 * scale)
  }
}
