// SPDX-License-Identifier: Apache-2.0
// Every cell at its place. Each colour is one path, so that ten thousand cells are drawn without lag; what the pointer or the
// keyboard rests on is found by its place.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { cellHref } from '../../components/cell_state'
import { cellAt, layoutOf, moved, placeOf, type CellLayout } from '../../lib/cell_layout'
import { byKind, diamonds, squares, triangles } from '../../lib/cell_paths'
import type { Sign } from '../../lib/cells'
import { cut } from '../../lib/flow'
import { useApp } from '../../state/app'
import { typeScale } from '../../state/width'
import './map.css'

interface Props {
  /** electrolysers in the order of the cells, and how many cells each has */
  electrolysers: readonly { name: string; cells: number }[]
  names: readonly string[]
  /** of each cell the class of its colour */
  kinds: readonly string[]
  signs: readonly Sign[]
  /** what is said of a cell, for the eye and the ear */
  tip: (cell: number) => preact.ComponentChildren
  /** where the keyboard begins */
  first: number
}

const BELOW = 190 // [px] that the legend and the slider take below it, at the usual size of type
const LEAST = { wide: 0.5, phone: 0.66 } // of the window's height; a finger needs larger cells, and a phone scrolls anyway
const PHONE = 640 // [px]

/** The room for the map: as wide as its column, as high as the rest of the window. */
function useRoom(): { box: preact.RefObject<HTMLDivElement>; room: { width: number; height: number; scale: number } | null } {
  const box = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState<{ width: number; height: number; scale: number } | null>(null)
  useEffect(() => {
    const look = (): void => {
      const { top } = box.current!.getBoundingClientRect()
      const scale = typeScale()
      const height = Math.max(LEAST[innerWidth > PHONE ? 'wide' : 'phone'] * innerHeight, innerHeight - (top + scrollY) - BELOW * scale)
      const width = box.current!.clientWidth
      setRoom((r) => (r && r.width === width && r.height === height && r.scale === scale ? r : { width, height, scale }))
    }
    look()
    const size = new ResizeObserver(look)
    size.observe(box.current!)
    addEventListener('resize', look)
    return () => {
      size.disconnect()
      removeEventListener('resize', look)
    }
  }, [])
  return { box, room }
}

export function CellMap(p: Props) {
  const { t } = useApp()
  const { box, room } = useRoom()
  const counts = p.electrolysers.map((e) => e.cells)
  const layout = useMemo(() => room && layoutOf(counts, room.width, room.height, room.scale), [room, counts.join()])
  const titles = p.electrolysers.map((e) => e.name).join('\n')
  // Drawn anew only when a cell has another colour or sign, not when the pointer moves.
  const drawing = useMemo(
    () => layout && <Drawing layout={layout} kinds={p.kinds} signs={p.signs} electrolysers={titles} />,
    [layout, p.kinds, p.signs, titles],
  )
  const [pointed, setPointed] = useState<number | null>(null)
  const [cursor, setCursor] = useState<number | null>(null)
  const shown = pointed ?? cursor
  const at = (e: MouseEvent): number | null => {
    const rect = box.current!.getBoundingClientRect()
    return layout && cellAt(layout, e.clientX - rect.left, e.clientY - rect.top)
  }
  const open = (cell: number): void => void (location.hash = cellHref(p.names[cell]!))
  const click = (e: MouseEvent): void => {
    const cell = at(e)
    // A finger sees first what it would open: the tip has the link.
    if (cell !== null && 'pointerType' in e && e.pointerType === 'touch') setCursor(cell)
    else if (cell !== null) open(cell)
  }
  const key = (e: KeyboardEvent): void => {
    if (!layout || cursor === null || e.ctrlKey || e.altKey || e.metaKey) return
    if (e.key === 'Enter') return open(cursor)
    const to = e.key === 'Escape' ? null : moved(layout, cursor, e.key)
    if (to === null && e.key !== 'Escape') return
    e.preventDefault()
    setPointed(null)
    setCursor(to ?? p.first)
  }
  return (
    <div
      ref={box}
      class="cell-map"
      role="application"
      tabIndex={0}
      aria-label={t('room.map.keys', { n: p.names.length })}
      onPointerMove={(e) => e.pointerType !== 'touch' && setPointed(at(e))}
      onPointerLeave={() => setPointed(null)}
      onClick={click}
      onKeyDown={key}
      onFocus={(e) => e.currentTarget.matches(':focus-visible') && setCursor((c) => c ?? p.first)}
      onBlur={(e) => !e.currentTarget.contains(e.relatedTarget as Node | null) && setCursor(null)}
    >
      {layout && (
        <>
          {drawing}
          {shown !== null && shown < p.names.length && <Shown layout={layout} cell={shown} tip={p.tip} />}
        </>
      )}
    </div>
  )
}

interface DrawingProps {
  layout: CellLayout
  kinds: readonly string[]
  signs: readonly Sign[]
  /** their names, a line each */
  electrolysers: string
}

function Drawing({ layout: l, kinds, signs, electrolysers }: DrawingProps) {
  const names = electrolysers.split('\n')
  const signed = byKind(signs)
  return (
    <svg width={l.width} height={l.height} aria-hidden="true">
      {[...byKind(kinds)].map(([kind, cells]) => (
        <path key={kind} class={kind} d={squares(l, cells, kind === 'unknown' ? 1.5 : 0.5)} />
      ))}
      {signed.has('suspect') && <path class="sign warn" d={triangles(l, signed.get('suspect')!)} />}
      {signed.has('sick') && <path class="sign bad" d={diamonds(l, signed.get('sick')!)} />}
      {l.lines.map((line, k) => {
        const begins = k === 0 || l.lines[k - 1]!.electrolyser !== line.electrolyser
        const beginning = line.first - l.lines.find((one) => one.electrolyser === line.electrolyser)!.first + 1
        if (!begins && l.pitch < 14) return null
        return (
          <text
            key={line.first}
            class={begins ? '' : 'quiet'}
            x={begins ? 0 : l.label - 6}
            y={line.y + l.pitch / 2}
            text-anchor={begins ? 'start' : 'end'}
          >
            {begins ? cut(names[line.electrolyser]!, 8) : beginning}
          </text>
        )
      })}
    </svg>
  )
}

function Shown({ layout: l, cell, tip }: { layout: CellLayout; cell: number; tip: Props['tip'] }) {
  const { x, y } = placeOf(l, cell)
  const [left, above] = [x > l.width / 2, y > l.height / 2 && y > 120]
  const style = {
    left: left ? undefined : `${x}px`,
    right: left ? `calc(100% - ${x + l.pitch}px)` : undefined,
    top: above ? undefined : `${y + l.pitch + 4}px`,
    bottom: above ? `calc(100% - ${y - 4}px)` : undefined,
  }
  return (
    <>
      <span class="cell-cursor" style={{ left: `${x}px`, top: `${y}px`, width: `${l.pitch}px`, height: `${l.pitch}px` }} />
      <div class="cell-tip small" style={style} role="status">
        {tip(cell)}
      </div>
    </>
  )
}
