// SPDX-License-Identifier: Apache-2.0
// The table behind the map: the cells whose names or states fit, the dearest first.
import { useState } from 'preact/hooks'
import type { Cell } from '../../api/schemas'
import { cellHref, StateMark } from '../../components/cell_state'
import { Filters } from '../../components/filters'
import { Table } from '../../components/table'
import { figureOf, unitOf } from '../../lib/cells'
import { shownSi } from '../../lib/format'
import { useApp } from '../../state/app'

const MOST = 200 // rows at once
const RANK = { sick: 0, suspect: 1, unseen: 2, healthy: 3 } as const
const NUMBERS = ['standard_voltage', 'voltage', 'u0', 'k', 'excess_power', 'cost_per_day', 'age'] as const

export function CellTable({ cells, currency }: { cells: readonly Cell[]; currency: string }) {
  const { lang, t } = useApp()
  const [text, setText] = useState('')
  const fits = cells.filter((c) => `${c.cell} ${c.tag} ${t(`cell.state.${c.state}`)}`.toLowerCase().includes(text.toLowerCase()))
  const rows = [...fits]
    .sort((a, b) => RANK[a.state] - RANK[b.state] || (b.excess_power?.value ?? -Infinity) - (a.excess_power?.value ?? -Infinity))
    .slice(0, MOST)
  const number = (key: (typeof NUMBERS)[number]) => ({
    key,
    head: t(`room.by.${key}`),
    number: true,
    by: (c: Cell) => c[key]?.value ?? null,
    figure: (c: Cell) => {
      const of = figureOf(c, key)
      return shownSi(of.value, of.sd, of.unit, '', lang, unitOf(key, currency))
    },
  })
  return (
    <>
      <Filters text={text} onText={setText} n={rows.length} total={cells.length} />
      <Table
        label={t('room.table')}
        rows={rows}
        id={(c) => c.cell}
        rowClass={(c) => (c.state === 'sick' ? 'abnormal' : '')}
        columns={[
          { key: 'cell', head: t('room.cell'), by: (c) => c.cell, cell: (c) => <a href={cellHref(c.cell)}>{c.cell}</a> },
          { key: 'state', head: t('room.by.state'), by: (c) => RANK[c.state], cell: (c) => <StateMark of={c.state} />, early: true },
          ...NUMBERS.map(number),
          { key: 'tag', head: t('instrument.tag'), by: (c) => c.tag, cell: (c) => c.tag },
        ]}
      />
    </>
  )
}
