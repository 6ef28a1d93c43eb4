// SPDX-License-Identifier: Apache-2.0
// What the keys do on a chart: arrows move it, with Shift the cursor; + and - zoom, Home is now, Backspace where one was,
// Shift and Backspace forward again.
import { serverNow } from '../../api/server_clock'
import { following, moved, zoomedIn, zoomedOut, type Range } from '../../lib/range'

interface Keyed {
  range: Range
  /** the range on the screen: `range` may not have its answer yet */
  shown: Range
  go: (r: Range) => void
  goBack: (() => void) | null
  goForward: (() => void) | null
  setCursor: (next: (seconds: number | null) => number | null) => void
}

export const keyHandler =
  (keyed: Keyed) =>
  (e: KeyboardEvent): void => {
    const act = (e.shiftKey && shifted(keyed)[e.key]) || plain(keyed)[e.key]
    if (!act) return
    e.preventDefault()
    act()
  }

type Acts = Record<string, () => void>

function plain({ range, go, goBack, setCursor }: Keyed): Acts {
  const now = serverNow()
  return {
    ArrowLeft: () => go(moved(range, -0.25, now)),
    ArrowRight: () => go(moved(range, 0.25, now)),
    '+': () => go(zoomedIn(range, now)),
    '=': () => go(zoomedIn(range, now)),
    '-': () => go(zoomedOut(range, now)),
    Home: () => go(following(range.to - range.from, now)),
    Escape: () => setCursor(() => null),
    Backspace: () => goBack?.(),
  }
}

/** The cursor moves by a hundredth of the range, from the edge that it comes in by. */
function shifted({ shown, setCursor, goForward }: Keyed): Acts {
  const [from, to] = [shown.from / 1000, shown.to / 1000] // [s]
  const step = (to - from) / 100
  return {
    ArrowLeft: () => setCursor((c) => Math.max(from, (c ?? to) - step)),
    ArrowRight: () => setCursor((c) => Math.min(to, (c ?? from) + step)),
    Backspace: () => goForward?.(),
  }
}
