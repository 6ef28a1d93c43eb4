// SPDX-License-Identifier: Apache-2.0
// The table behind a chart: its readings, the newest first.
import { Table } from '../../components/table'
import { When } from '../../components/time'
import { align, shownReading, type Shown } from '../../lib/format'
import type { Quality } from '../../lib/series'
import { prettyUnit } from '../../lib/units'
import { useApp } from '../../state/app'
import { tagName } from '../../text/words'
import type { Drawn, Panel } from './model'

const MOST_ROWS = 300

interface Row {
  tag: string
  time: number
  value: string
  quality: Quality
}

export function ReadingsTable({ panel }: { panel: Panel }) {
  const { lang, t } = useApp()
  const value = (d: Drawn, v: Drawn['raw']['values'][number] | undefined): Shown =>
    typeof v === 'number' ? shownReading(v, d.unit, d.wanted.tag.decimals, lang) : { value: String(v ?? ''), sd: '', unit: '' }
  const rowsOf = (d: Drawn): Row[] => {
    const values = d.raw.values.map((v) => value(d, v))
    const column = d.wanted.tag.decimals === null ? align(values, lang) : values
    return d.raw.times.map((time, i) => ({
      tag: tagName(t, d.wanted.tag.name),
      time: Date.parse(time),
      value: column[i]?.value ?? '',
      quality: d.raw.quality[i] ?? 'good',
    }))
  }
  const all = panel.drawn.flatMap(rowsOf).sort((a, b) => b.time - a.time)
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
          {
            key: 'value',
            head: [panel.unit, panel.second].flatMap((u) => (u === null ? [] : [prettyUnit(u) || '1'])).join(' / '),
            number: true,
            cell: (r) => r.value,
          },
          { key: 'quality', head: t('quality'), by: (r) => r.quality, cell: (r) => t(`quality.${r.quality}`) },
        ]}
      />
    </>
  )
}
