// SPDX-License-Identifier: Apache-2.0
// A number is never without its unit and uncertainty; findings say what, what it costs and what to do.
import type { Amount, Finding, PlantInstrument } from '../api/client'
import { currencyOf, money, shownSi, type Shown } from '../lib/format'
import { href } from '../lib/route'
import type { Unit } from '../lib/units'
import type { Key } from '../text/en'
import { Shape } from './notices'
import { useApp } from './state'

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

/** An SI number in the unit people read. */
export function SiNum({
  value,
  sd = null,
  unit,
  about = '',
  as,
  big = false,
}: {
  value: number | null
  sd?: number | null
  unit: string
  about?: string
  as?: Unit | undefined
  big?: boolean
}) {
  const { lang } = useApp()
  return <Num of={shownSi(value, sd, unit, about, lang, as)} big={big} />
}

/** "¥6,200 ± ¥900"; empty where it has no price. `times` turns a year's into a day's. */
export function Money({ of, times = 1 }: { of: Amount; times?: number }) {
  const { lang, t } = useApp()
  const currency = currencyOf(of.unit)
  if (of.value === null || currency === null) return <span class="quiet">{t('price.none')}</span>
  const sd = of.sd === null ? null : of.sd * times
  return (
    <span class="number">
      {money(of.value * times, sd, currency, lang)}
      {sd !== null && sd > 0 && <small> ± {money(sd, sd, currency, lang)}</small>}
    </span>
  )
}

const SEVERITY = { info: 'none', warning: 'warn', critical: 'bad' } as const

export function FindingItem({ f, evidence = true }: { f: Finding; evidence?: boolean }) {
  const { lang, t } = useApp()
  const currency = currencyOf(f.cost_per_day.unit)
  return (
    <li class={`finding ${f.severity}`}>
      <p class="title">
        <Shape kind={SEVERITY[f.severity]} /> <span class={SEVERITY[f.severity]}>{t(`severity.${f.severity}`)}</span>{' '}
        <strong>{f.title}</strong>
        {f.cost_per_day.value !== null && currency && (
          <span class="cost"> {t('per_day', { money: money(f.cost_per_day.value, f.cost_per_day.sd, currency, lang) })}</span>
        )}
      </p>
      {f.next && <p class="quiet">{t('attention.next', { text: f.next })}</p>}
      {evidence && (f.evidence.length > 0 || f.path !== '') && (
        <details>
          <summary>{t('findings.evidence')}</summary>
          <ul class="evidence">
            {f.path !== '' && (
              <li>
                <a href={href('balance', { find: f.path })}>{f.path}</a>
              </li>
            )}
            {f.evidence.map((e, i) => (
              <li key={i}>
                {e.text}: <SiNum value={e.value} sd={e.sd} unit={e.unit} about={e.path} />{' '}
                {e.path !== f.path && <span class="quiet">{e.path}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

const VERDICT = { agrees: 'ok', wrong: 'bad', one_of_several: 'bad', doubtful: 'warn', unchecked: 'none', not_used: 'none' } as const

export function Verdict({ of }: { of: PlantInstrument }) {
  const { t } = useApp()
  if (of.verdict === null) return <span class="quiet">{t('not_known')}</span>
  const why = of.why_not !== null && `why_not.${of.why_not}`
  return (
    <span class={`nowrap ${VERDICT[of.verdict]}`}>
      <Shape kind={VERDICT[of.verdict]} /> {t(`verdict.${of.verdict}`)}
      {why && <span class="quiet"> ({t(why as Key)})</span>}
    </span>
  )
}

export function Health({ of }: { of: 'ok' | 'late' | 'down' }) {
  const { t } = useApp()
  const kind = ({ ok: 'ok', late: 'warn', down: 'bad' } as const)[of]
  return (
    <span class={`nowrap ${kind}`}>
      <Shape kind={kind} /> {t(`health.${of}`)}
    </span>
  )
}
