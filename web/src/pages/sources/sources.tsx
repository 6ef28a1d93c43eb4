// SPDX-License-Identifier: Apache-2.0
// Whether data come in: each source, each instrument with its last error, and the ledger of gaps.
import { useMemo, useState } from 'preact/hooks'
import { gaps, serverNow, sources, tags as askTags, type Sources, type Tag } from '../../api/client'
import { fixed, shownSi } from '../../lib/format'
import { href } from '../../lib/route'
import { healthOf } from '../../lib/health'
import { fits } from '../../lib/sort'
import { span } from '../../lib/time'
import { parseUnit, prettyUnit } from '../../lib/units'
import { Load, Shape } from '../../components/notices'
import { useApp, useLatest, useLoaded } from '../../components/state'
import { Table } from '../../components/table'
import { When } from '../../components/time'
import { Health } from '../../components/value'

const WORST = { down: 0, late: 1, ok: 2 }

export function SourcesPage() {
  const loaded = useLoaded((s) => sources(s), [], { on: ['sources'], everySeconds: 10 })
  return (
    <>
      <Load of={loaded} what="wait.sources">
        {(data) => (
          <>
            <Answer s={data} />
            <SourceTable s={data} />
            <TagTable s={data} />
          </>
        )}
      </Load>
      <GapLedger />
    </>
  )
}

/** Whether data come in; if not, how many are missing and since when. */
function Answer({ s }: { s: Sources }) {
  const { lang, t } = useApp()
  const h = healthOf(s.sources)
  const kind = h.sources.down + h.tags.down > 0 ? 'bad' : h.sources.late + h.tags.late > 0 ? 'warn' : 'ok'
  const n = (x: number): string => fixed(x, 0, lang)
  if (s.sources.length === 0) return null
  return (
    <p class={kind === 'ok' ? 'answer-line' : `answer-line ${kind}`}>
      <span>
        <Shape kind={kind} />{' '}
        {kind === 'ok'
          ? t('sources.all_ok', { n: n(h.sources.ok), tags: n(h.tags.ok) })
          : t('sources.not_ok', {
              down: n(h.sources.down),
              late: n(h.sources.late),
              n: n(s.sources.length),
              tags_down: n(h.tags.down),
              tags_late: n(h.tags.late),
              tags: n(h.tags.down + h.tags.late + h.tags.ok),
            })}
      </span>
      {h.silentSince !== null && (
        <span>
          {t('sources.silent_since')} <When ms={h.silentSince} />
        </span>
      )}
    </p>
  )
}

function SourceTable({ s }: { s: Sources }) {
  const { lang, t } = useApp()
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">{t('sources.heading')}</h2>
      <Table
        label={t('sources.heading')}
        rows={s.sources}
        id={(x) => x.name}
        empty={t('source.none')}
        rowClass={(x) => (x.health === 'down' ? 'abnormal' : '')}
        columns={[
          { key: 'name', head: t('source.name'), by: (x) => x.name, cell: (x) => x.name },
          { key: 'health', head: t('source.health'), by: (x) => WORST[x.health], cell: (x) => <Health of={x.health} /> },
          { key: 'last', head: t('source.last'), by: (x) => x.last, cell: (x) => <When ms={x.last} /> },
          {
            key: 'error',
            head: t('source.error'),
            by: (x) => x.last_error_at,
            cell: (x) =>
              x.last_error ? (
                <>
                  {x.last_error}{' '}
                  {x.last_error_at && (
                    <span class="quiet">
                      (<When ms={x.last_error_at} />)
                    </span>
                  )}
                </>
              ) : (
                <span class="quiet">{t('none')}</span>
              ),
          },
          { key: 'tags', head: t('source.tags'), number: true, by: (x) => x.tags.length, cell: (x) => fixed(x.tags.length, 0, lang) },
          { key: 'readings', head: t('source.readings'), number: true, by: (x) => x.readings, cell: (x) => fixed(x.readings, 0, lang) },
          { key: 'rejected', head: t('source.rejected'), number: true, by: (x) => x.rejected, cell: (x) => fixed(x.rejected, 0, lang) },
          { key: 'lost', head: t('source.lost'), number: true, by: (x) => x.lost, cell: (x) => fixed(x.lost, 0, lang) },
        ]}
      />
    </section>
  )
}

const MOST_ROWS = 200 // drawn at once; the filter narrows

