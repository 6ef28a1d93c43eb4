// SPDX-License-Identifier: Apache-2.0
// What the colours and signs of the map mean: the shades with the numbers between them and their unit, each sign with how many have it.
import { Legend } from '../../components/legend'
import type { Scale } from '../../lib/cell_scale'
import { decimalsOfStep, fixed } from '../../lib/format'
import { prettyUnit, type Unit } from '../../lib/units'
import { useApp } from '../../state/app'
import './map_legend.css'

interface Props {
  /** null: the map shows states, or nothing is known */
  scale: Scale | null
  unit: Unit
  sick: number
  suspect: number
  unknown: number
  /** how those without a number are called */
  unknownText: string
}

export function MapLegend({ scale, unit, sick, suspect, unknown, unknownText }: Props) {
  const { lang, t } = useApp()
  const said = (text: string, n: number): string => `${text} ${fixed(n, 0, lang)}`
  const marks = [
    { drawing: <path class="sign bad" d="M8 1l5 5l-5 5l-5 -5z" />, text: said(t('cell.state.sick'), sick) },
    { drawing: <path class="sign warn" d="M8 1l5 10h-10z" />, text: said(t('cell.state.suspect'), suspect) },
  ]
  if (unknown > 0) marks.push({ drawing: <path class="unknown" d="M3 1h10v10h-10z" />, text: said(unknownText, unknown) })
  return (
    <div class="map-legend">
      {scale && <Shades scale={scale} unit={unit} />}
      <Legend of={marks} />
    </div>
  )
}

function Shades({ scale, unit }: { scale: Scale; unit: Unit }) {
  const { lang, t } = useApp()
  const number = (v: number): string => fixed(v, decimalsOfStep(scale.step), lang)
  const code = prettyUnit(unit.code)
  const range = t('room.scale', { low: number(scale.edges[0]!), high: number(scale.edges.at(-1)!), unit: code })
  return (
    <div class="shades" role="img" aria-label={range}>
      <svg viewBox="0 0 70 6" preserveAspectRatio="none">
        {[0, 1, 2, 3, 4, 5, 6].map((k) => (
          <rect key={k} class={`h${k}`} x={10 * k} width="10" height="6" />
        ))}
      </svg>
      <div class="edges small">
        {scale.edges.map((v) => (
          <span key={v}>{number(v)}</span>
        ))}
        <span class="quiet">{code}</span>
      </div>
    </div>
  )
}
