// SPDX-License-Identifier: Apache-2.0
// What each line is, what it says at the cursor, and the newest reading; and the table behind the chart.
import type { LatestValue } from '../../api/client'
import { sentence, shown } from '../../lib/format'
import { valueAt } from '../../lib/series'
import { when, whole } from '../../lib/time'
import { fromSi, prettyUnit } from '../../lib/units'
import { useApp } from '../../components/state'
import { Table } from '../../components/table'
import { When } from '../../components/time'
import { tagName } from '../../text/words'
import { DASHES, letterOf, type Drawn, type Panel } from './model'

/** @param line  its place in the panel, for the dashes */
export function Swatch({ place, line, estimate }: { place: number; line: number; estimate: boolean }) {
  const dash = DASHES[line % DASHES.length]!.join(' ')
  return (
    <svg class={`swatch s${place}`} viewBox="0 0 32 12" aria-hidden="true">
      <path d="M0 6H32" stroke-width={estimate ? 2.25 : 1.25} stroke-dasharray={dash} />
      <circle class={estimate ? 'full' : 'ring'} cx="16" cy="6" r="3.5" />
    </svg>
  )
}

interface Props {
  panel: Panel
  cursor: number | null
  latest: ReadonlyMap<string, LatestValue>
  now: number
  onRemove: (name: string) => void
}

export function Legend({ panel, cursor, latest, now, onRemove }: Props) {
  const { lang, t } = useApp()
  const unit = prettyUnit(panel.unit)
  const number = (v: number | null, sd: number | null = null): string => (v === null ? '–' : sentence({ ...shown(v, sd, lang), unit }))
  const sdAt = (d: Drawn, at: number): number | null => {
    const [upper, middle] = [d.band && valueAt(d.band.upper, at), d.reconciled && valueAt(d.reconciled, at)]
    return upper === null || middle === null ? null : upper - middle
  }
  const newestSd = (d: Drawn): number | null => {
    const sd = d.wanted.sd === null ? undefined : latest.get(d.wanted.sd)?.value
    return typeof sd === 'number' ? sd / d.unit.scale : null
  }
  const newest = (d: Drawn): preact.ComponentChildren => {
    const v = latest.get(d.wanted.tag.name)
    if (!v || v.quality === null) return <span class="quiet">{t('quality.none')}</span>
    const value =
      typeof v.value === 'number'
        ? number(fromSi(d.unit, v.value), d.measured ? null : newestSd(d))
        : v.not_finite
          ? t(`value.${v.not_finite}`)
          : String(v.value ?? '–')
    return (
      <>
        {value}{' '}
        {v.quality !== 'good' && (
          <span class={v.quality === 'bad' ? 'bad' : 'warn'}>
            {v.quality === 'bad' ? '✕' : '△'} {t(`quality.${v.quality}`)}
          </span>
        )}{' '}
        {v.time && (
          <small class="quiet">
            <When ms={v.time} />
          </small>
        )}
      </>
    )
  }
  return (
    <table class="lines">
      <thead>
        <tr>
          <th scope="col">{t('instrument.tag')}</th>
          <th scope="col" class="n">
            {cursor !== null ? (
              <span title={whole(cursor * 1000)}>{t('trends.at_cursor', { time: when(cursor * 1000, now, lang) })}</span>
            ) : (
              ' '
            )}
          </th>
          <th scope="col" class="n">
            {t('trends.latest')}
          </th>
          <th />
        </tr>
      </thead>
      <tbody>
        {panel.drawn.map((d, line) => (
          <tr key={d.wanted.tag.name}>
            <th scope="row">
              {letterOf(d.place)} {d.measured && <Swatch place={d.place} line={line} estimate={false} />}{' '}
              {d.reconciled && <Swatch place={d.place} line={line} estimate />} {tagName(t, d.wanted.tag.name)}{' '}
              {d.wanted.tag.of && d.wanted.tag.kind === 'measured' && <small class="quiet">{d.wanted.tag.of}</small>}
            </th>
            <td class="n">
              {cursor !== null && d.measured && <span title={t('kind.measured')}>○ {number(valueAt(d.measured, cursor))}</span>}{' '}
              {cursor !== null && d.reconciled && (
                <span title={t('kind.reconciled')}>● {number(valueAt(d.reconciled, cursor), sdAt(d, cursor))}</span>
              )}
            </td>
            <td class="n">{newest(d)}</td>
            <td class="n">
              <button
                type="button"
                class="small"
                aria-label={t('trends.remove', { tag: tagName(t, d.wanted.tag.name) })}
                title={t('trends.remove', { tag: tagName(t, d.wanted.tag.name) })}
                onClick={() => onRemove(d.wanted.tag.name)}
              >
                ×
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const MOST_ROWS = 300

interface Row {
  tag: string
  time: number
  value: string
  quality: 'good' | 'uncertain' | 'bad'
}

export function ReadingsTable({ panel }: { panel: Panel }) {
  const { lang, t } = useApp()
  const all: Row[] = panel.drawn.flatMap((d) =>
    d.raw.times.map((time, i) => {
      const v = d.raw.values[i]
      return {
        tag: tagName(t, d.wanted.tag.name),
        time: Date.parse(time),
        value: typeof v === 'number' ? shown(fromSi(d.unit, v), null, lang).value : String(v ?? ''),
        quality: d.raw.quality[i] ?? 'good',
      }
    }),
  )
  all.sort((a, b) => b.time - a.time)
  return (
    <>
      {all.length > MOST_ROWS && (
        <p class="caption">
          {t('trends.latest')}: {t('table.more', { n: MOST_ROWS, total: all.length })}
        </p>
      )}
      <Table
        label={t('table.behind')}
        rows={all.slice(0, MOST_ROWS)}
        id={(r) => `${r.tag} ${r.time}`}
        columns={[
          { key: 'time', head: t('trends.time'), by: (r) => r.time, cell: (r) => <When ms={r.time} /> },
          { key: 'tag', head: t('instrument.tag'), by: (r) => r.tag, cell: (r) => r.tag },
          { key: 'value', head: prettyUnit(panel.unit) || '1', number: true, cell: (r) => r.value },
          { key: 'quality', head: t('quality'), by: (r) => r.quality, cell: (r) => t(`quality.${r.quality}`) },
        ]}
      />
    </>
  )
}
