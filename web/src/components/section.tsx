// SPDX-License-Identifier: Apache-2.0
// A part of a page: its heading, by which links and screen readers find it, and a line that says what it shows.

interface Props {
  id: string
  title: string
  caption?: string
  children: preact.ComponentChildren
}

export function Section({ id, title, caption, children }: Props) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {caption && <p class="caption">{caption}</p>}
      {children}
    </section>
  )
}
