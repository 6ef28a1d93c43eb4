// SPDX-License-Identifier: Apache-2.0
// The shapes that stand beside every colour, the same in reports (castner/report/html_parts.cpp): a diamond is worse than a
// triangle, a dot is calm, a ring says little, a dash is silence. `open`: it may be so, or may be another.
import './shape.css'

export type ShapeKind = 'ok' | 'warn' | 'bad' | 'ring' | 'none'

export function Shape({ kind, open = false }: { kind: ShapeKind; open?: boolean }) {
  const drawn = open || kind === 'ring' ? { fill: 'none', stroke: 'currentColor', 'stroke-width': '1.6' } : { fill: 'currentColor' }
  return (
    <svg class={`shape ${kind}`} viewBox="0 0 12 12" aria-hidden="true">
      {(kind === 'ok' || kind === 'ring') && <circle cx="6" cy="6" r="4" {...drawn} />}
      {kind === 'warn' && <path d={open ? 'M6 2.2 10.4 10.2H1.6z' : 'M6 1 11.5 11H.5z'} {...drawn} />}
      {kind === 'bad' && <path d={open ? 'M6 1.2 10.8 6 6 10.8 1.2 6z' : 'M6 0 12 6 6 12 0 6z'} {...drawn} />}
      {kind === 'none' && <path d="M2 6h8" stroke="currentColor" stroke-width="1.6" />}
    </svg>
  )
}
