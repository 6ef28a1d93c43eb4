// SPDX-License-Identifier: Apache-2.0
// The shapes that stand beside every colour: a diamond is worse than a triangle, a ring is calm, a dash is silence.
import './shape.css'

export function Shape({ kind }: { kind: 'ok' | 'warn' | 'bad' | 'none' }) {
  return (
    <svg class={`shape ${kind}`} viewBox="0 0 12 12" aria-hidden="true">
      {kind === 'ok' && <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="1.6" />}
      {kind === 'warn' && <path d="M6 1 11.5 11H.5z" fill="currentColor" />}
      {kind === 'bad' && <path d="M6 0 12 6 6 12 0 6z" fill="currentColor" />}
      {kind === 'none' && <path d="M2 6h8" stroke="currentColor" stroke-width="1.6" />}
    </svg>
  )
}
