// SPDX-License-Identifier: Apache-2.0
// How the plant was loaded since midnight, and what its electricity costs: the plant file has one price for every hour.
import { curves, energy, serverNow, type Overview } from '../../api/client'
import { currencyOf, money, sentence, shownLike, shownSi, unitPrice } from '../../lib/format'
import { href } from '../../lib/route'
import { midnight } from '../../lib/time'
import { Spark } from '../../components/spark'
import { useApp, useLoaded } from '../../components/state'
import { Num } from '../../components/value'
import { costPerTonne, mainEnergy } from '../../lib/answers'

const DAY = 86_400_000
const NAMES = ['indicator:load', 'indicator_sd:load']

export function LoadToday({ o }: { o: Overview }) {
  const { lang, t } = useApp()
  const from = midnight(serverNow())
  const today = useLoaded((s) => curves(NAMES, from, serverNow(), 400, s), [from], { everySeconds: 60 })
  const prices = useLoaded((s) => energy(lang, s), [lang], { everySeconds: 600 })
  if (o.load.value === null) return null
  const curve = today.data?.find((c) => c.tag === NAMES[0])
  const numbers = (curve?.values ?? []).filter((v): v is number => typeof v === 'number')
  const as = (v: number): string => sentence(shownLike(v, o.load, 'load', lang))
  const price = prices.data?.prices.electricity
  const currency = price && price.value !== null ? currencyOf(price.unit) : null
  const main = mainEnergy(o)
  const cost = main && costPerTonne(main.now, price?.value ?? null)
  return (
    <section aria-labelledby="load">
      <h2 id="load">{t('load_today')}</h2>
      <a class="tile" href={href('trends', { tag: 'indicator:load', last: '86400' })}>
        <p class="what">{t('indicator.load')}</p>
        <Num of={shownSi(o.load.value, o.load.sd, o.load.unit, 'load', lang)} big />
        {numbers.length > 1 && (
          <p class="small quiet">{t('load_today.range', { low: as(Math.min(...numbers)), high: as(Math.max(...numbers)) })}</p>
        )}
        <Spark curve={curve} sd={today.data?.find((c) => c.tag === NAMES[1])} from={from} to={from + DAY} label={t('load_today')} />
        <p class="small quiet hours" aria-hidden="true">
          {['0:00', '6:00', '12:00', '18:00', '24:00'].map((hour) => (
            <span key={hour}>{hour}</span>
          ))}
        </p>
      </a>
      {prices.data && (
        <p class="small price">
          {currency === null
            ? t('losses.no_price')
            : t('load_today.price', { price: t('price.per_kwh', { money: unitPrice(price!.value! * 3.6e6, currency, lang) }) })}
          {currency !== null &&
            main &&
            cost &&
            ` ${t('load_today.cost', { money: money(cost.value, cost.sd, currency, lang), what: t(`short.${main.name}`) })}`}
        </p>
      )}
    </section>
  )
}