function TagTable({ s }: { s: Sources }) {
  const { lang, t, route } = useApp()
  const [filter, setFilter] = useState(route.query.get('find') ?? '')
  const [health, setHealth] = useState(route.query.get('health') ?? '')
  const list = useLoaded((signal) => askTags(signal), [], { everySeconds: 600 })
  const about = useMemo(() => new Map<string, Tag>((list.data?.tags ?? []).map((x) => [x.name, x])), [list.data])
  const all = s.sources.flatMap((x) => x.tags.map((tag) => ({ ...tag, source: x.name })))
  const rows = all
    .filter((x) => fits(filter, x.name, x.source, x.last_error, about.get(x.name)?.of ?? '') && (health === '' || x.health === health))
    .sort((a, b) => WORST[a.health] - WORST[b.health])
  const shown = rows.slice(0, MOST_ROWS)
  const latest = useLatest(shown.map((x) => x.name))
  const value = (name: string): string => {
    const v = latest.get(name)
    if (!v || v.value === null) return v?.not_finite ? t(`value.${v.not_finite}`) : ''
    if (typeof v.value !== 'number') return String(v.value)
    const unit = parseUnit(about.get(name)?.unit ?? v.unit, v.unit)
    const x = shownSi(
      v.value,
      null,
      v.unit,
      about.get(name)?.of ?? '',
      lang,
      about.get(name)?.si_unit && unit ? unit : { code: v.unit, scale: 1, offset: 0 },
    )
    return `${x.value} ${prettyUnit(x.unit)}`.trim()
  }
  return (
    <section aria-labelledby="tags">
      <h2 id="tags">{t('tags.heading')}</h2>
      <div class="filters">
        <label>
          {t('table.filter')}{' '}
          <input type="search" value={filter} placeholder={t('table.filter_hint')} onInput={(e) => setFilter(e.currentTarget.value)} />
        </label>
        <label>
          {t('source.health')}{' '}
          <select value={health} onChange={(e) => setHealth(e.currentTarget.value)}>
            <option value="">{t('source.all')}</option>
            {(['down', 'late', 'ok'] as const).map((h) => (
              <option key={h} value={h}>
                {t(`health.${h}`)} ({all.filter((x) => x.health === h).length})
              </option>
            ))}
          </select>
        </label>
        <span class="quiet" role="status">
          {t('table.rows', { n: shown.length, total: all.length })}
        </span>
      </div>
      <Table
        label={t('tags.heading')}
        rows={shown}
        id={(x) => `${x.source} ${x.name}`}
        rowClass={(x) => (x.health === 'down' ? 'abnormal' : '')}
        columns={[
          {
            key: 'name',
            head: t('instrument.tag'),
            by: (x) => x.name,
            cell: (x) => <a href={href('trends', { tag: x.name })}>{x.name}</a>,
          },
          { key: 'of', head: t('instrument.of'), by: (x) => about.get(x.name)?.of ?? null, cell: (x) => about.get(x.name)?.of ?? '' },
          { key: 'source', head: t('source.name'), by: (x) => x.source, cell: (x) => x.source },
          { key: 'health', head: t('source.health'), by: (x) => WORST[x.health], cell: (x) => <Health of={x.health} /> },
          { key: 'value', head: `○ ${t('tags.value')}`, number: true, cell: (x) => value(x.name) },
          {
            key: 'quality',
            head: t('quality'),
            cell: (x) => {
              const q = latest.get(x.name)?.quality
              return q && q !== 'good' ? (
                <span class={q === 'bad' ? 'bad' : 'warn'}>
                  {q === 'bad' ? '✕' : '△'} {t(`quality.${q}`)}
                </span>
              ) : q ? (
                t('quality.good')
              ) : (
                ''
              )
            },
          },
          { key: 'last', head: t('source.last'), by: (x) => x.last, cell: (x) => <When ms={x.last} /> },
          {
            key: 'error',
            head: t('source.error'),
            by: (x) => x.last_error,
            cell: (x) => x.last_error ?? <span class="quiet">{t('none')}</span>,
          },
        ]}
      />
    </section>
  )
}

const LOOK_BACK = { '8h': 8, '1d': 24, '7d': 168, '30d': 720 } as const

function GapLedger() {
  const { lang, t } = useApp()
  const [back, setBack] = useState<keyof typeof LOOK_BACK>('1d')
  const loaded = useLoaded(
    (s) => {
      const now = serverNow()
      return gaps(now - LOOK_BACK[back] * 3_600_000, now, s)
    },
    [back],
    { on: ['sources'] },
  )
  const length = (g: { from: string; to: string | null }): number => ((g.to ? Date.parse(g.to) : serverNow()) - Date.parse(g.from)) / 1000
  return (
    <section aria-labelledby="gaps">
      <h2 id="gaps">{t('gaps')}</h2>
      <p class="caption">{t('gaps.caption')}</p>
      <div class="filters">
        <span role="group" aria-label={t('gaps.range')} class="pair">
          {(Object.keys(LOOK_BACK) as (keyof typeof LOOK_BACK)[]).map((k) => (
            <button type="button" key={k} aria-pressed={k === back} onClick={() => setBack(k)}>
              {t(`range.${k}`)}
            </button>
          ))}
        </span>
      </div>
      <Load of={loaded} what="wait.gaps">
        {(data) => (
          <>
            {data.gaps.length > MOST_ROWS && (
              <p class="caption">{t('gaps.more', { n: MOST_ROWS, total: fixed(data.gaps.length, 0, lang) })}</p>
            )}
            <Table
              label={t('gaps')}
              rows={data.gaps.slice(-MOST_ROWS).reverse()}
              id={(g) => `${g.tag} ${g.from}`}
              empty={t('gaps.none')}
              columns={[
                {
                  key: 'tag',
                  head: t('instrument.tag'),
                  by: (g) => g.tag,
                  cell: (g) => <a href={href('trends', { tag: g.tag })}>{g.tag}</a>,
                },
                { key: 'from', head: t('gaps.from'), by: (g) => g.from, cell: (g) => <When ms={g.from} /> },
                {
                  key: 'to',
                  head: t('gaps.to'),
                  by: (g) => g.to,
                  cell: (g) => (g.to ? <When ms={g.to} /> : <span class="warn">{t('gaps.open')}</span>),
                },
                { key: 'length', head: t('gaps.length'), number: true, by: length, cell: (g) => span(length(g), lang) },
                { key: 'why', head: t('gaps.why'), by: (g) => g.why, cell: (g) => g.why },
              ]}
            />
          </>
        )}
      </Load>
    </section>
  )
}
