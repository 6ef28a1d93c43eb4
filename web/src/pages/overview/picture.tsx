// SPDX-License-Identifier: Apache-2.0
// The plant as a picture of flows: lines as wide as their flow, reconciled values on them, each a link to its trend.
import type { Finding, Plant, PlantInstrument, PlantStream } from '../../api/client'
import { apart, arrowPath, commonUnit, cut, drawingOrder, linePath, textWidth, type Point } from '../../lib/flow'
import { sentence, shownSi } from '../../lib/format'
import { href } from '../../lib/route'
import { when } from '../../lib/time'
import { parseUnit, prettyUnit, unitForPeople } from '../../lib/units'
import { serverNow } from '../../api/client'
import { useApp } from '../../components/state'
import { Behind, Table } from '../../components/table'
import { SiNum } from '../../components/value'
import { sayCode } from '../../text/words'

const FONT = 12.5
const SMALLEST = 0.88 // of its own size: below that its words are too small, and it scrolls instead
const LARGEST = 1.15

interface Drawn {
  s: PlantStream
  instrument: PlantInstrument | undefined
  accused: boolean
}

export const trendOf = (s: PlantStream): string => href('trends', { tag: s.flow.tag ?? `reconciled:${s.flow.path}` })

export function Picture({ plant, findings }: { plant: Plant; findings: readonly Finding[] }) {
  const { lang, t } = useApp()
  if (plant.streams.length === 0) return <p class="quiet">{t('picture.none')}</p>
  const byTag = new Map(plant.instruments.map((i) => [i.tag, i]))
  const drawn: Drawn[] = plant.streams.map((s) => {
    const instrument = s.flow.tag === null ? undefined : byTag.get(s.flow.tag)
    return { s, instrument, accused: instrument?.verdict === 'wrong' || instrument?.verdict === 'one_of_several' }
  })
  const common = commonUnit(
    plant.streams.filter((s) => s.flow.value !== null).map((s) => unitForPeople(s.flow.unit, s.flow.value!, s.flow.path).code),
  )
  const { width, height, down } = plant.drawing
  const words = drawn.map((d) => wordsOf(d, common, lang, t('picture.unknown')))
  const moves = apart(
    drawn.map(({ s, accused }, k) => ({
      x: s.line.label[0] ?? 0,
      y: (s.line.label[1] ?? 0) + (accused ? 4 : 2),
      width: words[k]!.width,
      height: accused ? 42 : 28,
    })),
    plant.units.flatMap(({ box }) =>
      box ? [{ x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height }] : [],
    ),
  )
  const now = serverNow()
  const time = (x: string | null): string => (x ? when(Date.parse(x), now, lang) : t('not_known'))
  return (
    <>
      {plant.made && (
        <p class="caption">{t('picture.caption', { unit: prettyUnit(common), from: time(plant.from), to: time(plant.to) })}</p>
      )}
      <Legend accused={drawn.some((d) => d.accused)} unknown={drawn.some((d) => d.s.flow.value === null)} />
      <div class="scroll picture" role="region" tabIndex={0} aria-label={t('picture')}>
        <svg
          role="group"
          aria-label={t('picture.alt', { plant: plant.name ?? t('no_name'), units: plant.units.length, streams: plant.streams.length })}
          viewBox={`0 0 ${width} ${height}`}
          style={{ minWidth: `${width * SMALLEST}px`, maxWidth: `${(width * LARGEST) / 16}rem` }}
        >
          {drawingOrder(drawn.map((d) => d.s.line.thickness)).map((k) => (
            <Line key={drawn[k]!.s.name} d={drawn[k]!} down={down} />
          ))}
          {plant.units.map(
            (u) =>
              u.box && (
                <Box
                  key={u.name}
                  name={u.name}
                  model={u.model}
                  box={u.box}
                  findings={findings.filter((f) => f.path === u.name && f.severity !== 'info')}
                />
              ),
          )}
          {drawn.map((d, k) => (
            <Label key={d.s.name} d={d} words={words[k]!} dy={moves[k]!} />
          ))}
        </svg>
      </div>
      <Behind label={t('picture.table')}>{() => <StreamTable drawn={drawn} />}</Behind>
    </>
  )
}

function Line({ d, down }: { d: Drawn; down: boolean }) {
  const points = d.s.line.points as unknown as Point[]
  const kind = d.s.flow.value === null ? 'flow-unknown' : d.accused ? 'flow-bad' : 'flow'
  return (
    <g aria-hidden="true">
      <path class={kind} stroke-width={d.s.line.thickness} d={linePath(points, down)} />
      <path class="arrow" d={arrowPath(points, down)} />
    </g>
  )
}

function Box({
  name,
  model,
  box,
  findings,
}: {
  name: string
  model: string
  box: { x: number; y: number; width: number; height: number }
  findings: Finding[]
}) {
  const worst = findings[0]
  return (
    <a href={href('balance', { find: name })} aria-label={worst ? `${name}: ${worst.title}` : `${name} (${model})`}>
      <rect class="unit-box" x={box.x} y={box.y} width={box.width} height={box.height} rx="4" />
      <text class="strong" x={box.x + box.width / 2} y={box.y + box.height / 2 + 4.5} text-anchor="middle">
        {cut(name, 16)}
      </text>
      {worst && (
        <path
          class={worst.severity === 'critical' ? 'mark-bad' : 'mark-warn'}
          d={
            worst.severity === 'critical'
              ? `M${box.x + box.width} ${box.y - 7}l7 7l-7 7l-7 -7z`
              : `M${box.x + box.width} ${box.y - 7}l7 12h-14z`
          }
        />
      )}
      <title>{worst ? `${name} (${model}): ${worst.title}` : `${name} (${model})`}</title>
    </a>
  )
}

