// SPDX-License-Identifier: Apache-2.0
// Any tags over any time, from seconds to years: measured and reconciled together, with their quality.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { curves, gaps, historyCsv, serverNow, tags as askTags, type Tag } from '../../api/client'
import { href, type Route } from '../../lib/route'
import { fromInput, moved, toInput, when, within, zoomed, type Range } from '../../lib/time'
import { errorText, Load } from '../../components/notices'
import { useApp, useLatest, useLoaded } from '../../components/state'
import { Behind } from '../../components/table'
import { useAct } from '../administration/act'
import { Chart, typeScale } from './chart'
import { Legend, ReadingsTable } from './legend'
import { MOST_TAGS, namesToAsk, panelsOf, wantedOf } from './model'
import { Picker } from './picker'

const LENGTHS = {
  '5min': 300,
  '1h': 3600,
  '8h': 28_800,
  '1d': 86_400,
  '7d': 604_800,
  '30d': 2_592_000,
  '1a': 31_536_000,
  '5a': 157_680_000,
} as const
const POINTS = 800 // about one a pixel
const MOST_STEPS_BACK = 30

function rangeOf(route: Route): Range {
  const now = serverNow()
  const from = Number(route.query.get('from'))
  const to = Number(route.query.get('to'))
  if (from > 0 && to > from) return within({ from, to, follows: false }, now)
  const last = Number(route.query.get('last')) || LENGTHS['8h']
  return { from: now - last * 1000, to: now, follows: true }
}

export function Trends() {
  const list = useLoaded((s) => askTags(s), [], { everySeconds: 600 })
  return (
    <Load of={list} what="wait.tags">
      {(data) => <TrendsOf tags={data.tags} />}
    </Load>
  )
}

function TrendsOf({ tags }: { tags: Tag[] }) {
  const { t, route } = useApp()
  const [chosen, setChosen] = useState<string[]>(() =>
    route.query
      .getAll('tag')
      .filter((n) => tags.some((x) => x.name === n))
      .slice(0, MOST_TAGS),
  )
  const [range, setRange] = useState<Range>(() => rangeOf(route))
  const [withReconciled, setWith] = useState(true)
  const back = useRef<Range[]>([])
  const go = (next: Range): void => {
    back.current = [...back.current, range].slice(-MOST_STEPS_BACK)
    setRange(next)
  }
  const goBack = (): void => {
    const before = back.current.pop()
    if (before) setRange(before.follows ? zoomed({ ...before, to: serverNow() }, 1, 1, serverNow()) : before)
  }
  useEffect(() => {
    const span: Record<string, string> = range.follows
      ? { last: String(Math.round((range.to - range.from) / 1000)) }
      : { from: String(Math.round(range.from)), to: String(Math.round(range.to)) }
    history.replaceState(null, '', href('trends', { tag: chosen, ...span }))
  }, [chosen, range])
  const toggle = (name: string): void =>
    setChosen((c) => (c.includes(name) ? c.filter((x) => x !== name) : [...c, name].slice(0, MOST_TAGS)))
  const known = useMemo(() => new Map(tags.map((x) => [x.name, x])), [tags])
  const wanted = useMemo(() => wantedOf(chosen, known, withReconciled), [chosen, known, withReconciled])
  return (
    <div class="trends">
      <Picker tags={tags} chosen={chosen} onToggle={toggle} />
      <div class="panels">
        <Toolbar range={range} go={go} names={namesToAsk(wanted)} withReconciled={withReconciled} setWith={setWith} />
        {wanted.length === 0 ? (
          <p class="quiet">{t('trends.empty')}</p>
        ) : (
          <Panels wanted={wanted} range={range} go={go} goBack={goBack} onRemove={toggle} />
        )}
      </div>
    </div>
  )
}

function Toolbar({
  range,
  go,
  names,
  withReconciled,
  setWith,
}: {
  range: Range
  go: (r: Range) => void
  names: string[]
  withReconciled: boolean
  setWith: (b: boolean) => void
}) {
  const { t } = useApp()
  const csv = useAct()
  const now = serverNow()
  const length = Math.round((range.to - range.from) / 1000)
  const save = (): void =>
    csv.run(async () => {
      const blob = await historyCsv(names, range.from, range.to, 10_000)
      const link = document.createElement('a')
      link.href = URL.createObjectURL(blob)
      link.download = `castner-${toInput(range.from).replace(/:/g, '')}.csv`
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
    })
  const edge = (which: 'from' | 'to', text: string): void => {
    const ms = fromInput(text)
    if (ms === null) return
    const next = { ...range, [which]: ms }
    if (next.to > next.from) go(within({ ...next, follows: false }, now))
  }
  return (
    <>
      <div class="toolbar" role="toolbar" aria-label={t('trends.range')}>
        <span role="group" aria-label={t('trends.range')} class="pair">
          {(Object.keys(LENGTHS) as (keyof typeof LENGTHS)[]).map((k) => (
            <button
              type="button"
              key={k}
              aria-pressed={range.follows && length === LENGTHS[k]}
              onClick={() => go({ from: serverNow() - LENGTHS[k] * 1000, to: serverNow(), follows: true })}
            >
              {t(`range.${k}`)}
            </button>
          ))}
        </span>
        <span class="pair">
          <button
            type="button"
            title={t('trends.earlier')}
            aria-label={t('trends.earlier')}
            onClick={() => go(moved(range, -0.5, serverNow()))}
          >
            ◂
          </button>
          <button
            type="button"
            title={t('trends.zoom_in')}
            aria-label={t('trends.zoom_in')}
            onClick={() => go(zoomed(range, 0.5, range.follows ? 1 : 0.5, serverNow()))}
          >
            +
          </button>
          <button
            type="button"
            title={t('trends.zoom_out')}
            aria-label={t('trends.zoom_out')}
            onClick={() => go(zoomed(range, 2, range.follows ? 1 : 0.5, serverNow()))}
          >
            −
          </button>
          <button
            type="button"
            title={t('trends.later')}
            aria-label={t('trends.later')}
            disabled={range.follows}
            onClick={() => go(moved(range, 0.5, serverNow()))}
          >
            ▸
          </button>
          <button
            type="button"
            aria-pressed={range.follows}
            onClick={() => go({ from: serverNow() - length * 1000, to: serverNow(), follows: true })}
          >
            {t('trends.now')}
          </button>
        </span>
        <label>
          {t('trends.from')}{' '}
          <input type="datetime-local" step="1" value={toInput(range.from)} onChange={(e) => edge('from', e.currentTarget.value)} />
        </label>
        <label>
          {t('trends.to')}{' '}
          <input type="datetime-local" step="1" value={toInput(range.to)} onChange={(e) => edge('to', e.currentTarget.value)} />
        </label>
        <label>
          <input type="checkbox" checked={withReconciled} onChange={(e) => setWith(e.currentTarget.checked)} />{' '}
          {t('trends.with_reconciled')}
        </label>
        <button type="button" disabled={names.length === 0 || csv.busy} onClick={save}>
          {t('trends.csv')}
        </button>
      </div>
      {csv.error && (
        <p role="alert" class="bad">
          {errorText(t, csv.error)}
        </p>
      )}
    </>
  )
}

