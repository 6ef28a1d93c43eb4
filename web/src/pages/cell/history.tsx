// SPDX-License-Identifier: Apache-2.0
// The cell's voltage over time, as Trends draws it, with what began and what was exchanged as lines.
import { useMemo, useState } from 'preact/hooks'
import { curves, gaps } from '../../api/readings'
import type { CellDetail, Tag } from '../../api/schemas'
import { serverNow } from '../../api/server_clock'
import { Load } from '../../components/notices'
import { OneOf } from '../../components/one_of'
import { Section } from '../../components/section'
import { following, within, type Range } from '../../lib/range'
import { href } from '../../lib/route'
import { shownReading } from '../../lib/format'
import { when } from '../../lib/time'
import { VOLT } from '../../lib/cells'
import { valueAt } from '../../lib/series'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { Chart } from '../trends/chart'
import { typeScale } from '../../state/width'
import { panelsOf, type Panel } from '../trends/model'

const POINTS = 600
const SPANS = { hour: 3_600_000, day: 86_400_000, week: 604_800_000, month: 30 * 86_400_000 } as const // [ms]
const NAMES = ['hour', 'day', 'week', 'month'] as const

export function History({ c }: { c: CellDetail }) {
  const { t } = useApp()
  const [range, setRange] = useState<Range>(() => following(SPANS.day, serverNow()))
  const [cursor, setCursor] = useState<number | null>(null)
  const length = range.to - range.from
  const loaded = useLoaded(
    async (signal) => {
      const to = range.follows ? serverNow() : range.to
      const from = to - length
      const [drawn, silent] = await Promise.all([curves([c.tag], from, to, POINTS, signal), gaps(from, to, signal, [c.tag])])
      const tag = { name: c.tag, kind: 'measured', unit: 'V', si_unit: 'V', description: c.cell } as Tag
      return { panels: panelsOf([{ tag, reconciled: null, sd: null }], drawn, silent.gaps), range: { ...range, from, to } }
    },
    [c.tag, length, range.follows ? 0 : range.to],
    { everySeconds: range.follows ? 15 : null },
  )
  const moments = useMemo(
    () => [
      ...c.findings.map((f) => ({ time: Date.parse(f.since), words: f.cause_text })),
      ...c.service.map((s) => ({ time: Date.parse(s.when), words: t(`cell.part.${s.what}`) })),
    ],
    [c.findings, c.service, t],
  )
  return (
    <Section id="history" title={t('room.history')}>
      <OneOf
        label={t('room.span')}
        value={range.follows ? (NAMES.find((n) => Math.abs(SPANS[n] - length) < 1000) ?? null) : null}
        options={NAMES.map((n) => [n, t(`room.span.${n}`)] as const)}
        onChange={(n) => setRange(following(SPANS[n], serverNow()))}
      />{' '}
      <a class="small" href={href('trends', { tag: c.tag, last: String(length / 1000) })}>
        {t('findings.in_trends')}
      </a>
      <Load of={loaded} what="wait.history" values={{ n: 1 }}>
        {(d) => (
          <>
            {d.panels.map((p) => (
              <Chart
                key={p.unit}
                panel={p}
                range={d.range}
                cursor={cursor}
                moments={moments}
                onCursor={setCursor}
                onRange={(from, to) => setRange(within({ from, to: Math.max(to, from + 2000), follows: false }, serverNow()))}
                onBack={() => setRange(following(SPANS.day, serverNow()))}
                height={240 * typeScale()}
                alone
              />
            ))}
            <p class="small quiet" role="status">
              {cursor === null ? ' ' : <AtCursor panel={d.panels[0]} cursor={cursor} />}
            </p>
          </>
        )}
      </Load>
    </Section>
  )
}

function AtCursor({ panel, cursor }: { panel: Panel | undefined; cursor: number }) {
  const { lang } = useApp()
  const line = panel?.drawn[0]?.measured
  const v = line ? valueAt(line, cursor) : null
  if (v === null) return null
  const shown = shownReading(v, VOLT, 3, lang)
  return <>{`${when(cursor * 1000, serverNow())}: ${shown.value} ${shown.unit}`}</>
}
