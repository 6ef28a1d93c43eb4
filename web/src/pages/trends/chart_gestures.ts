// SPDX-License-Identifier: Apache-2.0
// The mouse on a chart beside the plain drag, which uPlot has: Shift and drag moves the time, Ctrl and wheel zooms it.
import type uPlot from 'uplot'
import type { Range } from '../../lib/range'

interface Moved {
  range: Range
  onRange: (from: number, to: number) => void
}

const WHEEL = 1.5 // times longer or shorter, a notch

/** Listens until the function that it returns is called. @param now what holds at the time of each event */
export function listen(u: uPlot, now: { current: Moved }): () => void {
  let start: { x: number; from: number; to: number } | null = null
  const down = (e: MouseEvent): void => {
    if (!e.shiftKey || e.button !== 0) return
    e.stopImmediatePropagation() // no selection
    const { from, to } = now.current.range
    start = { x: e.clientX, from, to }
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
    const { from, to } = now.current.range
    const at = e.offsetX / u.over.clientWidth
    const length = (to - from) * (e.deltaY > 0 ? WHEEL : 1 / WHEEL)
    const middle = from + (to - from) * at
    now.current.onRange(middle - length * at, middle + length * (1 - at))
  }
  u.over.addEventListener('mousedown', down, { capture: true })
  u.over.addEventListener('wheel', wheel, { passive: false })
  window.addEventListener('mouseup', up)
  return () => window.removeEventListener('mouseup', up)
}
