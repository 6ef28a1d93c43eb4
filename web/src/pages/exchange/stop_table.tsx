// SPDX-License-Identifier: Apache-2.0
// The cells of one electrolyser that are exchanged in one stop, and below them all together.
import type { CellExchange, CellPart } from '../../api/schemas'
import { cellHref } from '../../components/cell_state'
import { Money } from '../../components/number'
import { Table } from '../../components/table'
import { QUARTER, type StopPlan, type Sum } from '../../lib/exchange'
import { fixed, shownSi } from '../../lib/format'
import { useApp } from '../../state/app'

interface Row {
  /** null: the sum */
  cell: string | null
  what: CellPart | null
  cost: Sum | null
  standstill: Sum | null
  saving: Sum | null
  payback: Sum | null
  waiting: Sum | null
}

const figure = (f: { value: number | null; sd?: number | null } | null): Sum | null =>
  f === null || f.value === null ? null : { value: f.value, sd: f.sd ?? null }

/** With its stop where there is one for it alone. */
export const paybackIn = (x: CellExchange): Sum | null => figure(x.when === 'own_stop' ? x.payback : x.payback_in_a_stop)

const rowOf = (x: CellExchange): Row => ({
  ...{ cell: x.cell, what: x.what, cost: figure(x.cost), standstill: figure(x.standstill), saving: figure(x.saving) },
  ...{ payback: paybackIn(x), waiting: figure(x.cost_of_waiting) },
})

export function StopTable({ stop, currency }: { stop: StopPlan; currency: string }) {
  const { lang, t } = useApp()
  const sum: Row[] = stop.rows.length > 1 ? [{ ...stop, cell: null, what: null }] : []
  const rows = [...stop.rows.map(rowOf), ...sum]
  const price = (s: Sum | null, times = 1) => s && <Money of={{ ...s, unit: currency }} times={times} />
  const name = (r: Row) =>
    r.cell === null ? t('exchange.sum', { n: fixed(stop.rows.length, 0, lang) }) : <a href={cellHref(r.cell)}>{r.cell}</a>
  return (
    <div class="stop-plan">
      <h3>{stop.electrolyser}</h3>
      <Table
        label={`${stop.electrolyser}, ${t(`exchange.${stop.when}`)}`}
        rows={rows}
        id={(r) => r.cell ?? 'sum'}
        rowClass={(r) => (r.cell === null ? 'sum' : '')}
        columns={[
          { key: 'cell', head: t('room.cell'), cell: name },
          { key: 'what', head: t('room.service.what'), cell: (r) => r.what && t(`cell.part.${r.what}`), early: true },
          { key: 'cost', head: t('exchange.cost'), number: true, cell: (r) => price(r.cost) },
          ...(stop.when === 'own_stop'
            ? [{ key: 'standstill', head: t('exchange.standstill'), number: true, cell: (r: Row) => price(r.standstill) }]
            : []),
          { key: 'saving', head: t('exchange.saving'), number: true, cell: (r) => price(r.saving) },
          {
            key: 'payback',
            head: t('exchange.payback'),
            early: true,
            number: true,
            figure: (r) => shownSi(r.payback?.value, r.payback?.sd, 'd', '', lang),
          },
          { key: 'waiting', head: t('exchange.waiting.day'), number: true, cell: (r) => price(r.waiting) },
          { key: 'quarter', head: t('exchange.waiting.quarter'), number: true, cell: (r) => price(r.waiting, QUARTER) },
        ]}
      />
    </div>
  )
}
