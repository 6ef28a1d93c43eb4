// SPDX-License-Identifier: Apache-2.0
// The map with its colours, now or at the time that the slider stands at. The colours keep their numbers while it moves.
import { useMemo, useState } from 'preact/hooks'
import { cellMap } from '../../api/cells'
import type { Cell, CellRoom } from '../../api/schemas'
import { cellHref, StateMark } from '../../components/cell_state'
import { Num } from '../../components/number'
import { Prose } from '../../components/prose'
import { classOf, scaleOf } from '../../lib/cell_scale'
import { countsOf, figureOf, numberOf, ofPast, signsOf, unitOf, type Measure } from '../../lib/cells'
import { shown as shownDigits, shownSi } from '../../lib/format'
import { fromSi, prettyUnit } from '../../lib/units'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { CellMap } from './map'
import { MapLegend } from './map_legend'
import { TimeSlider } from './time_slider'

interface Props {
  room: CellRoom
  /** those that the map shows, and their places among all */
  shown: { indices: readonly number[]; cells: readonly Cell[] }
  measure: Measure
}

export function MapOverTime({ room, shown, measure }: Props) {
  const { lang, t } = useApp()
  const [asked, setAt] = useState<number | null>(null)
  const of = ofPast(measure)
  const at = of === null ? null : asked
  const past = useLoaded(async (s) => (at === null || of === null ? null : { at, map: await cellMap(at, of, s) }), [at, of], {
    everySeconds: null,
  })
  const drawn = past.data && at !== null && past.data.map.of === of ? past.data : null
  const unit = unitOf(measure, room.currency)
  const live = useMemo(() => shown.cells.map((c) => numberOf(c, measure, unit)), [shown, measure])
  const scale = useMemo(() => (measure === 'state' ? null : scaleOf(live)), [live, measure])
  const values = useMemo(
    () => (drawn ? shown.indices.map((i) => ((v) => (v == null ? null : fromSi(unit, v)))(drawn.map.values[i])) : live),
    [drawn, live, shown],
  )
  const kinds = useMemo(
    () =>
      measure === 'state'
        ? shown.cells.map((c) => c.state)
        : values.map((v) => ((k) => (k === null ? 'unknown' : `h${k}`))(scale && classOf(scale, v))),
    [values, scale, measure, shown],
  )
  const signs = useMemo(() => signsOf(shown.cells, room.findings, drawn ? drawn.at : null), [shown, room.findings, drawn])
  const names = useMemo(() => shown.cells.map((c) => c.cell), [shown])
  const hollow = kinds.filter((k) => k === 'unknown' || k === 'unseen').length
  const worst = room.findings.find((f) => f.ended === null)
  const tip = (k: number) => {
    const c = shown.cells[k]!
    const of = figureOf(c, measure)
    const number = drawn
      ? { ...shownDigits(values[k], null, lang), unit: prettyUnit(unit.code) }
      : shownSi(of.value, of.sd, of.unit, '', lang, unit)
    return (
      <>
        <p>
          <a href={cellHref(c.cell)}>
            <b>{c.cell}</b>
          </a>{' '}
          {!drawn && <StateMark of={c.state} />}
        </p>
        {measure !== 'state' && (
          <p>
            {t(`room.by.${measure}`)}: <Num of={number} />
          </p>
        )}
        {c.finding !== null && room.findings[c.finding] && (
          <p>
            <Prose text={room.findings[c.finding]!.title} />
          </p>
        )}
      </>
    )
  }
  return (
    <>
      <CellMap
        electrolysers={countsOf(shown.cells)}
        names={names}
        kinds={kinds}
        signs={signs}
        tip={tip}
        first={Math.max(0, worst ? names.indexOf(worst.cell) : 0)}
      />
      <MapLegend
        scale={scale}
        unit={unit}
        sick={signs.filter((s) => s === 'sick').length}
        suspect={signs.filter((s) => s === 'suspect').length}
        unknown={hollow}
        unknownText={measure === 'state' ? t('cell.state.unseen') : t('room.no_number')}
      />
      <TimeSlider at={at} onAt={setAt} ready={at === null || drawn?.at === at} error={past.error} off={of === null} />
    </>
  )
}
