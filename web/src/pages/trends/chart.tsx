// SPDX-License-Identifier: Apache-2.0
// One panel: lines over time in one unit. Measured is thin with hollow points, reconciled strong with filled points and a band.
import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import { decimalsOfStep, fixed, type Lang } from '../../lib/format'
import type { Line } from '../../lib/series'
import { tickLabels, type Range } from '../../lib/time'
import { prettyUnit } from '../../lib/units'
import { useApp } from '../../components/state'
import { tagName } from '../../text/words'
import { DASHES, letterOf, type Panel } from './model'

interface Props {
  panel: Panel
  range: Range
  /** the moment pointed at [s]; null where none is */
  cursor: number | null
  onCursor: (seconds: number | null) => void
  onRange: (from: number, to: number) => void
  onBack: () => void
  height: number
}

/** Charts grow with the type of the page: 1 on a desk, 2 on a wall. */
export const typeScale = (): number => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16

const css = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

interface Plotted {
  lines: Line[]
  series: uPlot.Series[]
  bands: uPlot.Band[]
}

function plotted(panel: Panel): Plotted {
  const p: Plotted = { lines: [], series: [{}], bands: [] }
  const background = css('--bg')
  const add = (line: Line, series: uPlot.Series): number => {
    p.lines.push(line)
    return p.series.push({ spanGaps: false, ...series }) - 1
  }
  panel.drawn.forEach((d, place) => {
    const colour = css(`--c${d.place}`)
    const dash = [...DASHES[place % DASHES.length]!]
    if (d.band) {
      const upper = add(d.band.upper, { width: 0, points: { show: false } })
      const lower = add(d.band.lower, { width: 0, points: { show: false } })
      p.bands.push({ series: [upper, lower], fill: `${colour}33` })
    }
    if (d.measured)
      add(d.measured, { stroke: colour, width: 1.25, dash, points: { size: 6, width: 1.25, stroke: colour, fill: background } })
    if (d.reconciled) add(d.reconciled, { stroke: colour, width: 2.25, dash, points: { size: 6, stroke: colour, fill: colour } })
  })
  return p
}

const aligned = (lines: readonly Line[]): uPlot.AlignedData =>
  uPlot.join(
    lines.map((l) => [l.times, l.values] as uPlot.AlignedData),
    lines.map(() => [2, 2]),
  )

/** Letters at the ends of the lines, and at the foot what is not good. */
function overlay(u: uPlot, panel: Panel): void {
  const { ctx, bbox } = u
  const dpr = (devicePixelRatio || 1) * typeScale()
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.textAlign = 'center'
  ctx.textBaseline = 'bottom'
  for (const d of panel.drawn) {
    let before = -Infinity
    for (const m of d.marks) {
      const x = u.valToPos(m.time, 'x', true)
      if (x - before < 9 * dpr || x < bbox.left || x > bbox.left + bbox.width) continue
      before = x
      ctx.fillStyle = m.quality === 'bad' ? css('--bad') : css('--warn')
      ctx.font = `${10 * dpr}px system-ui`
      ctx.fillText(m.quality === 'bad' ? '✕' : '△', x, bbox.top + bbox.height - (2 + 11 * panel.drawn.indexOf(d)) * dpr)
    }
  }
  ctx.restore()
  ctx.save()
  ctx.font = `600 ${12 * dpr}px system-ui`
  ctx.textAlign = 'left'
  const right = bbox.left + bbox.width
  const taken: number[] = []
  for (const d of panel.drawn) {
    const line = d.reconciled ?? d.measured
    const i = line ? line.values.findLastIndex((v) => v !== null) : -1
    if (!line || i < 0) continue
    let y = Math.max(bbox.top + 6 * dpr, Math.min(bbox.top + bbox.height, u.valToPos(line.values[i]!, 'y', true)))
    while (taken.some((o) => Math.abs(o - y) < 12 * dpr)) y += 12 * dpr
    taken.push(y)
    ctx.fillStyle = css(`--c${d.place}`)
    ctx.fillText(letterOf(d.place), right + 5 * dpr, y + 4 * dpr)
  }
  ctx.restore()
}

