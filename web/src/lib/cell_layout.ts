// SPDX-License-Identifier: Apache-2.0
// Where each cell of a cell room is drawn: a row an electrolyser, long ones wrapped, as large as the room allows. Lengths in px.

const LARGEST = 40 // the pitch of a cell, where the type has its usual size
const SMALLEST = 7 // below that nobody sees a sign; the picture is then higher than the room
const LABEL = 64 // of the name of an electrolyser, at the left
const TEN = 10 // cells that stand together, so that a number can be counted

export interface CellLayout {
  /** from one cell to the next */
  pitch: number
  columns: number
  /** extra room after each ten */
  gap: number
  lines: readonly CellLineOf[]
  /** room for the names at the left */
  label: number
  width: number
  height: number
}
/** Cells beside each other. */
export interface CellLineOf {
  electrolyser: number
  /** the first cell, counted through all electrolysers from 0 */
  first: number
  count: number
  y: number
}

const gapOf = (pitch: number): number => Math.max(2, Math.round(pitch * 0.3))
const widthOf = (columns: number, pitch: number): number => columns * pitch + Math.floor((columns - 1) / TEN) * gapOf(pitch)

function columnsIn(width: number, pitch: number, longest: number): number {
  let columns = 1
  while (columns < longest && widthOf(columns + 1, pitch) <= width) ++columns
  return columns < longest && columns > TEN ? columns - (columns % TEN) : columns
}

function arranged(cells: readonly number[], columns: number, pitch: number, label: number): CellLayout {
  const between = Math.max(6, Math.round(pitch * 0.6))
  const lines: CellLineOf[] = []
  let y = 0
  let first = 0
  cells.forEach((n, electrolyser) => {
    for (let k = 0; k < n; k += columns) {
      lines.push({ electrolyser, first: first + k, count: Math.min(columns, n - k), y })
      y += pitch
    }
    first += n
    y += between
  })
  const height = Math.max(0, y - between)
  return { pitch, columns, gap: gapOf(pitch), lines, label, width: label + widthOf(columns, pitch), height }
}

/**
 * @param cells  how many of each electrolyser
 * @param height  of the room; a picture of the smallest cells may be higher
 * @param scale  of the type of the page
 */
export function layoutOf(cells: readonly number[], width: number, height: number, scale = 1): CellLayout {
  const longest = Math.max(1, ...cells)
  const label = LABEL * scale
  for (let pitch = Math.round(LARGEST * scale); ; --pitch) {
    const layout = arranged(cells, columnsIn(width - label, pitch, longest), pitch, label)
    if (pitch === SMALLEST || (layout.height <= height && layout.width <= width)) return layout
  }
}

/** The left edge of the cell in this column, from 0. */
export const xOf = (l: CellLayout, column: number): number => l.label + column * l.pitch + Math.floor(column / TEN) * l.gap

/** The line that a cell stands in. */
export function lineOfCell(l: CellLayout, cell: number): number {
  let low = 0
  let high = l.lines.length - 1
  while (low < high) {
    const mid = (low + high + 1) >> 1
    if (l.lines[mid]!.first <= cell) low = mid
    else high = mid - 1
  }
  return low
}

/** The upper left corner of a cell. */
export function placeOf(l: CellLayout, cell: number): { x: number; y: number } {
  const line = l.lines[lineOfCell(l, cell)]!
  return { x: xOf(l, cell - line.first), y: line.y }
}

/** The cell at a point; null between them. */
export function cellAt(l: CellLayout, x: number, y: number): number | null {
  const line = l.lines.find((one) => y >= one.y && y < one.y + l.pitch)
  if (!line || x < l.label) return null
  const ten = TEN * l.pitch + l.gap
  const tens = Math.floor((x - l.label) / ten)
  const column = tens * TEN + Math.floor((x - l.label - tens * ten) / l.pitch)
  if (column >= (tens + 1) * TEN || column >= line.count) return null
  return line.first + column
}

/** Where a key leads from a cell; null: it is none that moves. Up and down stay in their column, as far as the line has it. */
export function moved(l: CellLayout, cell: number, key: string): number | null {
  const at = lineOfCell(l, cell)
  const line = l.lines[at]!
  const column = cell - line.first
  const last = l.lines.at(-1)!.first + l.lines.at(-1)!.count - 1
  const within = (to: CellLineOf | undefined): number => (to ? to.first + Math.min(column, to.count - 1) : cell)
  const ofSame = l.lines.filter((one) => one.electrolyser === line.electrolyser)
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, cell - 1)
    case 'ArrowRight':
      return Math.min(last, cell + 1)
    case 'ArrowUp':
      return within(l.lines[at - 1])
    case 'ArrowDown':
      return within(l.lines[at + 1])
    case 'Home':
      return ofSame[0]!.first
    case 'End':
      return ofSame.at(-1)!.first + ofSame.at(-1)!.count - 1
    case 'PageUp':
      return within(l.lines.find((one) => one.electrolyser === line.electrolyser - 1))
    case 'PageDown':
      return within(l.lines.find((one) => one.electrolyser === line.electrolyser + 1))
    default:
      return null
  }
}
