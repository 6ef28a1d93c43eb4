// SPDX-License-Identifier: Apache-2.0
// Voltage against current density: the cell's points and its line with band, against the middle cell of its electrolyser.
import type { CellDetail } from '../../api/schemas'
import { Legend } from '../../components/legend'
import { Section } from '../../components/section'
import { Behind, Table } from '../../components/table'
import { When } from '../../components/time'
import { VOLT } from '../../lib/cells'
import { decimalsOfStep, fixed, shownSi } from '../../lib/format'
import { polarisation, type Room } from '../../lib/polarisation'
import { useApp } from '../../state/app'
import { useWidth } from '../../state/width'
import './polarisation.css'

export function Polarisation({ c }: { c: CellDetail }) {
  const { t } = useApp()
  const { box, width, scale } = useWidth()
  const height = 300 * scale
  const room = { left: 46 * scale, right: width - 12, top: 24 * scale, bottom: height - 40 * scale }
  const drawn = polarisation(c, room)
  const marks = [
    { drawing: <circle class="hollow" cx="8" cy="6" r="4" />, text: t('room.points') },
    { drawing: <path class="own-line" d="M0 6H16" />, text: t('room.curve') },
    { drawing: <path class="middle-line" d="M0 6H16" />, text: t('room.middle') },
  ]
  return (
    <Section id="polarisation" title={t('room.polarisation')} caption={t('room.polarisation.note')}>
      <div ref={box} />
      {drawn === null ? (
        <p class="quiet">{t('room.no_points')}</p>
      ) : (
        <>
          <Legend of={marks} />
          <Drawing
            p={drawn}
            room={room}
            size={{ width, height, scale }}
            label={t('room.polarisation.alt', { cell: c.cell, n: c.points.length })}
          />
          <Behind label={t('table.behind')}>{() => <Points of={c.points} />}</Behind>
        </>
      )}
    </Section>
  )
}

interface DrawingProps {
  p: NonNullable<ReturnType<typeof polarisation>>
  room: Room
  size: { width: number; height: number; scale: number }
  label: string
}

function Drawing({ p, room, size: { width, height, scale }, label }: DrawingProps) {
  const { lang } = useApp()
  return (
    <svg class="polarisation" width={width} height={height} role="img" aria-label={label}>
      {p.y.map(({ at, px }) => (
        <>
          <path class="grid" d={`M${room.left} ${px}H${room.right}`} />
          <text x={room.left - 6} y={px + 4} text-anchor="end">
            {fixed(at, decimalsOfStep(p.yStep), lang)}
          </text>
        </>
      ))}
      {p.x.map(({ at, px }) => (
        <text x={px} y={room.bottom + 16 * scale} text-anchor="middle">
          {fixed(at, decimalsOfStep(p.xStep), lang)}
        </text>
      ))}
      <text x={room.right} y={height - 6 * scale} text-anchor="end">
        kA/m²
      </text>
      <text x={room.left - 6} y={12 * scale} text-anchor="end">
        V
      </text>
      <path class="own-band" d={p.band} />
      <path class="middle-line" d={p.middle} />
      <path class="own-line" d={p.line} />
      {p.points.map((q, k) => (
        <g key={k}>
          <path class="sd" d={`M${q.x} ${q.low}V${q.high}`} />
          <circle class="hollow" cx={q.x} cy={q.y} r="3.5" />
        </g>
      ))}
    </svg>
  )
}

function Points({ of }: { of: CellDetail['points'] }) {
  const { lang, t } = useApp()
  return (
    <Table
      label={t('room.points')}
      rows={of}
      id={(p) => p.time}
      columns={[
        { key: 'time', head: t('trends.time'), by: (p) => p.time, cell: (p) => <When ms={p.time} /> },
        {
          key: 'density',
          head: t('room.density'),
          number: true,
          by: (p) => p.current_density,
          figure: (p) => shownSi(p.current_density, null, 'A/m2', '', lang),
        },
        {
          key: 'voltage',
          head: t('room.history'),
          number: true,
          by: (p) => p.voltage,
          figure: (p) => shownSi(p.voltage, p.sd, 'V', '', lang, VOLT),
        },
      ]}
    />
  )
}
