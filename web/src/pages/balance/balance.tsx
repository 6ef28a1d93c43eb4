// SPDX-License-Identifier: Apache-2.0
// Every instrument: measured, reconciled, adjustment, verdict. Every unit: whether its mass closes.
import { useState } from 'preact/hooks'
import { plant, type Plant, type PlantInstrument } from '../../api/client'
import { fixed, shownDifference } from '../../lib/format'
import { href } from '../../lib/route'
import { fits } from '../../lib/sort'
import { parseUnit, unitForPeople, type Unit } from '../../lib/units'
import { accusedText, Age, AsOf, Closes } from '../../components/balance_state'
import { useOverview } from '../../components/frame'
import { Load, Shape } from '../../components/notices'
import { Spark, useLastHour } from '../../components/spark'
import { useApp, useLoaded } from '../../components/state'
import { Table } from '../../components/table'
import { Num, SiNum, Verdict } from '../../components/value'
import { sayCode } from '../../text/words'

const VERDICTS = ['wrong', 'one_of_several', 'doubtful', 'agrees', 'unchecked', 'not_used'] as const
const WORST = { wrong: 0, one_of_several: 1, doubtful: 2, agrees: 3, unchecked: 4, not_used: 5 }

export function Balance() {
  const { lang } = useApp()
  const p = useLoaded((s) => plant(lang, s), [lang], { on: ['reconciliation'] })
  return (
    <Load of={p} what="wait.plant">
      {(data) => (
        <>
          <Age />
          <Answer />
          <AsOf from={data.from} to={data.to} />
          <Instruments plant={data} />
          <Units plant={data} />
        </>
      )}
    </Load>
  )
}

/** First whether it closes and whom it accuses; then the rows. */
function Answer() {
  const { t } = useApp()
  const b = useOverview().data?.balance
  if (!b || b.made === null) return null
  const bad = (b.accused ?? 0) > 0
  return (
    <div class="answer-line">
      <Closes b={b} />
      <p class={bad ? 'bad' : ''}>
        <Shape kind={bad ? 'bad' : 'ok'} /> {accusedText(t, b)}
      </p>
    </div>
  )
}

/** The instrument's own unit where this page knows it. */
const ownUnit = (i: PlantInstrument): Unit => parseUnit(i.unit, i.si_unit) ?? unitForPeople(i.si_unit, i.measured ?? 0, i.path)
const inSds = (i: PlantInstrument): number | null => (i.adjustment !== null && i.sd ? i.adjustment / i.sd : null)

function Instruments({ plant: p }: { plant: Plant }) {
  const { lang, t, route } = useApp()
  const [filter, setFilter] = useState(route.query.get('find') ?? '')
  const [verdict, setVerdict] = useState(route.query.get('verdict') ?? '')
  const hour = useLastHour(p.instruments.filter((i) => i.measured !== null).map((i) => i.tag))
  const rows = p.instruments.filter((i) => fits(filter, i.tag, i.path) && (verdict === '' || i.verdict === verdict))
  return (
    <section aria-labelledby="instruments">
      <h2 id="instruments">{t('instruments')}</h2>
      <p class="caption">{t('instruments.caption')}</p>
      <div class="filters">
        <label>
          {t('table.filter')}{' '}
          <input type="search" value={filter} placeholder={t('table.filter_hint')} onInput={(e) => setFilter(e.currentTarget.value)} />
        </label>
        <label>
          {t('instrument.verdict')}{' '}
          <select value={verdict} onChange={(e) => setVerdict(e.currentTarget.value)}>
            <option value="">{t('verdict.all')}</option>
            {VERDICTS.map((v) => (
              <option key={v} value={v}>
                {t(`verdict.${v}`)} ({p.instruments.filter((i) => i.verdict === v).length})
              </option>
            ))}
          </select>
        </label>
        <span class="quiet" role="status">
          {t('table.rows', { n: rows.length, total: p.instruments.length })}
        </span>
      </div>
      <Table
        label={t('instruments')}
        rows={rows}
        id={(i) => `${i.tag} ${i.path}`}
        rowClass={(i) => (i.verdict === 'wrong' || i.verdict === 'one_of_several' ? 'abnormal' : '')}
        first={{ key: 'verdict', direction: 'up' }}
        empty={p.instruments.length === 0 ? t('instruments.none') : t('table.no_rows')}
        columns={[
          { key: 'tag', head: t('instrument.tag'), by: (i) => i.tag, cell: (i) => <a href={href('trends', { tag: i.tag })}>{i.tag}</a> },
          { key: 'of', head: t('instrument.of'), by: (i) => i.path, cell: (i) => i.path },
          {
            key: 'measured',
            head: `○ ${t('instrument.measured')}`,
            number: true,
            by: (i) => i.measured,
            cell: (i) => <SiNum value={i.measured} sd={i.sd} unit={i.si_unit} about={i.path} as={ownUnit(i)} />,
          },
          {
            key: 'hour',
            head: t('last_hour'),
            cell: (i) => <Spark curve={hour.curves.get(i.tag)} from={hour.from} to={hour.to} label={`${i.tag}, ${t('last_hour')}`} />,
          },
          {
            key: 'reconciled',
            head: `● ${t('instrument.reconciled')}`,
            number: true,
            by: (i) => i.reconciled,
            cell: (i) => <SiNum value={i.reconciled} sd={i.reconciled_sd} unit={i.si_unit} about={i.path} as={ownUnit(i)} />,
          },
          {
            key: 'adjustment',
            head: t('instrument.adjustment'),
            number: true,
            by: (i) => i.adjustment,
            cell: (i) => <Num of={{ ...shownDifference(i.adjustment, i.sd, ownUnit(i), lang), sd: '' }} />,
          },
          {
            key: 'sds',
            head: t('instrument.in_sd'),
            by: (i) => {
              const s = inSds(i)
              return s === null ? null : Math.abs(s)
            },
            cell: (i) => (
              <Dots
                sds={inSds(i)}
                text={inSds(i) === null ? t('not_known') : fixed(inSds(i)!, 1, lang)}
                bad={i.verdict === 'wrong' || i.verdict === 'one_of_several'}
              />
            ),
          },
          {
            key: 'verdict',
            head: t('instrument.verdict'),
            by: (i) => (i.verdict === null ? null : WORST[i.verdict] * 1000 - Math.min(999, Math.abs(inSds(i) ?? 0))),
            cell: (i) => <Verdict of={i} />,
          },
        ]}
      />
    </section>
  )
}

