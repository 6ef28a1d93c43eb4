// SPDX-License-Identifier: Apache-2.0
// How the newest balance stands, for every page that rests on it: whether there is one, how old it is, what it says, of when.
import type { Amount, Energy, Overview } from '../api/schemas'
import { mainEnergy } from '../lib/answers'
import { change, currencyOf, money } from '../lib/format'
import { span } from '../lib/time'
import { useApp } from '../state/app'
import { useNow } from '../state/live'
import { useOverview } from '../state/overview'
import type { Say } from '../text/words'
import { Notice, Waiting } from './notices'
import { PastData } from './past_data'
import { Shape } from './shape'
import { When } from './time'

/** A balance is made every minute; three missed ones are worth a word. */
const STALE_SECONDS = 180

/** The balance shown is old, or there is none yet: said before anything else that rests on it. */
export function Age() {
  const b = useOverview().data?.balance
  const now = useNow(5)
  if (!b) return null
  if (b.not_reconciled === 'no_data')
    return (
      <>
        <PastData />
        <OldOrNone b={b} now={now} />
      </>
    )
  return <OldOrNone b={b} now={now} />
}

function OldOrNone({ b, now }: { b: Overview['balance']; now: number }) {
  const { lang, t } = useApp()
  if (b.made === null)
    return b.not_reconciled ? (
      <Waiting what="wait.first_balance" values={{ why: t(`why.${b.not_reconciled}`) }} />
    ) : (
      <Waiting what="wait.first_balance.plain" />
    )
  const age = (now - Date.parse(b.made)) / 1000
  if (age < STALE_SECONDS) return null
  return (
    <Notice kind="warn" role="status">
      {t('balance_now')}: {t('stale', { age: span(age, lang) })}.{' '}
      {b.not_reconciled && `${t('balance.last_attempt')}: ${t('balance.last_attempt.failed', { why: t(`why.${b.not_reconciled}`) })}.`}
    </Notice>
  )
}

/** Of when the page's numbers are. */
export function AsOf({ from, to }: { from: string | null; to: string | null }) {
  const { t } = useApp()
  if (from === null || to === null) return null
  return (
    <p class="caption">
      {t('as_of')} <When ms={from} /> – <When ms={to} />
    </p>
  )
}

export function Closes({ b }: { b: Overview['balance'] }) {
  const { t } = useApp()
  if (b.made === null) return null
  if (b.closes === null) return <p>{t('balance.untested')}</p>
  return (
    <p class={b.closes ? '' : 'bad'}>
      <Shape kind={b.closes ? 'ok' : 'bad'} /> {b.closes ? t('balance.closes') : t('balance.open')}
    </p>
  )
}

/** That the others agree says only as much as they are checked. */
function agreeText(t: Say, b: Overview['balance']): string {
  const hardly = b.hardly_checked ?? 0
  const well = (b.checked ?? 0) - hardly
  if (hardly === 0) return t('answer.agree', { n: well })
  return well > 0 ? t('answer.agree.hardly', { n: well, hardly }) : t('answer.agree.none', { hardly })
}

/** The sign beside it: nobody can tell where all are hardly checked. */
export function accusedShape(b: Overview['balance']): 'bad' | 'ok' | 'ring' {
  if ((b.accused ?? 0) > 0) return 'bad'
  return (b.hardly_checked ?? 0) < (b.checked ?? 0) ? 'ok' : 'ring'
}

/** How many instruments the balances accuse; empty before the first. */
export function accusedText(t: Say, b: Overview['balance']): string {
  if (b.accused === null) return ''
  if (b.accused === 0) return agreeText(t, b)
  return b.accused === 1 ? t('answer.accused.one') : t('answer.accused', { n: b.accused })
}

/** The plant's electricity per tonne against the day before, in words. */
export function AgainstYesterday({ of }: { of: Pick<Energy, 'indicators' | 'day_before'> }) {
  const { lang, t } = useApp()
  const energy = mainEnergy(of)
  if (!energy) return null
  if (energy.delta === null) return <>{t('answer.no_yesterday')}</>
  return (
    <>
      {energy.same
        ? t('answer.same_as_yesterday')
        : t('answer.against_yesterday', { delta: change(of.day_before[energy.name]?.value, energy.now, energy.name, lang) })}
    </>
  )
}

/** What could be saved in a day, where it has a price. */
export function AvoidablePerDay({ perDay }: { perDay: Amount }) {
  const { lang, t } = useApp()
  const currency = currencyOf(perDay.unit)
  if (perDay.value === null || currency === null) return null
  return <span>{t('answer.avoidable', { money: money(perDay.value, perDay.sd, currency, lang) })}</span>
}
