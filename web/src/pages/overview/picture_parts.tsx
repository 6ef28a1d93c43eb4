// SPDX-License-Identifier: Apache-2.0
// The parts of the picture: a stream's line, a unit's box, and the words on a line.
import { Fragment } from 'preact'
import type { Finding, PlantInstrument, PlantUnit } from '../../api/schemas'
import { arrowPath, cut, linePath, textWidth, type Point } from '../../lib/flow'
import { serverNow } from '../../api/server_clock'
import { sentence, shownSi, type Lang } from '../../lib/format'
import { href } from '../../lib/route'
import { stateWords } from '../../lib/stops'
import { minuteOrDay } from '../../lib/time'
import { parseUnit } from '../../lib/units'
import { useApp } from '../../state/app'
import { FONT, trendOf, type Stream, type Words } from './picture_words'

export function Line({ of, down }: { of: Stream; down: boolean }) {
  const points = of.s.line.points as unknown as Point[]
  const kind = of.s.flow.value === null ? 'flow-unknown' : of.accused ? 'flow-bad' : 'flow'
  return (
    <g aria-hidden="true">
      <path class={kind} stroke-width={of.s.line.thickness} d={linePath(points, down)} />
      <path class="arrow" d={arrowPath(points, down)} />
    </g>
  )
}

type Rectangle = NonNullable<PlantUnit['box']>

/**
 * What is said of it begins with the words that are seen.
 * @param worst the worst finding about the unit, which gets its shape at the corner
 */
export function Box({ unit, box, worst }: { unit: PlantUnit; box: Rectangle; worst: Finding | undefined }) {
  const { lang, t } = useApp()
  const stands = unit.state?.idle ?? unit.idle
  const since = unit.state?.since ? Date.parse(unit.state.since) : null
  const idle = !stands ? '' : since ? t('unit.out_since', { time: minuteOrDay(since, serverNow()) }) : t('unit.idle')
  const second = unit.named ? [unit.name, idle].filter(Boolean).join(' · ') : idle
  const lines = second ? [...box.lines, second] : box.lines
  const seen = unit.named ? lines.join(' ') : `${lines.join(' ')} (${unit.title})`
  const called = [seen, stateWords(unit.state, { t, lang, now: serverNow() })].filter(Boolean).join(', ')
  const said = worst ? `${called}: ${worst.title}` : called
  const first = box.y + box.height / 2 + 4.5 - 7.2 * (lines.length - 1)
  return (
    <a href={href('balance', { find: unit.name })} aria-label={said}>
      <rect class={stands ? 'unit-box idle' : 'unit-box'} x={box.x} y={box.y} width={box.width} height={box.height} rx="4" />
      {lines.map((text, k) => (
        <Fragment key={k}>
          {k > 0 && ' ' /* else two words are one to who hears them */}
          <text class={k < box.lines.length ? 'strong' : 'q'} x={box.x + box.width / 2} y={first + 14.4 * k} text-anchor="middle">
            {text}
          </text>
        </Fragment>
      ))}
      {worst && <Mark severity={worst.severity} x={box.x + box.width} y={box.y - 7} />}
      <title>{said}</title>
    </a>
  )
}

/** A diamond or a triangle with its top at x, y. */
function Mark({ severity, x, y }: { severity: Finding['severity']; x: number; y: number }) {
  const critical = severity === 'critical'
  return <path class={critical ? 'mark-bad' : 'mark-warn'} d={`M${x} ${y}${critical ? 'l7 7l-7 7l-7 -7z' : 'l7 12h-14z'}`} />
}

/** Its name for those who hear or say it begins with the words that are seen. */
export function Label({ of: { s, instrument, accused }, words: { name, code, marks, value, full } }: { of: Stream; words: Words }) {
  const { lang, t } = useApp()
  const known = s.flow.value !== null
  const [x = 0, y = 0] = s.line.label
  const top = y - (accused ? 10 : 3)
  const left = x - (textWidth(`${name} ${code}`, FONT) + marks) / 2
  const reads = accused && instrument ? `◆ ${cut(instrument.tag, 14)} ${t('picture.reads', { value: reading(instrument, lang) })}` : ''
  const spoken = reads ? `${name} ${code} ${value} ${reads}; ${s.title}: ${full}, ${t('picture.accused')}` : `${name} ${code} ${full}`
  const state = Object.entries(s.values).map(
    ([what, v]) => `${what} ${sentence(shownSi(v.value, v.sd, v.unit, `${s.name}.${what}`, lang))}`,
  )
  return (
    <a href={trendOf(s)} aria-label={spoken}>
      {known && <circle class="filled" cx={left + 4} cy={top - 4} r="3.6" />}
      {instrument && <circle class={accused ? 'hollow-bad' : 'hollow'} cx={left + (known ? 14 : 4)} cy={top - 4} r="3.6" />}
      <text class="halo" x={left + marks} y={top}>
        {name} <tspan class="q">{code}</tspan>
      </text>{' '}
      <text class="halo" x={x} y={top + 14} text-anchor="middle">
        {value}
      </text>{' '}
      {reads && (
        <text class="halo bad-text" x={x} y={top + 28} text-anchor="middle">
          {reads}
        </text>
      )}
      <title>{[`${s.title} (${s.name}): ${full}`, ...state].join('\n')}</title>
    </a>
  )
}

/** What the instrument says, in its own unit: it may measure volume where the line carries mass. */
function reading(i: PlantInstrument, lang: Lang): string {
  return sentence(shownSi(i.measured, null, i.si_unit, i.path, lang, parseUnit(i.unit, i.si_unit) ?? undefined))
}
