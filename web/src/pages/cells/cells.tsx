// SPDX-License-Identifier: Apache-2.0
// The cell room: is every cell all right, if not which, of what, since when, what does it cost.
import { useEffect, useMemo, useState } from 'preact/hooks'
import { cells as askCells } from '../../api/cells'
import type { CellRoom } from '../../api/schemas'
import { serverNow } from '../../api/server_clock'
import { CellFindings, SinceAndCost } from '../../components/cell_findings'
import { cellHref, countText, shapeOfState, worstState } from '../../components/cell_state'
import { Load, Notice } from '../../components/notices'
import { Prose } from '../../components/prose'
import { Section } from '../../components/section'
import { Shape } from '../../components/shape'
import { Behind } from '../../components/table'
import { WithCells } from '../../components/with_cells'
import { countsOf, firstMeasure, MEASURES, type Measure } from '../../lib/cells'
import { href, parseRoute } from '../../lib/route'
import { minute } from '../../lib/time'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { CellTable } from './cell_table'
import { Electrolysers } from './electrolysers'
import { Finder } from './finder'
import { MapOverTime } from './map_over_time'
import './cells.css'

const PACE = 15 // [s] between two looks at all cells
const DAY = 86_400_000 // [ms]

export const CellsPage = () => <WithCells>{() => <Room />}</WithCells>

function Room() {
  const { lang } = useApp()
  const room = useLoaded((s) => askCells(lang, s), [lang], { everySeconds: PACE })
  return (
    <Load of={room} what="wait.cells">
      {(data) => <RoomOf room={data} />}
    </Load>
  )
}

/** The first few, where there are hundreds. */
const firstOf = (tags: readonly string[]): string => tags.slice(0, 5).join(', ') + (tags.length > 5 ? ` … (${tags.length})` : '')

function RoomOf({ room }: { room: CellRoom }) {
  const { t } = useApp()
  const [route] = useState(() => parseRoute(location.hash))
  const [electrolyser, setElectrolyser] = useState(route.query.get('electrolyser') ?? '')
  const [chosen, setMeasure] = useState(() => MEASURES.find((m) => m === route.query.get('of')) ?? null)
  const measure: Measure = chosen ?? firstMeasure(room.cells)
  const address = href('cells', { of: chosen ?? '', electrolyser })
  useEffect(() => history.replaceState(null, '', address), [address])
  const names = countsOf(room.cells).map((e) => e.name)
  const only = names.includes(electrolyser) ? electrolyser : ''
  const shown = useMemo(() => {
    const indices = room.cells.flatMap((c, i) => (only === '' || c.electrolyser === only ? [i] : []))
    return { indices, cells: indices.map((i) => room.cells[i]!) }
  }, [room, only])
  const about = room.findings.filter((f) => only === '' || f.electrolyser === only)
  return (
    <>
      <First room={room} />
      <Notes of={room.notes} />
      {room.missing.length > 0 && <Notice role="status">{t('room.missing', { tags: firstOf(room.missing) })}</Notice>}
      {room.learning && <Notice role="status">{t('room.learning')}</Notice>}
      <div class="cell-room">
        <div>
          <Finder
            cells={room.cells}
            electrolysers={room.electrolysers}
            electrolyser={only}
            onElectrolyser={setElectrolyser}
            measure={measure}
            onMeasure={setMeasure}
          />
          <MapOverTime room={room} shown={shown} measure={measure} />
        </div>
        <Section id="cell-findings" title={t('attention')}>
          <CellFindings of={about.filter((f) => f.ended === null)} none={t('room.none_open')} />
          {about.some((f) => f.ended !== null) && (
            <Behind label={t('room.ended')}>{() => <CellFindings of={about.filter((f) => f.ended !== null)} none="" />}</Behind>
          )}
        </Section>
      </div>
      <Electrolysers of={room.electrolysers.filter((e) => only === '' || e.name === only)} reference={room.reference} />
      <Behind label={t('room.table')}>{() => <CellTable cells={shown.cells} currency={room.currency} />}</Behind>
    </>
  )
}

/** What befell a scanner, or many cells at once: while it lasts, and for a day after. */
function Notes({ of }: { of: CellRoom['notes'] }) {
  const { t } = useApp()
  const now = serverNow()
  const at = (time: string): string => minute(Date.parse(time), now)
  const recent = of.filter((n) => (n.code !== 'moved_together' && n.ended === null) || now - Date.parse(n.ended ?? n.detected) < DAY)
  return (
    <>
      {recent.map((n) => (
        <Notice key={n.electrolyser + n.since} {...(n.ended === null ? { kind: 'warn' as const } : {})} role="status">
          {n.title}
          {t('list.gap')}
          {n.ended === null ? t('unit.since', { time: at(n.since) }) : t('room.from_to', { from: at(n.since), to: at(n.ended) })}
          {n.advice && <> {t('attention.next', { text: n.advice })}</>}
        </Notice>
      ))}
    </>
  )
}

/** How many are how, then the worst. */
function First({ room }: { room: CellRoom }) {
  const { lang, t } = useApp()
  const states = { healthy: 0, suspect: 0, sick: 0, unseen: 0 }
  for (const c of room.cells) ++states[c.state]
  const worst = room.findings.find((f) => f.ended === null)
  return (
    <p class="answer-line">
      <span>
        <Shape kind={shapeOfState(worstState(states))} /> {countText(t, lang, room.cells.length, states)}
      </span>
      {worst && (
        <span>
          <a href={cellHref(worst.cell)}>
            <Prose text={worst.title} />
          </a>
          {t('list.gap')}
          <SinceAndCost f={worst} />
        </span>
      )}
    </p>
  )
}