function options(p: Props, lang: Lang, width: number, made: Plotted, now: { current: Props }): uPlot.Options {
  const k = typeScale()
  const font = `${13 * k}px system-ui, "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`
  const axis = { stroke: css('--quiet'), font, grid: { stroke: css('--line'), width: 1 }, ticks: { stroke: css('--line'), width: 1 } }
  return {
    width,
    height: p.height,
    padding: [8 * k, 22 * k, 0, 0],
    legend: { show: false },
    series: made.series,
    bands: made.bands,
    scales: { x: { time: true, range: () => [now.current.range.from / 1000, now.current.range.to / 1000] } },
    axes: [
      { ...axis, space: 76 * k, size: 44 * k, values: (_u, splits, _i, _s, step) => tickLabels(splits, step, lang) },
      {
        ...axis,
        space: 30 * k,
        size: 64 * k,
        values: (_u, splits, _i, _s, step) => splits.map((v) => fixed(v, decimalsOfStep(step), lang)),
      },
    ],
    cursor: {
      sync: { key: 'trends', setSeries: false },
      drag: { x: true, y: false, setScale: false },
      points: { show: false },
      focus: { prox: -1 },
    },
    hooks: {
      draw: [(u) => overlay(u, now.current.panel)],
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

/** Shift and drag moves the time; a plain drag is left to the selection. */
function pan(u: uPlot, now: { current: Props }): () => void {
  let start: { x: number; from: number; to: number } | null = null
  const down = (e: MouseEvent): void => {
    if (!e.shiftKey || e.button !== 0) return
    e.stopImmediatePropagation()
    const r = now.current.range
    start = { x: e.clientX, from: r.from, to: r.to }
  }
  const up = (e: MouseEvent): void => {
    if (!start) return
    const by = ((start.x - e.clientX) / u.over.clientWidth) * (start.to - start.from)
    if (Math.abs(start.x - e.clientX) > 2) now.current.onRange(start.from + by, start.to + by)
    start = null
  }
  const wheel = (e: WheelEvent): void => {
    if (!e.ctrlKey) return // the plain wheel scrolls the page
    e.preventDefault()
    const r = now.current.range
    const at = e.offsetX / u.over.clientWidth
    const length = (r.to - r.from) * (e.deltaY > 0 ? 1.5 : 1 / 1.5)
    const middle = r.from + (r.to - r.from) * at
    now.current.onRange(middle - length * at, middle + length * (1 - at))
  }
  u.over.addEventListener('mousedown', down, { capture: true })
  u.over.addEventListener('wheel', wheel, { passive: false })
  window.addEventListener('mouseup', up)
  return () => window.removeEventListener('mouseup', up)
}

export function Chart(props: Props) {
  const { lang, theme, t } = useApp()
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const now = useRef(props)
  now.current = props
  const { panel, range, cursor, height } = props
  const names = panel.drawn.map((d) => tagName(t, d.wanted.tag.name)).join(', ')
  const shape = panel.drawn.map((d) => [d.wanted.tag.name, d.place, !!d.measured, !!d.reconciled, !!d.band].join()).join(';')

  useEffect(() => {
    const made = plotted(panel)
    const u = new uPlot(options(now.current, lang, box.current!.clientWidth, made, now), aligned(made.lines), box.current!)
    plot.current = u
    const stopPan = pan(u, now)
    const size = new ResizeObserver(() => u.setSize({ width: box.current!.clientWidth, height: now.current.height }))
    size.observe(box.current!)
    return () => {
      size.disconnect()
      stopPan()
      u.destroy()
      plot.current = null
    }
  }, [shape, lang, theme, height])
  useEffect(() => {
    plot.current?.setData(aligned(plotted(panel).lines))
  }, [panel])
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
      <p class="small quiet axis-unit">{prettyUnit(panel.unit)}</p>
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
