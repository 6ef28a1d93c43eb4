// SPDX-License-Identifier: Apache-2.0
// A table that sorts by its headers, with the keyboard too, and scrolls sideways in its own box on a phone.
import { useState } from 'preact/hooks'
import { sorted, type Direction } from '../lib/sort'
import { useApp } from '../state/app'
import './table.css'

export interface Column<Row> {
  key: string
  head: string
  cell: (row: Row) => preact.ComponentChildren
  /** What it is sorted by; a column without cannot be sorted. */
  by?: (row: Row) => number | string | null
  number?: boolean
}

interface Props<Row> {
  label: string
  columns: Column<Row>[]
  rows: readonly Row[]
  id: (row: Row) => string
  rowClass?: (row: Row) => string
  first?: { key: string; direction: Direction }
  empty?: string
}

export function Table<Row>({ label, columns, rows, id, rowClass, first, empty }: Props<Row>) {
  const { lang, t } = useApp()
  const [sort, setSort] = useState(first ?? null)
  const column = sort && columns.find((c) => c.key === sort.key)
  const shown = column?.by ? sorted(rows, column.by, sort!.direction, lang) : rows
  const turn = (key: string): void =>
    setSort(sort?.key === key ? { key, direction: sort.direction === 'up' ? 'down' : 'up' } : { key, direction: 'up' })
  if (rows.length === 0) return <p class="quiet">{empty ?? t('table.no_rows')}</p>
  return (
    <div class="scroll" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((c) => (
              <th
                key={c.key}
                scope="col"
                class={c.number ? 'n' : ''}
                aria-sort={sort?.key === c.key ? (sort.direction === 'up' ? 'ascending' : 'descending') : undefined}
              >
                {c.by ? (
                  <button type="button" class="head" title={t('table.sort', { column: c.head })} onClick={() => turn(c.key)}>
                    {c.head}
                    <span aria-hidden="true">{sort?.key === c.key ? (sort.direction === 'up' ? ' ▴' : ' ▾') : ' '}</span>
                  </button>
                ) : (
                  c.head
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={id(row)} class={rowClass?.(row) ?? ''}>
              {columns.map((c, i) =>
                i === 0 ? (
                  <th key={c.key} scope="row">
                    {c.cell(row)}
                  </th>
                ) : (
                  <td key={c.key} class={c.number ? 'n' : ''}>
                    {c.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Folded away below a chart or a picture. */
export function Behind({ label, children }: { label: string; children: () => preact.ComponentChildren }) {
  const [open, setOpen] = useState(false) // rows are made only when someone looks
  return (
    <details class="behind" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{label}</summary>
      {open && children()}
    </details>
  )
}
