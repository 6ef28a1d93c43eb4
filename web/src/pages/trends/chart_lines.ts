// SPDX-License-Identifier: Apache-2.0
// What uPlot is given of a panel: the lines with their colours and dashes, and the bands of one standard deviation.
import uPlot from 'uplot'
import { loneOf, type Line } from '../../lib/series'
import { DASHES, type Panel } from './model'

/** The value of a colour of styles/tokens.css, for the canvas. */
export const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** Where lines are too dense for their points, those without a line on either side. */
const filter: uPlot.Series.Points.Filter = (chart, series, show) => (show ? null : loneOf(chart.data[series]!))

export interface Plotted {
  lines: Line[]
  series: uPlot.Series[]
  bands: uPlot.Band[]
}

export function plotted(panel: Panel): Plotted {
  const p: Plotted = { lines: [], series: [{}], bands: [] }
  const background = colour('--bg')
  const plus = (line: Line, series: uPlot.Series): number => {
    p.lines.push(line)
    return p.series.push({ spanGaps: false, ...series }) - 1
  }
  panel.drawn.forEach((d, k) => {
    const own = colour(`--c${d.place}`)
    const scale = d.unit.code === panel.second ? 'y2' : 'y'
    const add = (line: Line, series: uPlot.Series): number => plus(line, { scale, ...series })
    if (d.before) add(d.before, { stroke: `${own}aa`, width: 1.25, dash: [1.5, 3.5], points: { show: false } })
    const dash = [...DASHES[k % DASHES.length]!]
    if (d.band) {
      const upper = add(d.band.upper, { width: 0, points: { show: false } })
      const lower = add(d.band.lower, { width: 0, points: { show: false } })
      p.bands.push({ series: [upper, lower], fill: `${own}33` })
    }
    if (d.measured)
      add(d.measured, { stroke: own, width: 1.25, dash, points: { size: 6, width: 1.25, stroke: own, fill: background, filter } })
    if (d.reconciled) add(d.reconciled, { stroke: own, width: 2.25, dash, points: { size: 6, stroke: own, fill: own, filter } })
  })
  return p
}

export const aligned = (lines: readonly Line[]): uPlot.AlignedData =>
  uPlot.join(
    lines.map((l) => [l.times, l.values] as uPlot.AlignedData),
    lines.map(() => [2, 2]),
  )