const HALF = 5 // standard deviations to either side; more lies at the edge

/** Measured (hollow) at zero, reconciled (filled) where the balances put it. */
function Dots({ sds, text, bad }: { sds: number | null; text: string; bad: boolean }) {
  if (sds === null) return <span class="quiet">{text}</span>
  const x = 64 + (Math.max(-HALF, Math.min(HALF, sds)) / HALF) * 58
  return (
    <span class="dots">
      <svg viewBox="0 0 128 16" width="128" height="16" aria-hidden="true">
        <path class="axis" d="M6 8H122M64 3V13" />
        <path class="shift" d={`M64 8H${x}`} />
        <circle class={bad ? 'hollow-bad' : 'hollow'} cx="64" cy="8" r="4" />
        <circle class="filled" cx={x} cy="8" r="4" />
      </svg>
      {text}
    </span>
  )
}

function Units({ plant: p }: { plant: Plant }) {
  const { t, route, lang } = useApp()
  const [filter, setFilter] = useState(route.query.get('find') ?? '')
  const matching = p.units.filter((u) => fits(filter, u.name, sayCode(t, 'model', u.model)))
  const rows = matching.length > 0 ? matching : p.units
  const difference = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b)
  const size = (u: Plant['units'][number]): Unit => unitForPeople(u.closure.in.unit, u.closure.in.value ?? u.closure.out.value ?? 0)
  // A rectifier has no stream: nothing is missing there.
  const passes = (u: Plant['units'][number], cell: preact.ComponentChild): preact.ComponentChild =>
    u.ports.length > 0 ? cell : <span class="quiet">{t('unit.no_streams')}</span>
  return (
    <section aria-labelledby="units">
      <h2 id="units">{t('units')}</h2>
      <p class="caption">{t('units.caption')}</p>
      <div class="filters">
        <label>
          {t('table.filter')}{' '}
          <input type="search" value={filter} placeholder={t('table.filter_hint')} onInput={(e) => setFilter(e.currentTarget.value)} />
        </label>
        <span class="quiet" role="status">
          {t('table.rows', { n: rows.length, total: p.units.length })}
        </span>
      </div>
      <Table
        label={t('units')}
        rows={rows}
        id={(u) => u.name}
        columns={[
          { key: 'name', head: t('unit.name'), by: (u) => u.name, cell: (u) => u.name },
          { key: 'model', head: t('unit.model'), by: (u) => sayCode(t, 'model', u.model), cell: (u) => sayCode(t, 'model', u.model) },
          {
            key: 'in',
            head: `● ${t('unit.in')}`,
            number: true,
            by: (u) => u.closure.in.value,
            cell: (u) => passes(u, <SiNum value={u.closure.in.value} unit={u.closure.in.unit} as={size(u)} />),
          },
          {
            key: 'out',
            head: `● ${t('unit.out')}`,
            number: true,
            by: (u) => u.closure.out.value,
            cell: (u) => passes(u, <SiNum value={u.closure.out.value} unit={u.closure.out.unit} as={size(u)} />),
          },
          {
            key: 'difference',
            head: `● ${t('unit.difference')}`,
            number: true,
            by: (u) => difference(u.closure.in.value, u.closure.out.value),
            cell: (u) =>
              passes(
                u,
                <Closure
                  difference={difference(u.closure.in.value, u.closure.out.value)}
                  of={u.closure.in.value}
                  unit={size(u)}
                  lang={lang}
                />,
              ),
          },
          {
            key: 'measured',
            head: `○ ${t('unit.measured_difference')}`,
            number: true,
            by: (u) => difference(u.closure.measured_in.value, u.closure.measured_out.value),
            cell: (u) => {
              const d = difference(u.closure.measured_in.value, u.closure.measured_out.value)
              return passes(
                u,
                d === null ? (
                  <span class="quiet">{t('unit.not_measured')}</span>
                ) : (
                  <Closure difference={d} of={u.closure.measured_in.value} unit={size(u)} lang={lang} />
                ),
              )
            },
          },
        ]}
      />
    </section>
  )
}

/** A difference, shown to a thousandth of a per cent of the flow: what is smaller is rounding, and reads 0. */
function Closure({ difference, of, unit, lang }: { difference: number | null; of: number | null; unit: Unit; lang: 'en' | 'zh' }) {
  if (difference === null || of === null) return <Num of={{ value: '', sd: '', unit: '' }} />
  const decimals = Math.min(6, Math.max(0, 4 - Math.floor(Math.log10(Math.abs(of / unit.scale) || 1))))
  return <Num of={{ value: fixed(difference / unit.scale, decimals, lang, 0), sd: '', unit: shownDifference(0, null, unit, lang).unit }} />
}
