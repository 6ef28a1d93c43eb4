// SPDX-License-Identifier: Apache-2.0
// Many cells in one path each: a browser draws ten thousand so without lag, where ten thousand elements would stand in its way.
import { placeOf, type CellLayout } from './cell_layout'

type Draw = (x: number, y: number, pitch: number) => string

const joined = (l: CellLayout, cells: readonly number[], draw: Draw): string =>
  cells
    .map((c) => {
      const { x, y } = placeOf(l, c)
      return draw(x, y, l.pitch)
    })
    .join('')

export const squares = (l: CellLayout, cells: readonly number[], inset = 0.5): string =>
  joined(l, cells, (x, y, p) => `M${x + inset} ${y + inset}h${p - 2 * inset}v${p - 2 * inset}h${2 * inset - p}z`)

/** Half the height of a sign: it is seen on the smallest cells too. */
const half = (pitch: number): number => Math.max(4.5, 0.32 * pitch)

export const diamonds = (l: CellLayout, cells: readonly number[]): string =>
  joined(l, cells, (x, y, p) => {
    const h = half(p)
    return `M${x + p / 2} ${y + p / 2 - h}l${h} ${h}l${-h} ${h}l${-h} ${-h}z`
  })

export const triangles = (l: CellLayout, cells: readonly number[]): string =>
  joined(l, cells, (x, y, p) => {
    const h = half(p)
    return `M${x + p / 2} ${y + p / 2 - h}l${h} ${1.8 * h}h${-2 * h}z`
  })

/** The places of what falls into each kind. */
export function byKind<K extends string>(kinds: readonly (K | null)[]): Map<K, number[]> {
  const found = new Map<K, number[]>()
  kinds.forEach((kind, i) => {
    if (kind === null) return
    const some = found.get(kind)
    if (some) some.push(i)
    else found.set(kind, [i])
  })
  return found
}
