// SPDX-License-Identifier: Apache-2.0
// What the marks of a drawing mean: a small drawing of each, 16 by 12, and its words.
import './legend.css'

export function Legend({ of }: { of: readonly { drawing: preact.ComponentChildren; text: string }[] }) {
  return (
    <ul class="legend">
      {of.map(({ drawing, text }) => (
        <li key={text}>
          <svg viewBox="0 0 16 12" aria-hidden="true">
            {drawing}
          </svg>
          {text}
        </li>
      ))}
    </ul>
  )
}
