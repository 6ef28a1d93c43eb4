// SPDX-License-Identifier: Apache-2.0
// The questions of a shift that have an answer in one row; each of those that have none in a line that says what to do.
import type { CellSummary, Overview, PlantInstrument } from '../../api/schemas'
import { accusedShape, accusedText, AgainstYesterday, AvoidablePerDay } from '../../components/balance_state'
import { countText, shapeOfState, worstState } from '../../components/cell_state'
import { Num } from '../../components/number'
import { Prose } from '../../components/prose'
import { Shape } from '../../components/shape'
import { isAccused } from '../../components/states'
import { mainEnergy } from '../../lib/answers'
import { currencyOf, fixed, money, shownSi } from '../../lib/format'
import { href } from '../../lib/route'
import { useApp } from '../../state/app'
import './answers.css'

const MOST_NAMES = 6
const NOT_WATCHED = ['safe', 'on_grade', 'policy', 'difficulties'] as const

/** @param instruments of the newest balance; empty before it is there */
export function Answers({ o, instruments }: { o: Overview; instruments: readonly PlantInstrument[] }) {
  return (
    <>
      <div class="answers">
        {mainEnergy(o) && <Efficient o={o} />}
        {o.cells && <Cells of={o.cells} />}
        <Data o={o} accused={instruments.filter(isAccused)} />
      </div>
      <ul class="not-set-up small quiet">
        {!mainEnergy(o) && <NotSetUp question="efficient" />}
        {NOT_WATCHED.filter((question) => question !== 'difficulties' || !o.cells).map((question) => (
          <NotSetUp key={question} question={question} />
        ))}
      </ul>
    </>
  )
}

/** A question without an answer is one line that says what to do. */
function NotSetUp({ question }: { question: (typeof NOT_WATCHED)[number] | 'efficient' }) {
  const { t } = useApp()
  return (
    <li>
      <Shape kind="none" /> <b>{t(`answer.${question}`)}</b> {t(`answer.not_set_up.${question}`)}
    </li>
  )
}

function Efficient({ o }: { o: Overview }) {
  const { lang, t } = useApp()
  const energy = mainEnergy(o)
  if (!energy) return null
  return (
    <a class="answer" href={href('energy')}>
      <h2>{t('answer.efficient')}</h2>
      <p>
        <Num of={shownSi(energy.now.value, energy.now.sd, energy.now.unit, energy.name, lang)} big />
      </p>
      <p class="small">{t(`short.${energy.name}`)}</p>
      <p class="small">
        <AvoidablePerDay perDay={o.avoidable_per_day} />
      </p>
      <p class="small quiet">
        <AgainstYesterday of={o} />
      </p>
    </a>
  )
}

/** What is known of difficulties: the cells that are sick, and what they cost. */
function Cells({ of }: { of: CellSummary }) {
  const { lang, t } = useApp()
  const state = worstState(of.states)
  const currency = of.cost_per_day && currencyOf(of.cost_per_day.unit)
  return (
    <a class="answer" href={href('cells')}>
      <h2>{t('answer.difficulties')}</h2>
      <p class={state === 'sick' ? 'bad' : ''}>
        <Shape kind={shapeOfState(state)} /> {countText(t, lang, of.cells, of.states)}
      </p>
      {(of.worst || of.note) && (
        <p class="small">
          <Prose text={of.worst?.title ?? of.note ?? ''} />
        </p>
      )}
      {of.states.sick > 0 && of.cost_per_day?.value != null && currency && (
        <p class="small">
          {t(of.states.sick === 1 ? 'per_day' : 'room.together', {
            money: money(of.cost_per_day.value, of.cost_per_day.sd, currency, lang),
          })}
        </p>
      )}
      {of.learning && <p class="small quiet">{t('room.learning')}</p>}
    </a>
  )
}

/** Two answers, each with its own sign: whether the readings come, and whether the balances believe them. */
function Data({ o, accused }: { o: Overview; accused: readonly PlantInstrument[] }) {
  const { lang, t } = useApp()
  const { ok, late, down } = o.sources
  const kind = o.tags.down > 0 || down > 0 ? 'bad' : o.tags.late > 0 ? 'warn' : 'ok'
  const total = fixed(o.tags.total, 0, lang)
  const named = (i: PlantInstrument) => (i.verdict === 'one_of_several' ? `${i.tag} (${t('verdict.one_of_several')})` : i.tag)
  return (
    <a class="answer" href={href('sources')}>
      <h2>{t('answer.data')}</h2>
      {ok + late + down === 0 ? (
        <p>
          <Shape kind="none" /> {t('answer.pushed')}
        </p>
      ) : (
        <p class={kind === 'ok' ? '' : kind}>
          <Shape kind={kind} />{' '}
          {o.tags.ok === o.tags.total ? t('answer.all_good', { total }) : t('answer.some_bad', { ok: fixed(o.tags.ok, 0, lang), total })}
        </p>
      )}
      {down > 0 && <p class="small">{t('answer.sources_down', { n: down, total: down + late + ok })}</p>}
      {o.balance.accused !== null && (
        <p class={o.balance.accused > 0 ? 'bad' : 'small'}>
          <Shape kind={accusedShape(o.balance)} /> {accusedText(t, o.balance)}
          {accused.length > 0 && ` · ${accused.slice(0, MOST_NAMES).map(named).join(', ')}${accused.length > MOST_NAMES ? ' …' : ''}`}
        </p>
      )}
      {ok + late + down > 0 && o.tags.without_source > 0 && (
        <p class="small quiet">{t('answer.unsourced', { n: o.tags.without_source })}</p>
      )}
    </a>
  )
}
