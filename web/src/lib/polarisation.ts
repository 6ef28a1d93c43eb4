// SPDX-License-Identifier: Apache-2.0
// Voltage against current density as paths in a box of so many px: points of the cell, its line with band, the middle cell's line.
import { ticks } from './ticks'

interface Point {
  current_density: number
  voltage: number
}
interface Given {
  points: readonly (Point & { sd: number | null })[]
  curve: readonly (Point & { low: number; high: number })[]
  middle_curve: readonly Point[]
}
/** The edges of the drawing between its axes [px]. */
export interface Room {
  left: number
  right: number
  top: number
  bottom: number
}
export interface Polarisation {
  /** kA/m2 and V, with their places */
  x: { at: number; px: number }[]
  y: { at: number; px: number }[]
  xStep: number
  yStep: number
  points: { x: number; y: number; low: number; high: number }[]
  line: string
  band: string
  middle: string
}

/** Null where nothing is known yet. A density is shown in kA/m2. */
export function polarisation(d: Given, box: Room): Polarisation | null {
  const volts = [
    ...d.points.flatMap((p) => [p.voltage - (p.sd ?? 0), p.voltage + (p.sd ?? 0)]),
    ...d.curve.flatMap((p) => [p.low, p.high]),
    ...d.middle_curve.map((p) => p.voltage),
  ]
  const densities = [...d.points, ...d.curve, ...d.middle_curve].map((p) => p.current_density / 1000)
  if (volts.length === 0) return null
  const across = ticks(0, Math.max(...densities), 8)
  const up = ticks(Math.min(...volts), Math.max(...volts), 5)
  const place =
    (from: readonly number[], low: number, high: number) =>
    (v: number): number =>
      low + ((v - from[0]!) / (from.at(-1)! - from[0]!)) * (high - low)
  const x = place(across.at, box.left, box.right)
  const y = place(up.at, box.bottom, box.top)
  const px = (p: Point): string => x(p.current_density / 1000).toFixed(1)
  const path = (points: readonly string[]): string => (points.length === 0 ? '' : `M${points.join('L')}`)
  const of = (points: readonly Point[]): string => path(points.map((p) => `${px(p)} ${y(p.voltage).toFixed(1)}`))
  const around = [
    ...d.curve.map((p) => `${px(p)} ${y(p.high).toFixed(1)}`),
    ...[...d.curve].reverse().map((p) => `${px(p)} ${y(p.low).toFixed(1)}`),
  ]
  return {
    x: across.at.map((at) => ({ at, px: x(at) })),
    y: up.at.map((at) => ({ at, px: y(at) })),
    xStep: across.step,
    yStep: up.step,
    points: d.points.map((p) => ({
      x: x(p.current_density / 1000),
      y: y(p.voltage),
      low: y(p.voltage - (p.sd ?? 0)),
      high: y(p.voltage + (p.sd ?? 0)),
    })),
    line: of(d.curve),
    band: around.length > 0 ? `${path(around)}Z` : '',
    middle: of(d.middle_curve),
  }
}