/** What is written on a line: without the unit where it is the common one. */
interface Words {
  name: string
  marks: number // [px] of the circles before the name
  value: string
  full: string // with its unit
  width: number // [px]
}
function wordsOf({ s, instrument }: Drawn, common: string, lang: 'en' | 'zh', unknown: string): Words {
  const unit = unitForPeople(s.flow.unit, s.flow.value ?? 0, s.flow.path)
  const flow = shownSi(s.flow.value, s.flow.sd, s.flow.unit, s.flow.path, lang, unit)
  const value = sentence(unit.code === common ? { ...flow, unit: '' } : flow) || unknown
  const name = cut(s.name, 18)
  const marks = (s.flow.value === null ? 0 : 12) + (instrument ? 10 : 0)
  return { name, marks, value, full: sentence(flow) || value, width: Math.max(textWidth(value, FONT), textWidth(name, FONT) + marks) + 4 }
}

/** Its name for those who hear or say it begins with the words that are seen. */
function Label({ d, words: { name, marks, value, full }, dy }: { d: Drawn; words: Words; dy: number }) {
  const { lang, t } = useApp()
  const { s, instrument, accused } = d
  const known = s.flow.value !== null
  const [x = 0, y = 0] = s.line.label
  const top = y + dy - (accused ? 10 : 3)
  const left = x - (textWidth(name, FONT) + marks) / 2
  const reads = accused && instrument ? `◆ ${cut(instrument.tag, 14)} ${t('picture.reads', { value: reading(instrument, lang) })}` : ''
  const state = Object.entries(s.values).map(
    ([what, v]) => `${what} ${sentence(shownSi(v.value, v.sd, v.unit, `${s.name}.${what}`, lang))}`,
  )
  return (
    <a href={trendOf(s)} aria-label={reads ? `${name} ${value} ${reads}; ${s.name}: ${full}, ${t('picture.accused')}` : `${name} ${full}`}>
      {known && <circle class="filled" cx={left + 4} cy={top - 4} r="3.6" />}
      {instrument && <circle class={accused ? 'hollow-bad' : 'hollow'} cx={left + (known ? 14 : 4)} cy={top - 4} r="3.6" />}
      <text class="halo q" x={left + marks} y={top}>
        {name}
      </text>{' '}
      <text class="halo" x={x} y={top + 14} text-anchor="middle">
        {value}
      </text>{' '}
      {reads && (
        <text class="halo bad-text" x={x} y={top + 28} text-anchor="middle">
          {reads}
        </text>
      )}
      <title>{[`${s.name}: ${full}`, ...state].join('\n')}</title>
    </a>
  )
}

/** What the instrument says, in its own unit: it may measure volume where the line carries mass. */
function reading(i: PlantInstrument, lang: 'en' | 'zh'): string {
  return sentence(shownSi(i.measured, null, i.si_unit, i.path, lang, parseUnit(i.unit, i.si_unit) ?? undefined))
}

function Legend({ accused, unknown }: { accused: boolean; unknown: boolean }) {
  const { t } = useApp()
  const item = (drawing: preact.ComponentChildren, text: string) => (
    <li>
      <svg viewBox="0 0 16 12" aria-hidden="true">
        {drawing}
      </svg>
      {text}
    </li>
  )
  return (
    <ul class="legend">
      {item(<circle class="filled" cx="8" cy="6" r="4" />, t('picture.reconciled'))}
      {item(<circle class="hollow" cx="8" cy="6" r="4" />, t('picture.measured'))}
      {accused && item(<circle class="hollow-bad" cx="8" cy="6" r="4" />, t('picture.accused'))}
      {unknown && item(<path class="flow-unknown" stroke-width="2" d="M0 6H16" />, t('picture.unknown'))}
    </ul>
  )
}

function StreamTable({ drawn }: { drawn: Drawn[] }) {
  const { t } = useApp()
  return (
    <Table
      label={t('picture')}
      rows={drawn}
      id={(d) => d.s.name}
      columns={[
        { key: 'name', head: t('stream.name'), by: (d) => d.s.name, cell: (d) => <a href={trendOf(d.s)}>{d.s.name}</a> },
        {
          key: 'from',
          head: t('stream.from'),
          by: (d) => d.s.from,
          cell: (d) => d.s.from ?? <span class="quiet">{t('picture.feed')}</span>,
        },
        { key: 'to', head: t('stream.to'), by: (d) => d.s.to, cell: (d) => d.s.to ?? <span class="quiet">{t('picture.product')}</span> },
        {
          key: 'flow',
          head: t('stream.flow'),
          number: true,
          by: (d) => d.s.flow.value,
          cell: (d) => <SiNum value={d.s.flow.value} sd={d.s.flow.sd} unit={d.s.flow.unit} about={d.s.flow.path} />,
        },
        {
          key: 'class',
          head: t('stream.class'),
          by: (d) => d.s.flow.class,
          cell: (d) => (d.s.flow.class ? sayCode(t, 'class', d.s.flow.class) : ''),
        },
      ]}
    />
  )
}