/** How often a chart that follows now is asked again: a three-hundredth of its length, 1 s to 1 min. */
const pace = (r: Range): number | null => (r.follows ? Math.min(60, Math.max(1, (r.to - r.from) / 300_000)) : null)

function Panels({
  wanted,
  range,
  go,
  goBack,
  onRemove,
}: {
  wanted: ReturnType<typeof wantedOf>
  range: Range
  go: (r: Range) => void
  goBack: () => void
  onRemove: (name: string) => void
}) {
  const { t, lang } = useApp()
  const names = namesToAsk(wanted)
  const length = range.to - range.from
  const [cursor, setCursor] = useState<number | null>(null)
  const latest = useLatest(wanted.flatMap((w) => [w.tag.name, w.sd].filter((n) => n !== null)))
  const loaded = useLoaded(
    async (signal) => {
      const to = range.follows ? serverNow() : range.to
      const from = to - length
      const [c, g] = await Promise.all([curves(names, from, to, POINTS, signal), gaps(from, to, signal, names)])
      return { wanted, panels: panelsOf(wanted, c, g.gaps), range: { from, to, follows: range.follows } }
    },
    [names.join('\n'), range.follows ? length : range.from, range.follows ? 0 : range.to],
    { everySeconds: pace(range) },
  )
  // Until the answer is here the old lines are shown at the new place; then its own range, which moves on with now.
  const data = loaded.data
  const shownRange =
    data && data.range.follows === range.follows && data.range.to - data.range.from === length && range.follows ? data.range : range
  const keys = (e: KeyboardEvent): void => {
    const now = serverNow()
    const step = length / 1000 / 100
    const act: Record<string, () => void> = {
      ArrowLeft: () =>
        e.shiftKey ? setCursor((c) => Math.max(shownRange.from / 1000, (c ?? shownRange.to / 1000) - step)) : go(moved(range, -0.25, now)),
      ArrowRight: () =>
        e.shiftKey ? setCursor((c) => Math.min(shownRange.to / 1000, (c ?? shownRange.from / 1000) + step)) : go(moved(range, 0.25, now)),
      '+': () => go(zoomed(range, 0.5, range.follows ? 1 : 0.5, now)),
      '=': () => go(zoomed(range, 0.5, range.follows ? 1 : 0.5, now)),
      '-': () => go(zoomed(range, 2, range.follows ? 1 : 0.5, now)),
      Home: () => go({ from: now - length, to: now, follows: true }),
      Escape: () => setCursor(null),
      Backspace: goBack,
    }
    const f = act[e.key]
    if (!f) return
    e.preventDefault()
    f()
  }
  return (
    <Load of={loaded} what="wait.history" values={{ n: names.length }}>
      {({ panels }) => (
        <>
          {panels.map((p) => (
            <section key={p.unit} class="panel">
              <div class="keys" tabIndex={0} role="group" aria-label={t('trends.keys')} onKeyDown={keys}>
                <Chart
                  panel={p}
                  range={shownRange}
                  cursor={cursor}
                  onCursor={setCursor}
                  onRange={(from, to) => go(within({ from, to: Math.max(to, from + 2000), follows: false }, serverNow()))}
                  onBack={goBack}
                  height={(panels.length > 2 ? 200 : 300) * typeScale()}
                />
              </div>
              {p.drawn.every((d) => d.raw.times.length === 0) && (
                <p class="quiet">
                  {t('trends.no_points', { from: when(shownRange.from, serverNow(), lang), to: when(shownRange.to, serverNow(), lang) })}
                </p>
              )}
              <Legend panel={p} cursor={cursor} latest={latest} now={serverNow()} onRemove={onRemove} />
              {p.drawn.some((d) => d.marks.length > 0) && <p class="small quiet">{t('quality.legend')}</p>}
              {p.drawn.some((d) => d.raw.values.some((v) => typeof v === 'string')) && <p class="small quiet">{t('trends.texts')}</p>}
              <Behind label={t('table.behind')}>{() => <ReadingsTable panel={p} />}</Behind>
            </section>
          ))}
          <p class="small quiet">{t('trends.keys')}</p>
        </>
      )}
    </Load>
  )
}
