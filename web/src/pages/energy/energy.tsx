// SPDX-License-Identifier: Apache-2.0
// Where each kilowatt-hour and each tonne of steam goes, in money, worst first.
import { energy, type Energy, type Loss } from '../../api/client'
import { avoidablePerDay, mainEnergy } from '../../lib/answers'
import { change, currencyOf, fixed, money, shownLike, shownSi, unitPrice } from '../../lib/format'
import { avoidable, byKind, clear } from '../../lib/losses'
import { href } from '../../lib/route'
import { Age, AgainstYesterday, AsOf } from '../../components/balance_state'
import { Load } from '../../components/notices'
import { Spark, useLastHour } from '../../components/spark'
import { useApp, useLoaded } from '../../components/state'
import { Behind, Table } from '../../components/table'
import { FindingItem, Money, Num, SiNum } from '../../components/value'
import { en } from '../../text/en'
import { indicatorName, sayCode, type Say } from '../../text/words'
import { Steam } from './steam'
import { Volts } from './volts'
import { Whisker } from './whisker'

export function EnergyPage() {
  const { lang } = useApp()
  const e = useLoaded((s) => energy(lang, s), [lang], { on: ['reconciliation'] })
  return (
    <Load of={e} what="wait.energy">
      {(data) => (
        <>
          <Age />
          <Answer e={data} />
          <AsOf from={data.from} to={data.to} />
          <Prices e={data} />
          <div class="halves">
            <Avoidable e={data} />
            <Where e={data} />
          </div>
          <div class="halves">
            <Volts e={data} />
            <Steam price={data.prices.steam} />
          </div>
          <KeyNumbers e={data} />
          <Findings e={data} />
        </>
      )}
    </Load>
  )
}

/** What a tonne takes, and what of it can be avoided; then where. */
function Answer({ e }: { e: Energy }) {
  const { lang, t } = useApp()
  const main = mainEnergy(e)
  const avoid = avoidablePerDay(e.findings)
  if (!main) return null
  return (
    <p class="answer-line">
      <Num of={shownSi(main.now.value, main.now.sd, main.now.unit, main.name, lang)} big /> <span>{t(`short.${main.name}`)}</span>{' '}
      <span class="quiet">
        <AgainstYesterday of={e} />
      </span>
      {avoid && <span>{t('answer.avoidable', { money: money(avoid.perDay, avoid.sd, avoid.currency, lang) })}</span>}
    </p>
  )
}

function Prices({ e }: { e: Energy }) {
  const { lang, t } = useApp()
  const { electricity, steam, hours_per_year: hours } = e.prices
  const price = (p: { value: number | null; unit: string }, times: number, key: 'price.per_kwh' | 'price.per_tonne'): string => {
    const currency = currencyOf(p.unit)
    if (p.value === null || currency === null) return t('price.none')
    return t(key, { money: unitPrice(p.value * times, currency, lang) })
  }
  if (electricity.value === null && steam.value === null) return <p class="caption">{t('losses.no_price')}</p>
  return (
    <p class="caption">
      {t('losses.prices', {
        electricity: price(electricity, 3.6e6, 'price.per_kwh'),
        steam: price(steam, 1000, 'price.per_tonne'),
        hours: hours === null ? t('not_known') : fixed(hours, 0, lang),
      })}
    </p>
  )
}

/** A reference is a word of the server, or the name of the best unit of its kind. */
function against(t: Say, reference: string): string {
  return `reference.${reference}` in en ? sayCode(t, 'reference', reference) : t('reference.peer', { peer: reference })
}

function Avoidable({ e }: { e: Energy }) {
  const { t } = useApp()
  const rows = e.losses.filter((l) => avoidable(l) && clear(l))
  return (
    <section aria-labelledby="avoidable">
      <h2 id="avoidable">{t('losses.avoidable')}</h2>
      <p class="caption">{t('losses.avoidable_note')}</p>
      {rows.length === 0 ? (
        <p class="quiet">{e.losses.length === 0 ? t('losses.none') : t('losses.no_avoidable')}</p>
      ) : (
        <LossTable rows={rows} hours={e.prices.hours_per_year} />
      )}
    </section>
  )
}

function LossTable({ rows, hours }: { rows: Loss[]; hours: number | null }) {
  const { t } = useApp()
  const day = hours === null ? null : 24 / hours // running days only
  return (
    <Table
      label={t('losses.all')}
      rows={rows}
      id={(l) => `${l.path} ${l.kind}`}
      columns={[
        { key: 'path', head: t('loss.path'), by: (l) => l.path, cell: (l) => <a href={href('balance', { find: l.path })}>{l.path}</a> },
        { key: 'kind', head: t('loss.kind'), by: (l) => sayCode(t, 'loss', l.kind), cell: (l) => sayCode(t, 'loss', l.kind) },
        {
          key: 'day',
          head: t('loss.cost_day'),
          number: true,
          by: (l) => l.cost_per_year.value,
          cell: (l) => (day === null ? <span class="quiet">{t('not_known')}</span> : <Money of={l.cost_per_year} times={day} />),
        },
        {
          key: 'power',
          head: t('loss.power'),
          number: true,
          by: (l) => l.power.value,
          cell: (l) => <SiNum value={l.power.value} sd={l.power.sd} unit={l.power.unit} />,
        },
        { key: 'against', head: t('loss.against'), by: (l) => l.reference, cell: (l) => against(t, l.reference) },
      ]}
    />
  )
}

