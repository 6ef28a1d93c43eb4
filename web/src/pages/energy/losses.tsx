// SPDX-License-Identifier: Apache-2.0
// Losses of electricity: those that can be avoided in a table, the others as bars by kind.
import type { Energy, Loss } from '../../api/schemas'
import { Money, Num } from '../../components/number'
import { Section } from '../../components/section'
import { Behind, Table } from '../../components/table'
import { currencyOf, fixed, money, shownSi } from '../../lib/format'
import { avoidable, byKind, clear, type Sum } from '../../lib/losses'
import { href } from '../../lib/route'
import { useApp } from '../../state/app'
import { en } from '../../text/en'
import { sayCode, type Say } from '../../text/words'
import { Bar, Bars } from '../../components/bars'

/** A running day as a part of a year; the plant stands still in the rest of it. */
const dayOfYear = (hours: number | null): number | null => (hours === null ? null : 24 / hours)

export function Avoidable({ e }: { e: Energy }) {
  const { t } = useApp()
  const rows = e.losses.filter((l) => avoidable(l) && clear(l))
  return (
    <Section id="avoidable" title={t('losses.avoidable')} caption={t('losses.avoidable_note')}>
      {rows.length === 0 ? (
        <p class="quiet">{e.losses.length === 0 ? t('losses.none') : t('losses.no_avoidable')}</p>
      ) : (
        <LossTable rows={rows} hours={e.prices.hours_per_year} />
      )}
    </Section>
  )
}

export function Where({ e }: { e: Energy }) {
  const { lang, t } = useApp()
  const sums = byKind(e.losses.filter((l) => !avoidable(l)))
  if (sums.length === 0) return null
  const total = sums.reduce((a, s) => a + s.power, 0)
  const most = Math.max(...sums.map((s) => s.power + (s.sd ?? 0)))
  const day = dayOfYear(e.prices.hours_per_year)
  const power = (s: Sum) => (
    <>
      <Num of={shownSi(s.power, s.sd, 'W', '', lang, { code: 'kW', scale: 1e3, offset: 0 })} />{' '}
      <span class="quiet">{fixed((s.power / total) * 100, 1, lang)} %</span>
    </>
  )
  const cost = (s: Sum): string => {
    const currency = currencyOf(s.unit)
    return s.cost === null || day === null || currency === null ? '' : t('per_day', { money: money(s.cost * day, null, currency, lang) })
  }
  return (
    <Section id="where" title={t('losses.where')} caption={t('losses.where_note')}>
      <Bars>
        {sums.map((s) => (
          <Bar
            key={s.kind}
            what={sayCode(t, 'loss', s.kind)}
            value={s.power}
            sd={s.sd}
            most={most}
            quiet={s.kind === 'reversible'}
            amounts={[power(s), cost(s)]}
          />
        ))}
      </Bars>
      <Behind label={t('losses.all')}>{() => <LossTable rows={e.losses} hours={e.prices.hours_per_year} />}</Behind>
    </Section>
  )
}

/** A reference is a word of the server, or the name of the best unit of its kind. */
function against(t: Say, reference: string): string {
  return `reference.${reference}` in en ? sayCode(t, 'reference', reference) : t('reference.peer', { peer: reference })
}

function LossTable({ rows, hours }: { rows: Loss[]; hours: number | null }) {
  const { lang, t } = useApp()
  const day = dayOfYear(hours)
  const path = (l: Loss) => <a href={href('balance', { find: l.path })}>{l.path}</a>
  const kind = (l: Loss): string => sayCode(t, 'loss', l.kind)
  const cost = (l: Loss) => (day === null ? <span class="quiet">{t('not_known')}</span> : <Money of={l.cost_per_year} times={day} />)
  const power = ({ power: p }: Loss) => shownSi(p.value, p.sd, p.unit, '', lang)
  return (
    <Table
      label={t('losses.all')}
      rows={rows}
      id={(l) => `${l.path} ${l.kind}`}
      columns={[
        { key: 'path', head: t('loss.path'), by: (l) => l.path, cell: path },
        { key: 'kind', head: t('loss.kind'), by: kind, cell: kind },
        { key: 'day', head: t('loss.cost_day'), number: true, by: (l) => l.cost_per_year.value, cell: cost },
        { key: 'power', head: t('loss.power'), number: true, by: (l) => l.power.value, figure: power },
        { key: 'against', head: t('loss.against'), by: (l) => l.reference, cell: (l) => against(t, l.reference) },
      ]}
    />
  )
}
