// SPDX-License-Identifier: Apache-2.0
// How the newest balance stands, and for those who may a button that makes one now.
import { reconcileNow } from '../../api/plant'
import type { Overview, UnitState } from '../../api/schemas'
import { serverNow } from '../../api/server_clock'
import { Closes } from '../../components/balance_state'
import { Failed } from '../../components/form'
import { Section } from '../../components/section'
import { When } from '../../components/time'
import { href } from '../../lib/route'
import { lengthOf, together } from '../../lib/stops'
import { minute } from '../../lib/time'
import { useAct } from '../../state/act'
import { useApp } from '../../state/app'
import { useOverview } from '../../state/overview'
import './balance_now.css'

type Balance = Overview['balance']

export function BalanceNow({ o }: { o: Overview }) {
  const { lang, t, session } = useApp()
  const overview = useOverview()
  const act = useAct()
  const may = session?.role !== null && session?.role !== 'viewer'
  const now = (): void => act.run(() => reconcileNow(lang).then(overview.again))
  return (
    <Section id="balance" title={t('balance_now')}>
      <Closes b={o.balance} />
      <Facts b={o.balance} stopped={o.stopped} />
      {may && (
        <button type="button" disabled={act.busy} onClick={now}>
          {act.busy ? t('balance.now_busy') : t('balance.now_button')}
        </button>
      )}
      <Failed of={act} />
    </Section>
  )
}

function Facts({ b, stopped }: { b: Balance; stopped: readonly UnitState[] }) {
  const { t } = useApp()
  return (
    <dl class="facts">
      <dt>{t('balance.window')}</dt>
      <dd>
        <Window b={b} />
      </dd>
      <dt>{t('balance.made')}</dt>
      <dd>
        <When ms={b.made} />
      </dd>
      <dt>{t('balance.last_attempt')}</dt>
      <dd>
        <LastAttempt b={b} />
      </dd>
      <Stopped of={stopped} />
      {b.instruments !== null && (
        <>
          <dt>{t('balance.checked')}</dt>
          <dd>{t('balance.of', { n: b.checked ?? 0, total: b.instruments })}</dd>
          <dt>{t('balance.accused')}</dt>
          <dd>
            <a href={href('balance')}>{b.accused}</a>
          </dd>
          <dt>{t('balance.warnings')}</dt>
          <dd>
            <a href={href('balance')}>{b.warnings}</a>
          </dd>
        </>
      )}
    </dl>
  )
}

/** By the newest readings: what stands still and since when, and what was started again within the last day. */
function Stopped({ of }: { of: readonly UnitState[] }) {
  const { t, lang } = useApp()
  const idle = of.filter((s) => s.idle)
  const started = of.filter((s) => !s.idle)
  const since = (s: UnitState): string => (s.since ? minute(Date.parse(s.since), serverNow()) : '')
  const startedAt = (s: UnitState): string => {
    const length = s.stops.length > 0 ? lengthOf(s.stops.at(-1)!, lang) : ''
    return length ? t('balance.stopped_for', { time: since(s), span: length }) : since(s)
  }
  const row = (title: string, units: readonly UnitState[], say: (s: UnitState) => string) =>
    units.length > 0 && (
      <>
        <dt>{title}</dt>
        <dd>
          {together(units).map((group) => (
            <div key={group[0]!.unit}>
              <Names of={group.map((s) => s.unit)} /> {say(group[0]!)}
            </div>
          ))}
        </dd>
      </>
    )
  return (
    <>
      {row(t('balance.idle'), idle, (s) => (s.since ? t('unit.since', { time: since(s) }) : ''))}
      {row(t('balance.started'), started, startedAt)}
    </>
  )
}

/** Units, each with its place in the balance. */
function Names({ of }: { of: readonly string[] }) {
  return (
    <>
      {of.map((unit, i) => (
        <>
          {i > 0 && ', '}
          <a href={href('balance', { find: unit })}>{unit}</a>
        </>
      ))}
    </>
  )
}

function Window({ b }: { b: Balance }) {
  const { t } = useApp()
  if (!b.from || !b.to) return <>{t('none')}</>
  return (
    <>
      <When ms={b.from} /> – <When ms={b.to} />
    </>
  )
}

function LastAttempt({ b }: { b: Balance }) {
  const { t } = useApp()
  if (b.not_reconciled) return <>{t('balance.last_attempt.failed', { why: t(`why.${b.not_reconciled}`) })}</>
  return <>{b.made ? t('balance.last_attempt.good') : t('none')}</>
}
