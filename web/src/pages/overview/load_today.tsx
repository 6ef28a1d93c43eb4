// SPDX-License-Identifier: Apache-2.0
// How the plant was loaded since midnight, and what its electricity costs: the plant file has one price for every hour.
import { energy } from '../../api/plant'
import { curves } from '../../api/readings'
import type { Curve, Overview } from '../../api/schemas'
import { serverNow } from '../../api/server_clock'
import { Section } from '../../components/section'
import { Spark } from '../../components/spark'
import { costPerTonne, mainEnergy } from '../../lib/answers'
import { currencyOf, money, sentence, shownLike, shownSi, unitPrice } from '../../lib/format'
import { href } from '../../lib/route'
import { beginning } from '../../lib/spark'
import { midnight } from '../../lib/time'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { Tile } from './tile'
import './load_today.css'

const DAY = 86_400_000 // [ms]
const NAMES = ['indicator:load', 'indicator_sd:load']
const HOURS = ['0:00', '6:00', '12:00', '18:00', '24:00']

export function LoadToday({ o }: { o: Overview }) {
  const { lang, t } = useApp()
  const from = midnight(serverNow())
  const today = useLoaded((s) => curves(NAMES, from, serverNow(), 400, s), [from], { everySeconds: 60 })
  if (o.load.value === null) return null
  const [curve, sd] = NAMES.map((name) => today.data?.find((c) => c.tag === name))
  // A day that has hardly begun, or whose readings have, is drawn as long as it is.
  const now = serverNow()
  const isWhole = now - from > DAY / 2 && (!curve || beginning(curve, from, now) === from)
  return (
    <Section id="load" title={t('load_today')}>
      <Tile
        href={href('trends', { tag: 'indicator:load', last: '86400' })}
        what={t('indicator.load')}
        now={shownSi(o.load.value, o.load.sd, o.load.unit, 'load', lang)}
      >
        <LowAndHigh of={curve} load={o.load} />
        <Spark curve={curve} sd={sd} from={from} to={isWhole ? from + DAY : now} label={t('load_today')} />
        {isWhole && (
          <p class="small quiet hours" aria-hidden="true">
            {HOURS.map((hour) => (
              <span key={hour}>{hour}</span>
            ))}
          </p>
        )}
      </Tile>
      <Price o={o} />
    </Section>
  )
}

function LowAndHigh({ of, load }: { of: Curve | undefined; load: Overview['load'] }) {
  const { lang, t } = useApp()
  const numbers = (of?.values ?? []).filter((v): v is number => typeof v === 'number')
  const as = (v: number): string => sentence(shownLike(v, load, 'load', lang))
  if (numbers.length < 2) return null
  return <p class="small quiet">{t('load_today.range', { low: as(Math.min(...numbers)), high: as(Math.max(...numbers)) })}</p>
}

function Price({ o }: { o: Overview }) {
  const { lang, t } = useApp()
  const loaded = useLoaded((s) => energy(lang, s), [lang], { everySeconds: 600 })
  if (!loaded.data) return null
  const { value, unit } = loaded.data.prices.electricity
  const currency = currencyOf(unit)
  if (value === null || currency === null) return <p class="small price">{t('losses.no_price')}</p>
  const main = mainEnergy(o)
  const cost = main && costPerTonne(main.now, value)
  return (
    <p class="small price">
      {t('load_today.price', { price: t('price.per_kwh', { money: unitPrice(value * 3.6e6, currency, lang) }) })}
      {main && cost && ` ${t('load_today.cost', { money: money(cost.value, cost.sd, currency, lang), what: t(`short.${main.name}`) })}`}
    </p>
  )
}
