// SPDX-License-Identifier: Apache-2.0
// The panels of a trend: asks for the curves, draws one panel a unit, and lets one cursor and one keyboard move them all.
import { useMemo, useState } from 'preact/hooks'
import { marks as askMarks } from '../../api/notes'
import { curves, gaps } from '../../api/readings'
import type { LatestValue, TimeMark } from '../../api/schemas'
import { serverNow } from '../../api/server_clock'
import { Load } from '../../components/notices'
import { Behind } from '../../components/table'
import { within, type Range } from '../../lib/range'
import { when } from '../../lib/time'
import { useApp } from '../../state/app'
import { useLatest } from '../../state/live'
import { useLoaded, type Loaded } from '../../state/loaded'
import { Chart } from './chart'
import { typeScale } from '../../state/width'
import type { Moment } from './chart_overlay'
import { keyHandler } from './keys'
import { Lines } from './lines'
import type { Look } from './look'
import { Marks } from './marks'
import { BESIDE, namesOfLines, namesToAsk, panelsOf, withTwoAxes, type Beside, type Panel, type Wanted } from './model'
import { ReadingsTable } from './readings_table'

const POINTS = 800 // of a curve: about one a pixel
const SHORTEST = 2000 // [ms] that a drag can choose

/** How often a chart that follows now is asked again: a three-hundredth of its length, 1 s to 1 min. */
const pace = (r: Range): number | null => (r.follows ? Math.min(60, Math.max(1, (r.to - r.from) / 300_000)) : null)

interface Answer {
  panels: Panel[]
  marks: TimeMark[]
  range: Range
}

/** The panels, and the range that the server was asked for: it moves on with now, `range` does not. */
function usePanels(wanted: readonly Wanted[], range: Range, beside: Beside): Loaded<Answer> {
  const names = namesToAsk(wanted)
  const own = wanted.map((w) => w.tag.name)
  const by = BESIDE[beside]
  const length = range.to - range.from
  return useLoaded(
    async (signal) => {
      const to = range.follows ? serverNow() : range.to
      const from = to - length
      const [c, g, m, before, gapsBefore] = await Promise.all([
        curves(names, from, to, POINTS, signal),
        gaps(from, to, signal, namesOfLines(wanted)),
        askMarks(from, to, signal),
        by > 0 ? curves(own, from - by, to - by, POINTS, signal) : [],
        by > 0 ? gaps(from - by, to - by, signal, own) : { gaps: [] },
      ])
      return {
        panels: panelsOf(wanted, c, [...g.gaps, ...gapsBefore.gaps], before, by / 1000),
        marks: m.marks,
        range: { from, to, follows: range.follows },
      }
    },
    [names.join('\n'), beside, range.follows ? length : range.from, range.follows ? 0 : range.to],
    { everySeconds: pace(range) },
  )
}

/** Until the answer is here the old lines are shown at the new place; then its own range, which moves on with now. */
function shownRange(range: Range, answer: Answer | null): Range {
  const asked = answer?.range
  const sameLength = asked?.follows && asked.to - asked.from === range.to - range.from
  return range.follows && sameLength ? asked : range
}

interface Props {
  wanted: readonly Wanted[]
  look: Look
  range: Range
  go: (r: Range) => void
  goBack: (() => void) | null
  goForward: (() => void) | null
  onRemove: (name: string) => void
}

export function Panels({ wanted, look, range, go, goBack, goForward, onRemove }: Props) {
  const { t } = useApp()
  const [cursor, setCursor] = useState<number | null>(null)
  const latest = useLatest(wanted.flatMap((w) => [w.tag.name, w.sd].filter((n) => n !== null)))
  const loaded = usePanels(wanted, range, look.beside)
  const shown = shownRange(range, loaded.data)
  const moments = useMemo(
    () => (loaded.data?.marks ?? []).map((m) => ({ time: Date.parse(m.time), words: `${t(`marks.kind.${m.kind}`)}: ${m.text}` })),
    [loaded.data?.marks, t],
  )
  const common = { range: shown, cursor, setCursor, latest, onRemove, goBack }
  return (
    <Load of={loaded} what="wait.history" values={{ n: namesToAsk(wanted).length }}>
      {({ panels, marks }) => (
        <>
          {(look.twoAxes ? withTwoAxes(panels) : panels).map((p) => (
            <OnePanel
              key={`${p.unit} ${p.second}`}
              moments={moments}
              panel={p}
              height={(panels.length > 2 ? 200 : 300) * typeScale()}
              onRange={(from, to) => go(within({ from, to: Math.max(to, from + SHORTEST), follows: false }, serverNow()))}
              onKey={keyHandler({ range, shown, go, goBack, goForward, setCursor })}
              {...common}
            />
          ))}
          {look.beside !== 'none' && <p class="small quiet">{t('trends.beside.note', { what: t(`trends.beside.${look.beside}`) })}</p>}
          <Marks marks={marks} range={shown} cursor={cursor} again={loaded.again} />
          <p class="small quiet">{t('trends.keys')}</p>
        </>
      )}
    </Load>
  )
}

interface OnePanelProps {
  panel: Panel
  moments: readonly Moment[]
  height: number
  range: Range
  cursor: number | null
  setCursor: (seconds: number | null) => void
  latest: ReadonlyMap<string, LatestValue>
  onRange: (from: number, to: number) => void
  onKey: (e: KeyboardEvent) => void
  goBack: (() => void) | null
  onRemove: (name: string) => void
}

function OnePanel({ panel, moments, height, range, cursor, setCursor, latest, onRange, onKey, goBack, onRemove }: OnePanelProps) {
  const { t } = useApp()
  const now = serverNow()
  const empty = panel.drawn.every((d) => d.raw.times.length === 0)
  return (
    <section class="panel">
      <div class="keys" tabIndex={0} role="group" aria-label={t('trends.keys')} onKeyDown={onKey}>
        <Chart
          moments={moments}
          panel={panel}
          range={range}
          cursor={cursor}
          onCursor={setCursor}
          onRange={onRange}
          onBack={() => goBack?.()}
          height={height}
        />
      </div>
      {empty && <p class="quiet">{t('trends.no_points', { from: when(range.from, now), to: when(range.to, now) })}</p>}
      <Lines panel={panel} cursor={cursor} latest={latest} now={now} onRemove={onRemove} />
      {panel.drawn.some((d) => d.marks.length > 0) && <p class="small quiet">{t('quality.legend')}</p>}
      {panel.drawn.some((d) => d.raw.values.some((v) => typeof v === 'string')) && <p class="small quiet">{t('trends.texts')}</p>}
      <Behind label={t('table.behind')}>{() => <ReadingsTable panel={panel} />}</Behind>
    </section>
  )
}
