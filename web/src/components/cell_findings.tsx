// SPDX-License-Identifier: Apache-2.0
// Findings about cells, worst first: which, of what, since when, what it costs, what to do; the evidence one click away.
import type { CellFinding } from '../api/schemas'
import { serverNow } from '../api/server_clock'
import { currencyOf, fixed, money } from '../lib/format'
import { minute, whole } from '../lib/time'
import { useApp } from '../state/app'
import { cellHref } from './cell_state'
import { Prose } from './prose'
import { Shape } from './shape'
import './findings.css'

const SEVERITY = { info: 'none', warning: 'warn', critical: 'bad' } as const

export function CellFindings({ of, none }: { of: readonly CellFinding[]; none: string }) {
  const { t } = useApp()
  if (of.length === 0) return <p class="quiet">{none}</p>
  return (
    <ol class="findings">
      {of.map((f) => (
        <li key={`${f.cell} ${f.since} ${f.detected}`} class={`finding ${f.severity}`}>
          <p class="title">
            <Shape kind={SEVERITY[f.severity]} /> <span class={SEVERITY[f.severity]}>{t(`severity.${f.severity}`)}</span>{' '}
            <strong>
              <a class="plain" href={cellHref(f.cell)}>
                <Prose text={f.title} />
              </a>
            </strong>
            <span class="cost">
              <SinceAndCost f={f} />
            </span>
          </p>
          {f.advice && (
            <p class="quiet">
              <Prose text={t('attention.next', { text: f.advice })} />
            </p>
          )}
          <details>
            <summary>{t('findings.evidence')}</summary>
            <CellEvidence f={f} />
          </details>
        </li>
      ))}
    </ol>
  )
}

/** "since 07:41, ¥12 a day"; of what is over, also until when; a price only where it is surely one. */
export function SinceAndCost({ f }: { f: CellFinding }) {
  const { lang, t } = useApp()
  const at = (time: string): string => minute(Date.parse(time), serverNow())
  const times = f.ended === null ? t('unit.since', { time: at(f.since) }) : t('room.from_to', { from: at(f.since), to: at(f.ended) })
  const cost = f.cost_per_day
  const currency = cost && cost.value !== null && cost.value > 2 * (cost.sd ?? 0) ? currencyOf(cost.unit) : null
  return (
    <>
      <span title={whole(Date.parse(f.since))}>{times}</span>
      {cost?.value != null && currency && (
        <>
          {t('list.gap')}
          {t('per_day', { money: money(cost.value, cost.sd, currency, lang) })}
        </>
      )}
    </>
  )
}

/** What was seen, what else it may be, and what would tell. */
export function CellEvidence({ f }: { f: CellFinding }) {
  const { lang, t } = useApp()
  return (
    <ul class="evidence">
      {f.evidence.map((e, i) => (
        <li key={i}>
          <Prose text={e.text} />
        </li>
      ))}
      {f.alternatives.length > 0 && (
        <li>
          {t('room.or', { causes: f.alternatives.map((a) => `${a.text} ${fixed(100 * a.probability, 0, lang)} %`).join(t('list.gap')) })}
        </li>
      )}
      {f.test_text && (
        <li>
          <Prose text={t('room.would_tell', { text: f.test_text })} />
        </li>
      )}
    </ul>
  )
}
