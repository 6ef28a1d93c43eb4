// SPDX-License-Identifier: Apache-2.0
// Which cells to renew, what of them, in which stop, and what it is worth; what waiting costs.
import { cells as askCells } from '../../api/cells'
import type { CellRoom } from '../../api/schemas'
import { serverNow } from '../../api/server_clock'
import { Load } from '../../components/notices'
import { Section } from '../../components/section'
import { WithCells } from '../../components/with_cells'
import { csvOf, QUARTER, stopsOf, sumOf, WHENS, type StopPlan } from '../../lib/exchange'
import { fixed, money } from '../../lib/format'
import { saveAs } from '../../lib/save'
import { forFile } from '../../lib/time'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { csvRows } from './exchange_csv'
import { StopTable } from './stop_table'
import './exchange.css'

export const ExchangePage = () => <WithCells>{() => <Plan />}</WithCells>

function Plan() {
  const { lang, t } = useApp()
  const room = useLoaded((s) => askCells(lang, s), [lang], { everySeconds: 60 })
  return (
    <Load of={room} what="wait.cells">
      {(data) => {
        const stops = stopsOf(data.replacement)
        if (stops.length === 0) return <p>{data.learning ? t('room.learning') : t('exchange.none')}</p>
        return (
          <>
            <First room={data} stops={stops} />
            <p class="caption">{t('exchange.caption', { quarter: QUARTER })}</p>
            <p class="filters">
              <button type="button" onClick={() => print()}>
                {t('exchange.print')}
              </button>
              <button
                type="button"
                onClick={() => saveAs(`exchange_${forFile(serverNow())}.csv`, 'text/csv', csvOf(csvRows(stops, data.currency, t, lang)))}
              >
                {t('trends.csv')}
              </button>
            </p>
            {WHENS.map((when) => {
              const own = stops.filter((s) => s.when === when)
              return (
                own.length > 0 && (
                  <Section key={when} id={`exchange-${when}`} title={t(`exchange.${when}`)} caption={t(`exchange.note.${when}`)}>
                    {own.map((s) => (
                      <StopTable key={s.electrolyser} stop={s} currency={data.currency} />
                    ))}
                  </Section>
                )
              )
            })}
          </>
        )
      }}
    </Load>
  )
}

/** How many are due, and what waiting with them costs; those that wait anyway are left out. */
function First({ room, stops }: { room: CellRoom; stops: readonly StopPlan[] }) {
  const { lang, t } = useApp()
  const due = stops.filter((s) => s.when !== 'later')
  const waiting = sumOf(due.map((s) => s.waiting))
  const n = due.reduce((sum, s) => sum + s.rows.length, 0)
  const price = (days: number): string =>
    money(waiting!.value * days, waiting!.sd === null ? null : waiting!.sd * days, room.currency, lang)
  if (n === 0) return <p class="answer-line">{t('exchange.none_due')}</p>
  return (
    <p class="answer-line">
      <span>
        {n === 1 ? t('exchange.first.one') : t('exchange.first', { n: fixed(n, 0, lang) })}
        {waiting && <> {t('exchange.waiting', { day: price(1), quarter: price(QUARTER) })}</>}
      </span>
    </p>
  )
}
