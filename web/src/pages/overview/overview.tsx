// SPDX-License-Identifier: Apache-2.0
// The first page: is it all right, if not where, since when, what does it cost.
import { plant } from '../../api/plant'
import { Age } from '../../components/balance_state'
import { Findings } from '../../components/findings'
import { Load } from '../../components/notices'
import { Section } from '../../components/section'
import { Shape } from '../../components/shape'
import { href } from '../../lib/route'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { useOverview } from '../../state/overview'
import { Answers } from './answers'
import { BalanceNow } from './balance_now'
import { EnergyNow } from './energy_now'
import { LoadToday } from './load_today'
import { Picture } from './picture'
import './overview.css'

export function OverviewPage() {
  const { lang, t } = useApp()
  const o = useOverview()
  const p = useLoaded((s) => plant(lang, s), [lang], { on: ['reconciliation'] })
  return (
    <Load of={o} what="wait.overview">
      {(overview) => (
        <>
          {overview.balance.not_reconciled === 'no_plant' && <NoPlant />}
          <Answers o={overview} instruments={p.data?.instruments ?? []} />
          <Age />
          <div class={p.data && p.data.drawing.down ? 'overview tall' : 'overview'}>
            <div class="first">
              <Section id="attention" title={t('attention')}>
                <Findings of={overview.attention} none={t('attention.none')} />
              </Section>
            </div>
            <div class="seen">
              <Section id="picture" title={t('picture')}>
                <Load of={p} what="wait.plant">
                  {(data) => <Picture plant={data} findings={overview.attention} />}
                </Load>
              </Section>
            </div>
            <div class="aside">
              <EnergyNow o={overview} />
              <LoadToday o={overview} />
              <BalanceNow o={overview} />
            </div>
          </div>
        </>
      )}
    </Load>
  )
}

/** Where to get one, for whoever may put it on this server, or may do here what he likes. */
function NoPlant() {
  const { session, t } = useApp()
  if (!session?.open && session?.role !== 'engineer' && session?.role !== 'administrator') return null
  return (
    <p>
      <Shape kind="none" /> {t('start.no_plant')} <a href={href('start')}>{t('start.no_plant.link')}</a>
    </p>
  )
}
