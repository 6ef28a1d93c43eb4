// SPDX-License-Identifier: Apache-2.0
// A number is never without its unit and its uncertainty.
import type { Amount } from '../api/schemas'
import { currencyOf, money, roundedMoney, shownSi, type Shown } from '../lib/format'
import type { Unit } from '../lib/units'
import { useApp } from '../state/app'
import './number.css'

export function Num({ of, big = false }: { of: Shown; big?: boolean }) {
  const { t } = useApp()
  if (of.value === '') return <span class="quiet">{t('not_known')}</span>
  return (
    <span class={big ? 'number big' : 'number'}>
      {of.value}
      {of.sd && <small> ± {of.sd}</small>}
      {of.unit && <small> {of.unit}</small>}
    </span>
  )
}

interface SiNumProps {
  value: number | null
  sd?: number | null
  unit: string
  about?: string
  as?: Unit | undefined
  big?: boolean
}

/** An SI number in the unit people read. */
export function SiNum({ value, sd = null, unit, about = '', as, big = false }: SiNumProps) {
  const { lang } = useApp()
  return <Num of={shownSi(value, sd, unit, about, lang, as)} big={big} />
}

/** "¥6,200 ± ¥900", without an uncertainty of less than one of the currency; empty where it has no price. `times` turns a year's into a day's. */
export function Money({ of, times = 1 }: { of: Amount; times?: number }) {
  const { lang, t } = useApp()
  const currency = currencyOf(of.unit)
  if (of.value === null || currency === null) return <span class="quiet">{t('price.none')}</span>
  const sd = of.sd === null ? null : of.sd * times
  return (
    <span class="number">
      {money(of.value * times, sd, currency, lang)}
      {sd !== null && roundedMoney(sd, sd) > 0 && <small> ± {money(sd, sd, currency, lang)}</small>}
    </span>
  )
}
