// SPDX-License-Identifier: Apache-2.0
// The six questions of a shift in one row, each with its answer; and honestly those that Castner does not watch.
import type { Overview } from '../../api/schemas'
import { accusedText, AgainstYesterday } from '../../components/balance_state'
import { Num } from '../../components/number'
import { Shape } from '../../components/shape'
import { avoidablePerDay, mainEnergy } from '../../lib/answers'
import { fixed, money, shownSi } from '../../lib/format'
import { href } from '../../lib/route'
import { useApp } from '../../state/app'
import './answers.css'

export function Answers({ o }: { o: Overview }) {
  return (
    <div class="answers">
      <NotWatched question="safe" />
      <NotWatched question="on_grade" />
      <Efficient o={o} />
      <NotWatched question="policy" />
      <NotWatched question="difficulties" />
      <Data o={o} />
    </div>
  )
}

function NotWatched({ question }: { question: 'safe' | 'on_grade' | 'policy' | 'difficulties' }) {
  const { t } = useApp()
  const why = t(`answer.not_watched.${question}`)
  return (
    <div class="answer unwatched">
      <h2>{t(`answer.${question}`)}</h2>
      <p class="quiet" title={why}>
        <Shape kind="none" /> {t('answer.not_watched')}
      </p>
      <p class="quiet small">{why}</p>
    </div>
  )
}

function Efficient({ o }: { o: Overview }) {
  const { lang, t } = useApp()
  const energy = mainEnergy(o)
  const avoid = avoidablePerDay(o.attention)
  return (
    <a class="answer" href={href('energy')}>
      <h2>{t('answer.efficient')}</h2>
      {energy ? (
        <>
          <p>
            <Num of={shownSi(energy.now.value, energy.now.sd, energy.now.unit, energy.name, lang)} big />
          </p>
          <p class="small">{t(`short.${energy.name}`)}</p>
          {avoid && <p class="small">{t('answer.avoidable', { money: money(avoid.perDay, avoid.sd, avoid.currency, lang) })}</p>}
          <p class="small quiet">
            <AgainstYesterday of={o} />
          </p>
        </>
      ) : (
        <p class="quiet">{t('not_known')}</p>
      )}
    </a>
  )
}

function Data({ o }: { o: Overview }) {
  const { lang, t } = useApp()
  const { ok, late, down } = o.sources
  const kind = o.tags.down > 0 || down > 0 ? 'bad' : o.tags.late > 0 || (o.balance.accused ?? 0) > 0 ? 'warn' : 'ok'
  const total = fixed(o.tags.total, 0, lang)
  return (
    <a class="answer" href={href('sources')}>
      <h2>{t('answer.data')}</h2>
      <p class={kind === 'ok' ? '' : kind}>
        <Shape kind={kind} />{' '}
        {o.tags.ok === o.tags.total ? t('answer.all_good', { total }) : t('answer.some_bad', { ok: fixed(o.tags.ok, 0, lang), total })}
      </p>
      {down > 0 && <p class="small">{t('answer.sources_down', { n: down, total: down + late + ok })}</p>}
      {o.balance.accused !== null && <p class="small">{accusedText(t, o.balance)}</p>}
      {o.tags.without_source > 0 && <p class="small quiet">{t('answer.unsourced', { n: o.tags.without_source })}</p>}
    </a>
  )
}
