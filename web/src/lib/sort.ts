// SPDX-License-Identifier: Apache-2.0
// Sorting and filtering of tables.
import { locale, type Lang } from './format'

export type Direction = 'up' | 'down'

/** A sorted copy; what is unknown comes last in either direction, equals keep their order, FI-9 comes before FI-10. */
export function sorted<Row>(rows: readonly Row[], by: (row: Row) => number | string | null, direction: Direction, lang: Lang): Row[] {
  const words = new Intl.Collator(locale(lang), { numeric: true })
  const sign = direction === 'up' ? 1 : -1
  return rows
    .map((row, place) => ({ row, place, key: by(row) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return a.key === b.key ? a.place - b.place : a.key === null ? 1 : -1
      const order = typeof a.key === 'number' && typeof b.key === 'number' ? a.key - b.key : words.compare(String(a.key), String(b.key))
      return order * sign || a.place - b.place
    })
    .map((x) => x.row)
}

/** Whether every word of `filter` is in one of the texts, in any case. */
export function fits(filter: string, ...texts: (string | null)[]): boolean {
  const hay = texts.join(' ').toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word))
}
