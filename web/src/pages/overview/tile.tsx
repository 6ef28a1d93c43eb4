// SPDX-License-Identifier: Apache-2.0
// A number of now in a frame, with a small line behind it; a link to its trend.
import { Num } from '../../components/number'
import type { Shown } from '../../lib/format'
import './tile.css'

export function Tile({ href, what, now, children }: { href: string; what: string; now: Shown; children: preact.ComponentChildren }) {
  return (
    <a class="tile" href={href}>
      <p class="what">{what}</p>
      <Num of={now} big />
      {children}
    </a>
  )
}
