// SPDX-License-Identifier: Apache-2.0
// Silences as people see them: when a source goes, all its tags are silent at once, for one reason.

export interface Gap {
  tag: string
  from: string
  to: string | null
  why: string
}
/** Tags that were silent together, to the second. */
export interface Silence extends Omit<Gap, 'tag'> {
  tags: string[]
}

/** In the order of the first tag of each. */
export function silences(all: readonly Gap[]): Silence[] {
  const second = (t: string | null): string => t?.slice(0, 19) ?? ''
  const found = new Map<string, Silence>()
  for (const { tag, ...rest } of all) {
    const key = `${second(rest.from)} ${second(rest.to)} ${rest.why}`
    const known = found.get(key)
    if (known) known.tags.push(tag)
    else found.set(key, { ...rest, tags: [tag] })
  }
  return [...found.values()]
}
