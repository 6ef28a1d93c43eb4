// SPDX-License-Identifier: Apache-2.0
// One panel: lines over time in one unit. Measured is thin with hollow points, reconciled strong with filled points and a band.
import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import { decimalsOfStep, fixed, type Lang } from '../../lib/format'
import type { Range } from '../../lib/range'
import { tickLabels } from '../../lib/time'
import { prettyUnit } from '../../lib/units'
import { useApp } from '../../state/app'
import { typeScale } from '../../state/width'
import { tagName } from '../../text/words'
import { listen } from './chart_gestures'
import { aligned, colour, plotted, type Plotted } from './chart_lines'
import { overlay, type Moment } from './chart_overlay'
import type { Panel } from './model'
import 'uplot/dist/uPlot.min.css'
import './chart.css'

interface Props {
  panel: Panel
  range: Range
  /** the moment pointed at [s]; null where none is */
  cursor: number | null
  moments: readonly Moment[]
  onCursor: (seconds: number | null) => void
  onRange: (from: number, to: number) => void
  onBack: () => void
  height: number
  /** the only line of its page: it needs no letter */
  alone?: boolean
}

function options(p: Props, lang: Lang, width: number, made: Plotted, now: { current: Props }): uPlot.Options {
  const k = typeScale()
  const font = `${Math.round(13 * k)}px system-ui, "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`
  const axis = {
    stroke: colour('--quiet'),
    font,
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { stroke: colour('--line'), width: 1 },
  }
  const numbers: uPlot.Axis = {
    ...axis,
    space: 30 * k,
    size: 64 * k,
    values: (_u, splits, _i, _s, step) => splits.map((v) => fixed(v, decimalsOfStep(step), lang)),
  }
  return {
    width,
    height: p.height,
    padding: [8 * k, 22 * k, 0, 0],
    legend: { show: false },
    series: made.series,
    bands: made.bands,
    scales: { x: { time: true, range: () => [now.current.range.from / 1000, now.current.range.to / 1000] } },
    axes: [
      { ...axis, space: 76 * k, size: 44 * k, values: (_u, splits, _i, _s, step) => tickLabels(splits, step) },
      numbers,
      ...(p.panel.second === null ? [] : [{ ...numbers, scale: 'y2', side: 1, grid: { show: false } }]),
    ],
    cursor: {
      sync: { key: 'trends', setSeries: false },
      drag: { x: true, y: false, setScale: false },
      points: { show: false },
      focus: { prox: -1 },
    },
    hooks: {
      draw: [(u) => overlay(u, now.current.panel, now.current.moments, now.current.alone)],
      setSelect: [
        (u) => {
          if (u.select.width < 4) return
          const from = u.posToVal(u.select.left, 'x')
          const to = u.posToVal(u.select.left + u.select.width, 'x')
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
          now.current.onRange(from * 1000, to * 1000)
        },
      ],
      setCursor: [
        (u) => {
          const left = u.cursor.left ?? -1
          // Only the panel under the pointer speaks; the others follow it.
          if (u.cursor.event) now.current.onCursor(left < 0 ? null : u.posToVal(left, 'x'))
        },
      ],
    },
  }
}

export function Chart(props: Props) {
  const { lang, theme, t } = useApp()
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const now = useRef(props)
  now.current = props
  const { panel, range, cursor, height } = props
  const names = panel.drawn.map((d) => tagName(t, d.wanted.tag.name)).join(', ')
  const shape =
    panel.drawn.map((d) => [d.wanted.tag.name, d.place, !!d.measured, !!d.reconciled, !!d.band, !!d.before].join()).join(';') + panel.second

  useEffect(() => {
    const made = plotted(panel)
    const u = new uPlot(options(now.current, lang, box.current!.clientWidth, made, now), aligned(made.lines), box.current!)
    plot.current = u
    const stopListening = listen(u, now)
    const size = new ResizeObserver(() => u.setSize({ width: box.current!.clientWidth, height: now.current.height }))
    size.observe(box.current!)
    return () => {
      size.disconnect()
      stopListening()
      u.destroy()
      plot.current = null
    }
  }, [shape, lang, theme, height])
  useEffect(() => {
    plot.current?.setData(aligned(plotted(panel).lines))
  }, [panel])
  useEffect(() => {
    plot.current?.redraw(false)
  }, [props.moments])
  useEffect(() => {
    plot.current?.setScale('x', { min: range.from / 1000, max: range.to / 1000 })
  }, [range.from, range.to])
  useEffect(() => {
    const u = plot.current
    if (!u || u.cursor.event) return
    if (cursor !== null) u.setCursor({ left: u.valToPos(cursor, 'x'), top: -10 }, false)
  }, [cursor])
  return (
    <>
      <p class="small quiet axis-unit">
        {prettyUnit(panel.unit)}
        {panel.second !== null && <span class="right">{prettyUnit(panel.second)}</span>}
      </p>
      <div
        ref={box}
        class="chart"
        role="img"
        aria-label={t('trends.chart', { names, unit: prettyUnit(panel.unit) || '1' })}
        onDblClick={props.onBack}
      />
    </>
  )
}
