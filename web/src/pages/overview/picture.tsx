// SPDX-License-Identifier: Apache-2.0
// The plant as a picture of flows: lines as wide as their flow, reconciled values on them, each a link to its trend.
// The server lays it out; picture_words.ts says what is written and where, picture_parts.tsx draws each part.
import type { Finding, Plant } from '../../api/schemas'
import { serverNow } from '../../api/server_clock'
import { Legend } from '../../components/legend'
import { Behind } from '../../components/table'
import { drawingOrder } from '../../lib/flow'
import { when } from '../../lib/time'
import { prettyUnit } from '../../lib/units'
import { useApp } from '../../state/app'
import { Box, Label, Line } from './picture_parts'
import { commonUnitOf, streamsOf, wordsOf, type Stream } from './picture_words'
import { StreamTable } from './stream_table'
import './picture.css'

const SMALLEST = 0.8 // of its own size: below that its words are too small, and it scrolls instead
const LARGEST = 1.15

export function Picture({ plant, findings }: { plant: Plant; findings: readonly Finding[] }) {
  const { t } = useApp()
  if (plant.streams.length === 0) return <p class="quiet">{t('picture.none')}</p>
  const streams = streamsOf(plant)
  const common = commonUnitOf(plant)
  return (
    <>
      {plant.made && <Caption plant={plant} unit={common} />}
      <Marks streams={streams} />
      <div class="scroll picture" role="region" tabIndex={0} aria-label={t('picture')}>
        <Drawing plant={plant} streams={streams} common={common} findings={findings} />
      </div>
      <Behind label={t('picture.table')}>{() => <StreamTable streams={streams} />}</Behind>
    </>
  )
}

/** The unit of all numbers without one, and of when they are. */
function Caption({ plant, unit }: { plant: Plant; unit: string }) {
  const { t } = useApp()
  const time = (x: string | null): string => (x ? when(Date.parse(x), serverNow()) : t('not_known'))
  return <p class="caption">{t('picture.caption', { unit: prettyUnit(unit), from: time(plant.from), to: time(plant.to) })}</p>
}

/** What the marks mean, of those that are there. */
function Marks({ streams }: { streams: readonly Stream[] }) {
  const { t } = useApp()
  const circle = (kind: string) => <circle class={kind} cx="8" cy="6" r="4" />
  const marks = [
    { drawing: circle('filled'), text: t('picture.reconciled') },
    { drawing: circle('hollow'), text: t('picture.measured') },
  ]
  if (streams.some((d) => d.accused)) marks.push({ drawing: circle('hollow-bad'), text: t('picture.accused') })
  if (streams.some((d) => d.s.flow.value === null))
    marks.push({ drawing: <path class="flow-unknown" stroke-width="2" d="M0 6H16" />, text: t('picture.unknown') })
  return <Legend of={marks} />
}

interface DrawingProps {
  plant: Plant
  streams: readonly Stream[]
  common: string
  findings: readonly Finding[]
}

function Drawing({ plant, streams, common, findings }: DrawingProps) {
  const { lang, t } = useApp()
  const { width, height, down } = plant.drawing
  const order = drawingOrder(streams.map((d) => d.s.line.thickness))
  const of = (unit: string): Finding | undefined => findings.find((f) => f.path === unit && f.severity !== 'info')
  return (
    <svg
      role="group"
      aria-label={t('picture.alt', { plant: plant.name ?? t('no_name'), units: plant.units.length, streams: plant.streams.length })}
      viewBox={`0 0 ${width} ${height}`}
      style={{ minWidth: `${width * SMALLEST}px`, maxWidth: `${(width * LARGEST) / 16}rem` }}
    >
      {order.map((k) => (
        <Line key={streams[k]!.s.name} of={streams[k]!} down={down} />
      ))}
      {plant.units.map((u) => u.box && <Box key={u.name} unit={u} box={u.box} worst={of(u.name)} />)}
      {streams.map((d) => (
        <Label key={d.s.name} of={d} words={wordsOf(d, common, lang, t('picture.unknown'))} />
      ))}
    </svg>
  )
}
