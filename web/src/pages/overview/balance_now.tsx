// SPDX-License-Identifier: Apache-2.0
// How the newest balance stands, and for those who may a button that makes one now.
import { reconcileNow } from '../../api/plant'
import type { Overview } from '../../api/schemas'
import { Closes } from '../../components/balance_state'
import { Failed } from '../../components/form'
import { Section } from '../../components/section'
import { When } from '../../components/time'
import { href } from '../../lib/route'
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
      <Facts b={o.balance} />
      {may && (
        <button type="button" disabled={act.busy} onClick={now}>
          {act.busy ? t('balance.now_busy') : t('balance.now_button')}
        </button>
      )}
      <Failed of={act} />
    </Section>
  )
}

function Facts({ b }: { b: Balance }) {
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
      {b.idle.length > 0 && (
        <>
          <dt>{t('balance.idle')}</dt>
          <dd>
            <Names of={b.idle} />
          </dd>
        </>
      )}
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
