// SPDX-License-Identifier: Apache-2.0
// The few indicators of the plant as a whole, each with its last week.
import { curves } from '../../api/readings'
import type { Overview } from '../../api/schemas'
import { serverNow } from '../../api/server_clock'
import { Section } from '../../components/section'
import { Spark } from '../../components/spark'
import { tiles } from '../../lib/answers'
import { sentence, shownLike, shownSi } from '../../lib/format'
import { href } from '../../lib/route'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { sayCode } from '../../text/words'
import { Tile } from './tile'

const WEEK = 7 * 86_400_000 // [ms]
const POINTS = 336 // of a curve: one in half an hour is enough for a week

export function EnergyNow({ o }: { o: Overview }) {
  const { lang, t } = useApp()
  const names = tiles(o)
  const tags = names.flatMap((n) => [`indicator:${n}`, `indicator_sd:${n}`])
  const lastWeek = (signal: AbortSignal) => curves(tags, serverNow() - WEEK, serverNow(), POINTS, signal)
  const week = useLoaded(lastWeek, [names.join()], { everySeconds: 600 })
  const curve = (tag: string) => week.data?.find((c) => c.tag === tag)
  if (names.length === 0) return null
  return (
    <Section id="energy" title={t('energy_now')}>
      <div class="tiles">
        {names.map((name) => {
          const now = o.indicators[name]!
          const before = sentence(shownLike(o.day_before[name]?.value, now, name, lang)) || t('not_known')
          const what = sayCode(t, 'indicator', name)
          return (
            <Tile
              key={name}
              href={href('trends', { tag: `indicator:${name}` })}
              what={what}
              now={shownSi(now.value, now.sd, now.unit, name, lang)}
            >
              <p class="small quiet">
                {t('indicator.day_before')}: {before}
              </p>
              <Spark
                curve={curve(`indicator:${name}`)}
                sd={curve(`indicator_sd:${name}`)}
                from={serverNow() - WEEK}
                to={serverNow()}
                label={`${what}, ${t('energy_now.week')}`}
              />
            </Tile>
          )
        })}
      </div>
    </Section>
  )
}
