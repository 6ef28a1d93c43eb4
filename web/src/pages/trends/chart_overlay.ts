// SPDX-License-Identifier: Apache-2.0
// What is drawn over a chart: a letter at the end of each line, and at its foot a shape for each reading that is not good.
import type uPlot from 'uplot'
import { QUALITY_MARK } from '../../components/states'
import { typeScale } from '../../state/width'
import { colour } from './chart_lines'
import { letterOf, type Drawn, type Panel } from './model'

/** A line with its words at a moment. */
export interface Moment {
  time: number // [ms]
  words: string
}

export function overlay(u: uPlot, panel: Panel, moments: readonly Moment[], alone = false): void {
  const scale = (devicePixelRatio || 1) * typeScale()
  const { ctx, bbox } = u
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  moments.forEach((m, k) => moment(u, m, k, scale))
  panel.drawn.forEach((d, row) => marks(u, d, row, scale))
  ctx.restore()
  ctx.save()
  if (!alone) letters(u, panel, scale)
  ctx.restore()
}

/** Words stand to the right of their line, in four rows so that neighbours do not cover each other. */
function moment(u: uPlot, { time, words }: Moment, k: number, scale: number): void {
  const { ctx, bbox } = u
  const x = u.valToPos(time / 1000, 'x', true)
  if (x < bbox.left || x > bbox.left + bbox.width) return
  ctx.strokeStyle = colour('--quiet')
  ctx.lineWidth = scale
  ctx.setLineDash([4 * scale, 3 * scale])
  ctx.beginPath()
  ctx.moveTo(x, bbox.top)
  ctx.lineTo(x, bbox.top + bbox.height)
  ctx.stroke()
  ctx.setLineDash([])
  ctx.font = `${11 * scale}px system-ui, "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`
  ctx.textBaseline = 'top'
  const width = ctx.measureText(words).width
  const fits = x + 4 * scale + width < bbox.left + bbox.width
  ctx.textAlign = fits ? 'left' : 'right'
  ctx.fillStyle = colour('--ink')
  ctx.fillText(words, x + (fits ? 4 : -4) * scale, bbox.top + (2 + 13 * (k % 4)) * scale)
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

/** Each at the height of its newest value, measured where it is a reading, or below the letters that stand there already. */
function letters(u: uPlot, panel: Panel, scale: number): void {
  const { ctx, bbox } = u
  ctx.font = `600 ${12 * scale}px system-ui`
  ctx.textAlign = 'left'
  const taken: number[] = []
  for (const d of panel.drawn) {
    const newest = (d.measured ?? d.reconciled)?.values.findLast((v) => v !== null)
    if (newest === undefined || newest === null) continue
    let y = Math.max(
      bbox.top + 6 * scale,
      Math.min(bbox.top + bbox.height, u.valToPos(newest, d.unit.code === panel.second ? 'y2' : 'y', true)),
    )
    while (taken.some((o) => Math.abs(o - y) < 12 * scale)) y += 12 * scale
    taken.push(y)
    ctx.fillStyle = colour(`--c${d.place}`)
    ctx.fillText(letterOf(d.place), bbox.left + bbox.width + 5 * scale, y + 4 * scale)
  }
}
