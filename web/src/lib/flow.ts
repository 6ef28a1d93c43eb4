// SPDX-License-Identifier: Apache-2.0
// The flow picture: how a stream's line runs through the points the server gives, and what is written on it.

export type Point = readonly [number, number]

/** A curve through the points, level at each; upright where the picture runs down. */
export function linePath(points: readonly Point[], down: boolean): string {
  const n = (v: number): string => String(Math.round(v * 10) / 10)
  const first = points[0]
  if (!first) return ''
  let path = `M${n(first[0])} ${n(first[1])}`
  for (let i = 1; i < points.length; ++i) {
    const [ax, ay] = points[i - 1]!
    const [bx, by] = points[i]!
    const x = (ax + bx) / 2
    const y = (ay + by) / 2
    path += down ? `C${n(ax)} ${n(y)} ${n(bx)} ${n(y)} ${n(bx)} ${n(by)}` : `C${n(x)} ${n(ay)} ${n(x)} ${n(by)} ${n(bx)} ${n(by)}`
  }
  return path
}

/** A small triangle at the end of the line, pointing the way it flows. */
export function arrowPath(points: readonly Point[], down: boolean): string {
  const tip = points[points.length - 1]
  const before = points[points.length - 2]
  if (!tip || !before) return ''
  const back = (down ? before[1] < tip[1] : before[0] < tip[0]) ? -7 : 7
  return down ? `M${tip[0]} ${tip[1]}l-4.5 ${back}h9z` : `M${tip[0]} ${tip[1]}l${back} -4.5v9z`
}

/** The order to draw in: thick lines first, so that thin ones are not hidden. */
export function drawingOrder(thickness: readonly number[]): number[] {
  return thickness.map((_, i) => i).sort((a, b) => thickness[b]! - thickness[a]! || a - b)
}

/** The unit most flows are shown in: said once under the picture instead of on every line. */
export function commonUnit(units: readonly string[]): string {
  const count = new Map<string, number>()
  for (const u of units) count.set(u, (count.get(u) ?? 0) + 1)
  return [...count].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

/** Width of a text of `size` px as the picture guesses it. */
export function textWidth(text: string, size: number): number {
  let width = 0
  for (const c of text) width += c.codePointAt(0)! > 0x2e7f ? size : ' .,il-'.includes(c) ? size * 0.33 : size * 0.61
  return width
}

export const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)
