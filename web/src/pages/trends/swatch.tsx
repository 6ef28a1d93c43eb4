// SPDX-License-Identifier: Apache-2.0
// A short piece of a line as the chart draws it: its colour, its dashes, hollow where measured and filled where reconciled.
import { DASHES } from './model'
import './swatch.css'

/** @param place among the tags chosen, for the colour. @param line its place in the panel, for the dashes */
export function Swatch({ place, line, estimate }: { place: number; line: number; estimate: boolean }) {
  const dash = DASHES[line % DASHES.length]!.join(' ')
  return (
    <svg class={`swatch s${place}`} viewBox="0 0 32 12" aria-hidden="true">
      <path d="M0 6H32" stroke-width={estimate ? 2.25 : 1.25} stroke-dasharray={dash} />
      <circle class={estimate ? 'full' : 'ring'} cx="16" cy="6" r="3.5" />
    </svg>
  )
}
