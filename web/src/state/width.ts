// SPDX-License-Identifier: Apache-2.0
// How wide an element is, and how large the type of the page: for a drawing in pixels, whose words keep the size of all others.
import { useEffect, useRef, useState } from 'preact/hooks'

/** Drawings grow with the type of the page: 1 on a desk, 2 on a wall. */
export const typeScale = (): number => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16

export function useWidth(): { box: preact.RefObject<HTMLDivElement>; width: number; scale: number } {
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 600, scale: 1 })
  useEffect(() => {
    const look = (): void => {
      const now = { width: box.current!.clientWidth, scale: typeScale() }
      setSize((s) => (s.width === now.width && s.scale === now.scale ? s : now))
    }
    look()
    const watch = new ResizeObserver(look)
    watch.observe(box.current!)
    return () => watch.disconnect()
  }, [])
  return { box, ...size }
}
