// SPDX-License-Identifier: Apache-2.0
// Where each kilowatt-hour and each tonne of steam goes, in money, worst first.
import { energy } from '../../api/plant'
import type { Energy } from '../../api/schemas'
import { Age, AgainstYesterday, AsOf, AvoidablePerDay } from '../../components/balance_state'
import { Findings } from '../../components/findings'
import { Load } from '../../components/notices'
import { Num } from '../../components/number'
import { Section } from '../../components/section'
import { mainEnergy } from '../../lib/answers'
import { currencyOf, fixed, shownSi, unitPrice } from '../../lib/format'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { useOverview } from '../../state/overview'
import { KeyNumbers } from './key_numbers'
import { Avoidable, Where } from './losses'
import { Steam } from './steam'
import { Volts } from './volts'
import './energy.css'

export function EnergyPage() {
  const { lang, t } = useApp()
  const e = useLoaded((s) => energy(lang, s), [lang], { on: ['reconciliation'] })
  return (
    <Load of={e} what="wait.energy">
      {(data) => (
        <>
          <Age />
          <Answer e={data} />
          <AsOf from={data.from} to={data.to} />
          <OutOfService />
          <Prices of={data.prices} />
          <div class="halves">
            <Avoidable e={data} />
            <Where e={data} />
          </div>
          <div class="halves">
            <Volts of={data.voltages} />
            <Steam price={data.prices.steam} />
          </div>
          <KeyNumbers e={data} />
          <Section id="findings" title={t('findings')}>
            <Findings of={data.findings} none={t('findings.none')} />
          </Section>
        </>
      )}
    </Load>
  )
}

/** What a tonne takes, and what of it can be avoided; then where. */
function Answer({ e }: { e: Energy }) {
  const { lang, t } = useApp()
  const main = mainEnergy(e)
  if (!main) return null
  return (
    <p class="answer-line">
      <Num of={shownSi(main.now.value, main.now.sd, main.now.unit, main.name, lang)} big /> <span>{t(`short.${main.name}`)}</span>{' '}
      <span class="quiet">
        <AgainstYesterday of={e} />
      </span>
      <AvoidablePerDay perDay={e.avoidable_per_day} />
    </p>
  )
}

/** What stands still makes nothing and loses nothing. */
function OutOfService() {
  const { t } = useApp()
  const idle = useOverview().data?.balance.idle ?? []
  if (idle.length === 0) return null
  return <p>{t('losses.idle', { units: idle.join(', ') })}</p>
}

/** The prices that the money on this page rests on. */
function Prices({ of }: { of: Energy['prices'] }) {
  const { lang, t } = useApp()
  const { electricity, steam, hours_per_year: hours } = of
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
