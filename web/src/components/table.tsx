// SPDX-License-Identifier: Apache-2.0
// A table that sorts by its headers, with the keyboard too, and scrolls sideways in its own box on a phone.
import { useState } from 'preact/hooks'
import { align, withoutSd, type Lang, type Shown } from '../lib/format'
import { sorted, type Direction } from '../lib/sort'
import { useApp } from '../state/app'
import { useNarrow } from '../state/narrow'
import { Num } from './number'
import './table.css'

export interface Column<Row> {
  key: string
  head: string
  cell?: (row: Row) => preact.ComponentChildren
  /** A number, which shows as many decimals as the others of its column, unit and `like`; the cell where it is not known. */
  figure?: (row: Row) => Shown
  like?: (row: Row) => string
  /** the sd of the figure decides its digits, and is not shown */
  bare?: boolean
  /** What it is sorted by; a column without cannot be sorted. */
  by?: (row: Row) => number | string | null
  number?: boolean
  /** beside the row's name on a phone, where the rest has to be scrolled to */
  early?: boolean
}

interface Props<Row> {
  label: string
  columns: Column<Row>[]
  rows: readonly Row[]
  id: (row: Row) => string
  rowClass?: (row: Row) => string
  first?: { key: string; direction: Direction }
  empty?: string
  /** on a phone each row is a card with a line a column: for rows with much to pick, where nothing may be out of sight */
  stacks?: boolean
}

export function Table<Row>({ label, columns: all, rows, id, rowClass, first, empty, stacks }: Props<Row>) {
  const { lang, t } = useApp()
  const narrow = useNarrow()
  const columns = narrow ? [...all.slice(0, 1), ...all.filter((c) => c.early), ...all.slice(1).filter((c) => !c.early)] : all
  const [sort, setSort] = useState(first ?? null)
  const column = sort && columns.find((c) => c.key === sort.key)
  const shown = column?.by ? sorted(rows, column.by, sort!.direction, lang) : rows
  const figures = new Map(columns.filter((c) => c.figure).map((c) => [c.key, figuresOf(c, shown, lang)]))
  const cell = (c: Column<Row>, row: Row, place: number) => {
    const figure = figures.get(c.key)?.[place]
    if (!figure || (figure.value === '' && c.cell)) return c.cell?.(row)
    return <Num of={c.bare ? withoutSd(figure) : figure} />
  }
  const turn = (key: string): void =>
    setSort(sort?.key === key ? { key, direction: sort.direction === 'up' ? 'down' : 'up' } : { key, direction: 'up' })
  if (rows.length === 0) return <p class="quiet">{empty ?? t('table.no_rows')}</p>
  return (
    <div class="scroll" role="region" aria-label={label} tabIndex={0}>
      <table class={stacks ? 'stacks' : ''}>
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
          {shown.map((row, place) => (
            <tr key={id(row)} data-row={id(row)} class={rowClass?.(row) ?? ''}>
              {columns.map((c, i) =>
                i === 0 ? (
                  <th key={c.key} scope="row">
                    {cell(c, row, place)}
                  </th>
                ) : (
                  <td key={c.key} class={c.number ? 'n' : ''} data-head={c.head}>
                    {cell(c, row, place)}
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

function figuresOf<Row>(c: Column<Row>, rows: readonly Row[], lang: Lang): Shown[] {
  return align(rows.map(c.figure!), lang, (row) => c.like?.(rows[row]!) ?? '')
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
