// SPDX-License-Identifier: Apache-2.0
// Beside the plain drag of the mouse, which uPlot has: Shift and drag moves the time, Ctrl and wheel zooms it; on glass one
// finger moves it and two zoom. Up and down still scroll the page.
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
  const stopTouching = listenToFingers(u, now)
  return () => {
    window.removeEventListener('mouseup', up)
    stopTouching()
  }
}

/** The chart follows the fingers while they are down, and asks for its new time once they are up. */
function listenToFingers(u: uPlot, now: { current: Moved }): () => void {
  const places = new Map<number, { begin: number; at: number }>() // of each finger, a share of the width
  let range: Moved['range'] | null = null
  let next: { from: number; to: number } | null = null
  const share = (e: PointerEvent): number => (e.clientX - u.over.getBoundingClientRect().left) / u.over.clientWidth
  const down = (e: PointerEvent): void => {
    if (e.pointerType !== 'touch' || places.size === 2) return
    range = next ? { ...now.current.range, ...next } : now.current.range
    for (const p of places.values()) p.begin = p.at
    places.set(e.pointerId, { begin: share(e), at: share(e) })
  }
  const move = (e: PointerEvent): void => {
    const finger = places.get(e.pointerId)
    if (!finger || !range) return
    finger.at = share(e)
    next = underFingers(range, [...places.values()])
    if (next) u.setScale('x', { min: next.from / 1000, max: next.to / 1000 })
  }
  const up = (e: PointerEvent): void => {
    if (!places.delete(e.pointerId)) return
    if (places.size === 1) range = { ...now.current.range, ...next }
    for (const p of places.values()) p.begin = p.at
    if (places.size > 0 || !next) return
    now.current.onRange(next.from, next.to)
    next = range = null
  }
  u.over.style.touchAction = 'pan-y'
  u.over.addEventListener('pointerdown', down)
  window.addEventListener('pointermove', move)
  window.addEventListener('pointerup', up)
  window.addEventListener('pointercancel', up)
  return () => {
    window.removeEventListener('pointermove', move)
    window.removeEventListener('pointerup', up)
    window.removeEventListener('pointercancel', up)
  }
}

const LEAST_APART = 0.05 // shares of the width: fingers nearer than this tell no length

/** The range that keeps under each finger the time that was there when it came down; null where that asks for nothing yet. */
export function underFingers(
  { from, to }: { from: number; to: number },
  fingers: readonly { begin: number; at: number }[],
): { from: number; to: number } | null {
  const [a, b] = fingers
  if (!a) return null
  const length = to - from
  if (!b) return Math.abs(a.at - a.begin) < 0.01 ? null : { from: from - (a.at - a.begin) * length, to: to - (a.at - a.begin) * length }
  if (Math.abs(b.begin - a.begin) < LEAST_APART || Math.abs(b.at - a.at) < LEAST_APART) return null
  const newLength = length * Math.abs((b.begin - a.begin) / (b.at - a.at))
  const newFrom = from + a.begin * length - a.at * newLength
  return { from: newFrom, to: newFrom + newLength }
}