function Where({ e }: { e: Energy }) {
  const { lang, t } = useApp()
  const sums = byKind(e.losses.filter((l) => !avoidable(l)))
  if (sums.length === 0) return null
  const total = sums.reduce((a, s) => a + s.power, 0)
  const day = e.prices.hours_per_year === null ? null : 24 / e.prices.hours_per_year
  const most = Math.max(...sums.map((s) => s.power + (s.sd ?? 0)))
  const cost = (s: (typeof sums)[number]): string => {
    const currency = currencyOf(s.unit)
    return s.cost === null || day === null || currency === null ? '' : t('per_day', { money: money(s.cost * day, null, currency, lang) })
  }
  return (
    <section aria-labelledby="where">
      <h2 id="where">{t('losses.where')}</h2>
      <p class="caption">{t('losses.where_note')}</p>
      <ul class="bars">
        {sums.map((s) => (
          <li key={s.kind}>
            <span class="what">{sayCode(t, 'loss', s.kind)}</span>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect class={s.kind === 'reversible' ? 'bar-quiet' : 'bar'} width={Math.max(0.4, (s.power / most) * 100)} height="10" />
              <Whisker value={s.power} sd={s.sd} most={most} />
            </svg>
            <span class="amount">
              <Num of={shownSi(s.power, s.sd, 'W', '', lang, { code: 'kW', scale: 1e3, offset: 0 })} />{' '}
              <span class="quiet">{fixed((s.power / total) * 100, 1, lang)} %</span>
            </span>
            <span class="amount">{cost(s)}</span>
          </li>
        ))}
      </ul>
      <Behind label={t('losses.all')}>{() => <LossTable rows={e.losses} hours={e.prices.hours_per_year} />}</Behind>
    </section>
  )
}

function KeyNumbers({ e }: { e: Energy }) {
  const { lang, t } = useApp()
  const rows = Object.entries(e.indicators)
  const own = rows.filter(([name]) => !name.includes('.'))
  const parts = rows.filter(([name]) => name.includes('.'))
  const hour = useLastHour(own.flatMap(([name]) => [`indicator:${name}`, `indicator_sd:${name}`]))
  if (rows.length === 0) return null
  const table = (of: typeof rows, lines: boolean) => (
    <Table
      label={t('key_numbers')}
      rows={of}
      id={([name]) => name}
      columns={[
        {
          key: 'name',
          head: t('indicator'),
          by: ([name]) => name,
          cell: ([name]) => <a href={href('trends', { tag: `indicator:${name}` })}>{indicatorName(t, name)}</a>,
        },
        {
          key: 'now',
          head: t('indicator.now'),
          number: true,
          cell: ([name, a]) => <SiNum value={a.value} sd={a.sd} unit={a.unit} about={name} />,
        },
        ...(lines
          ? [
              {
                key: 'hour',
                head: t('last_hour'),
                cell: ([name]: (typeof rows)[number]) => (
                  <Spark
                    curve={hour.curves.get(`indicator:${name}`)}
                    sd={hour.curves.get(`indicator_sd:${name}`)}
                    from={hour.from}
                    to={hour.to}
                    label={`${indicatorName(t, name)}, ${t('last_hour')}`}
                  />
                ),
              },
            ]
          : []),
        {
          key: 'before',
          head: t('indicator.day_before'),
          number: true,
          cell: ([name, a]) => {
            const b = e.day_before[name]
            return b?.value == null ? <span class="quiet">{t('answer.no_yesterday')}</span> : <Num of={shownLike(b.value, a, name, lang)} />
          },
        },
        { key: 'change', head: t('indicator.change'), number: true, cell: ([name, a]) => change(e.day_before[name]?.value, a, name, lang) },
      ]}
    />
  )
  return (
    <section aria-labelledby="key">
      <h2 id="key">{t('key_numbers')}</h2>
      {table(own, true)}
      {parts.length > 0 && <Behind label={t('units')}>{() => table(parts, false)}</Behind>}
    </section>
  )
}

function Findings({ e }: { e: Energy }) {
  const { t } = useApp()
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">{t('findings')}</h2>
      {e.findings.length === 0 ? (
        <p class="quiet">{t('findings.none')}</p>
      ) : (
        <ol class="findings">
          {e.findings.map((f, i) => (
            <FindingItem key={`${f.code} ${f.path} ${i}`} f={f} />
          ))}
        </ol>
      )}
    </section>
  )
}
