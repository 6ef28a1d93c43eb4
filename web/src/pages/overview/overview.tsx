// SPDX-License-Identifier: Apache-2.0
// The first page: is it all right, if not where, since when, what does it cost.
import { useState } from 'preact/hooks'
import { ApiError, curves, plant, reconcileNow, type Overview } from '../../api/client'
import { avoidablePerDay, mainEnergy, tiles } from '../../lib/answers'
import { fixed, money, sentence, shownLike, shownSi } from '../../lib/format'
import { href } from '../../lib/route'
import { accusedText, Age, AgainstYesterday, Closes } from '../../components/balance_state'
import { useOverview } from '../../components/frame'
import { errorText, Load, Shape } from '../../components/notices'
import { useApp, useLoaded } from '../../components/state'
import { Spark } from '../../components/spark'
import { When } from '../../components/time'
import { FindingItem, Num } from '../../components/value'
import { LoadToday } from './load_today'
import { Picture } from './picture'
import { serverNow } from '../../api/client'
import { sayCode } from '../../text/words'

export function OverviewPage() {
  const { lang, t } = useApp()
  const o = useOverview()
  const p = useLoaded((s) => plant(lang, s), [lang], { on: ['reconciliation'] })
  return (
    <Load of={o} what="wait.overview">
      {(overview) => (
        <>
          <Answers o={overview} />
          <Age />
          <div class={p.data && p.data.drawing.down ? 'overview tall' : 'overview'}>
            <section aria-labelledby="picture">
              <h2 id="picture">{t('picture')}</h2>
              <Load of={p} what="wait.plant">
                {(data) => <Picture plant={data} findings={overview.attention} />}
              </Load>
            </section>
            <div class="aside">
              <section aria-labelledby="attention" class="attention">
                <h2 id="attention">{t('attention')}</h2>
                {overview.attention.length === 0 ? (
                  <p class="quiet">{t('attention.none')}</p>
                ) : (
                  <ol>
                    {overview.attention.map((f, i) => (
                      <FindingItem key={`${f.code} ${f.path} ${i}`} f={f} />
                    ))}
                  </ol>
                )}
              </section>
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

function Answers({ o }: { o: Overview }) {
  const { lang, t } = useApp()
  const energy = mainEnergy(o)
  const avoid = avoidablePerDay(o.attention)
  const not = (name: 'safe' | 'on_grade' | 'policy' | 'difficulties') => (
    <div class="answer unwatched">
      <h2>{t(`answer.${name}`)}</h2>
      <p class="quiet" title={t(`answer.not_watched.${name}`)}>
        <Shape kind="none" /> {t('answer.not_watched')}
      </p>
      <p class="quiet small">{t(`answer.not_watched.${name}`)}</p>
    </div>
  )
  const down = o.sources.down
  const kind = o.tags.down > 0 || down > 0 ? 'bad' : o.tags.late > 0 || (o.balance.accused ?? 0) > 0 ? 'warn' : 'ok'
  return (
    <div class="answers">
      {not('safe')}
      {not('on_grade')}
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
      {not('policy')}
      {not('difficulties')}
      <a class="answer" href={href('sources')}>
        <h2>{t('answer.data')}</h2>
        <p class={kind === 'ok' ? '' : kind}>
          <Shape kind={kind} />{' '}
          {o.tags.ok === o.tags.total
            ? t('answer.all_good', { total: fixed(o.tags.total, 0, lang) })
            : t('answer.some_bad', { ok: fixed(o.tags.ok, 0, lang), total: fixed(o.tags.total, 0, lang) })}
        </p>
        {down > 0 && <p class="small">{t('answer.sources_down', { n: down, total: down + o.sources.late + o.sources.ok })}</p>}
        {o.balance.accused !== null && <p class="small">{accusedText(t, o.balance)}</p>}
        {o.tags.without_source > 0 && <p class="small quiet">{t('answer.unsourced', { n: o.tags.without_source })}</p>}
      </a>
    </div>
  )
}

const WEEK = 7 * 86_400_000

function EnergyNow({ o }: { o: Overview }) {
  const { lang, t } = useApp()
  const names = tiles(o)
  // Drawn hourly is enough for a week; asked again every ten minutes.
  const week = useLoaded(
    (s) => {
      const to = serverNow()
      return curves(
        names.flatMap((n) => [`indicator:${n}`, `indicator_sd:${n}`]),
        to - WEEK,
        to,
        336,
        s,
      )
    },
    [names.join()],
    { everySeconds: 600 },
  )
  const curve = (name: string) => week.data?.find((c) => c.tag === name)
  if (names.length === 0) return null
  return (
    <section aria-labelledby="energy">
      <h2 id="energy">{t('energy_now')}</h2>
      <div class="tiles">
        {names.map((name) => {
          const now = o.indicators[name]!
          const before = o.day_before[name]
          const s = shownSi(now.value, now.sd, now.unit, name, lang)
          return (
            <a class="tile" key={name} href={href('trends', { tag: `indicator:${name}` })}>
              <p class="what">{sayCode(t, 'indicator', name)}</p>
              <Num of={s} big />
              <p class="small quiet">
                {t('indicator.day_before')}: {sentence(shownLike(before?.value, now, name, lang)) || t('not_known')}
              </p>
              <Spark
                curve={curve(`indicator:${name}`)}
                sd={curve(`indicator_sd:${name}`)}
                from={serverNow() - WEEK}
                to={serverNow()}
                label={`${sayCode(t, 'indicator', name)}, ${t('energy_now.week')}`}
              />
            </a>
          )
        })}
      </div>
    </section>
  )
}

function BalanceNow({ o }: { o: Overview }) {
  const { lang, t, session } = useApp()
  const b = o.balance
  const overview = useOverview()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const may = session?.role !== null && session?.role !== 'viewer'
  const now = (): void => {
    setBusy(true)
    setError(null)
    reconcileNow(lang)
      .then(overview.again, (e: unknown) => setError(e instanceof ApiError ? e : new ApiError(0, String(e))))
      .finally(() => setBusy(false))
  }
  return (
    <section aria-labelledby="balance">
      <h2 id="balance">{t('balance_now')}</h2>
      <Closes b={b} />
      <dl class="facts">
        <dt>{t('balance.window')}</dt>
        <dd>
          {b.from && b.to ? (
            <>
              <When ms={b.from} /> – <When ms={b.to} />
            </>
          ) : (
            t('none')
          )}
        </dd>
        <dt>{t('balance.made')}</dt>
        <dd>{b.made ? <When ms={b.made} /> : t('source.never')}</dd>
        <dt>{t('balance.last_attempt')}</dt>
        <dd>
          {b.not_reconciled
            ? t('balance.last_attempt.failed', { why: t(`why.${b.not_reconciled}`) })
            : b.made
              ? t('balance.last_attempt.good')
              : t('none')}
        </dd>
        {b.instruments !== null && (
          <>
            <dt>{t('balance.checked')}</dt>
            <dd>{t('balance.of', { n: b.checked ?? 0, total: b.instruments })}</dd>
            <dt>{t('balance.accused')}</dt>
            <dd>
              <a href={href('balance', { verdict: 'wrong' })}>{b.accused}</a>
            </dd>
          </>
        )}
      </dl>
      {may && (
        <button type="button" disabled={busy} onClick={now}>
          {busy ? t('balance.now_busy') : t('balance.now_button')}
        </button>
      )}
      {error && <p role="alert">{errorText(t, error)}</p>}
    </section>
  )
}
