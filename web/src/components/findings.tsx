// SPDX-License-Identifier: Apache-2.0
// Findings, worst first: what is wrong, what it costs, what to do, and the evidence one click away.
import type { Finding } from '../api/schemas'
import { serverNow } from '../api/server_clock'
import { currencyOf, money } from '../lib/format'
import { href } from '../lib/route'
import { stopSentences } from '../lib/stops'
import { useApp } from '../state/app'
import { useOverview } from '../state/overview'
import { cellHref } from './cell_state'
import { SiNum } from './number'
import { Prose } from './prose'
import { Shape } from './shape'
import './findings.css'

const SEVERITY = { info: 'none', warning: 'warn', critical: 'bad' } as const

/** `none` is said where there are none. */
export function Findings({ of, none }: { of: readonly Finding[]; none: string }) {
  if (of.length === 0) return <p class="quiet">{none}</p>
  return (
    <ol class="findings">
      {of.map(
        (f, i) =>
          f.follows || (
            <li key={`${f.code} ${f.path} ${i}`} class={`finding ${f.severity}`}>
              <Title f={f} />
              <Stops f={f} />
              <Next f={f} />
              <InTrends f={f} />
              {of[i + 1]?.follows && <Following of={of.filter((other) => other.follows)} />}
              {(f.evidence.length > 0 || f.path !== '') && <Evidence f={f} />}
            </li>
          ),
      )}
    </ol>
  )
}

function Title({ f }: { f: Finding }) {
  const { lang, t } = useApp()
  const { value, sd, unit } = f.cost_per_day
  const currency = currencyOf(unit)
  return (
    <p class="title">
      <Shape kind={SEVERITY[f.severity]} /> <span class={SEVERITY[f.severity]}>{t(`severity.${f.severity}`)}</span>{' '}
      <strong>
        <Prose text={f.title} />
      </strong>
      {value !== null && currency && (
        <span class="cost">
          {' '}
          {t(f.balances_open || f.rests_on.length > 0 ? 'findings.cost.if_so' : 'per_day', { money: money(value, sd, currency, lang) })}
        </span>
      )}
    </p>
  )
}

/** What is not there without the finding that it stands in. */
function Following({ of }: { of: readonly Finding[] }) {
  const { t } = useApp()
  return (
    <details>
      <summary>{t('findings.follows')}</summary>
      <ul class="evidence">
        {of.map((f, i) => (
          <li key={i}>
            <Prose text={f.title} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function Stops({ f }: { f: Finding }) {
  const { lang, t } = useApp()
  if (f.stops.length === 0) return null
  return (
    <p>
      <Prose text={stopSentences(f.stops, { t, lang, now: serverNow() }).join(t('sentence.gap'))} />
    </p>
  )
}

function Next({ f }: { f: Finding }) {
  const { t } = useApp()
  return f.next ? (
    <p class="quiet">
      <Prose text={t('attention.next', { text: f.next })} />
    </p>
  ) : null
}

/** Straight to the tags and the time that show it: the newest balance, and what was before. */
function InTrends({ f }: { f: Finding }) {
  const { t } = useApp()
  const balance = useOverview().data?.balance
  if (f.tags.length === 0 || !balance?.from || !balance.to) return null
  const [from, to] = [Date.parse(balance.from), Date.parse(balance.to)]
  const range = { from: String(from - 3 * (to - from)), to: String(to) }
  return (
    <p class="small">
      <a href={href('trends', { tag: f.tags, ...range })}>{t('findings.in_trends')}</a>
    </p>
  )
}

/** Where more is said of what a finding is about. */
const placeOf = (f: Finding): string => (f.code.startsWith('cell_') ? cellHref(f.path) : href('balance', { find: f.path }))

function Evidence({ f }: { f: Finding }) {
  const { t } = useApp()
  return (
    <details>
      <summary>{t('findings.evidence')}</summary>
      <ul class="evidence">
        {f.path !== '' && (
          <li>
            <a href={placeOf(f)}>{f.path}</a>
          </li>
        )}
        {f.evidence.map((e, i) => (
          <li key={i}>
            <Prose text={e.text} />: <SiNum value={e.value} sd={e.sd} unit={e.unit} about={e.path} />{' '}
            {e.path !== f.path && <span class="quiet">{e.path}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}
