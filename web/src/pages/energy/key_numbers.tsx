// SPDX-License-Identifier: Apache-2.0
// Every indicator against the day before: those of the plant with their last hour, those of its parts behind them.
import type { Amount, Energy } from '../../api/schemas'
import { Num } from '../../components/number'
import { Section } from '../../components/section'
import { Spark, useLastHour } from '../../components/spark'
import { Behind, Table, type Column } from '../../components/table'
import { change, quantityOf, shownLike, shownSi } from '../../lib/format'
import { href } from '../../lib/route'
import { useApp } from '../../state/app'
import { indicatorName } from '../../text/words'

type Row = [name: string, now: Amount]

export function KeyNumbers({ e }: { e: Energy }) {
  const { t } = useApp()
  const rows = Object.entries(e.indicators)
  const own = rows.filter(([name]) => !name.includes('.'))
  const parts = rows.filter(([name]) => name.includes('.'))
  if (rows.length === 0) return null
  return (
    <Section id="key" title={t('key_numbers')}>
      <OwnTable rows={own} before={e.day_before} />
      {parts.length > 0 && <Behind label={t('units')}>{() => <IndicatorTable rows={parts} before={e.day_before} />}</Behind>}
    </Section>
  )
}

function OwnTable({ rows, before }: { rows: Row[]; before: Energy['day_before'] }) {
  const { t } = useApp()
  // What has no value yet has no history either: asking for it would be a 404.
  const known = rows.filter(([, now]) => now.value !== null && now.sd !== null)
  const hour = useLastHour(known.flatMap(([name]) => [`indicator:${name}`, `indicator_sd:${name}`]))
  const line = ([name]: Row) => (
    <Spark
      small
      curve={hour.curves.get(`indicator:${name}`)}
      sd={hour.curves.get(`indicator_sd:${name}`)}
      from={hour.from}
      to={hour.to}
      label={`${indicatorName(t, name)}, ${t('last_hour')}`}
    />
  )
  return <IndicatorTable rows={rows} before={before} beside={[{ key: 'hour', head: t('last_hour'), cell: line }]} />
}

function IndicatorTable({ rows, before, beside = [] }: { rows: Row[]; before: Energy['day_before']; beside?: Column<Row>[] }) {
  const { lang, t } = useApp()
  const link = ([name]: Row) => <a href={href('trends', { tag: `indicator:${name}` })}>{indicatorName(t, name)}</a>
  const dayBefore = ([name, now]: Row) => {
    const b = before[name]
    return b?.value == null ? <span class="quiet">{t('answer.no_yesterday')}</span> : <Num of={shownLike(b.value, now, name, lang)} />
  }
  return (
    <Table
      label={t('key_numbers')}
      rows={rows}
      id={([name]) => name}
      columns={[
        { key: 'name', head: t('indicator'), by: ([name]) => name, cell: link },
        {
          key: 'now',
          head: t('indicator.now'),
          number: true,
          figure: ([name, now]) => shownSi(now.value, now.sd, now.unit, name, lang),
          like: ([name]) => quantityOf(name),
        },
        ...beside,
        { key: 'before', head: t('indicator.day_before'), number: true, cell: dayBefore },
        {
          key: 'change',
          head: t('indicator.change'),
          number: true,
          cell: ([name, now]) => change(before[name]?.value, now, name, lang),
        },
      ]}
    />
  )
}
