// SPDX-License-Identifier: Apache-2.0
// The mean cell voltage of each electrolyser, part by part, on one axis.
import type { Energy } from '../../api/schemas'
import { Legend } from '../../components/legend'
import { Num } from '../../components/number'
import { Section } from '../../components/section'
import { Behind, Table } from '../../components/table'
import { align, sentence, shownSi } from '../../lib/format'
import { useApp } from '../../state/app'
import { sayCode } from '../../text/words'
import { Bar, Bars } from '../../components/bars'
import './volts.css'

const PARTS = ['reversible_voltage', 'anode_overvoltage', 'cathode_overvoltage', 'membrane_voltage', 'metal_voltage', 'wear_voltage']

const VOLT = { code: 'V', scale: 1, offset: 0 }

type Voltage = Energy['voltages'][number]
const partOf = (v: Voltage, part: string): number => Math.max(0, v.parts[part]?.value ?? 0)
const sumOf = (v: Voltage): number => PARTS.reduce((sum, part) => sum + partOf(v, part), 0)

export function Volts({ of }: { of: readonly Voltage[] }) {
  const { lang, t } = useApp()
  if (of.length === 0) return null
  const totals = align(
    of.map((v) => shownSi(v.total.value, v.total.sd, 'V', '', lang, VOLT)),
    lang,
  )
  const most = Math.max(...of.map((v) => Math.max((v.total.value ?? 0) + (v.total.sd ?? 0), sumOf(v))), 1e-6)
  const legend = PARTS.map((p, i) => ({ drawing: <rect class={`p${i}`} width="16" height="12" />, text: sayCode(t, 'volts', p) }))
  return (
    <Section id="volts" title={t('volts')} caption={t('volts.caption')}>
      <Legend of={legend} />
      <Bars amounts={1}>
        {of.map((v, row) => (
          <Bar
            key={v.unit}
            what={v.unit}
            label={`${v.unit}: ${sentence(totals[row]!)}`}
            value={v.total.value}
            sd={v.total.sd}
            most={most}
            amounts={[<Num of={totals[row]!} />]}
          >
            <Parts of={v} most={most} />
          </Bar>
        ))}
      </Bars>
      <Behind label={t('table.behind')}>{() => <VoltTable rows={of} />}</Behind>
    </Section>
  )
}

/** One part after the other, with a thin gap between them. */
function Parts({ of, most }: { of: Voltage; most: number }) {
  let x = 0
  return (
    <>
      {PARTS.map((p, i) => {
        const width = (partOf(of, p) / most) * 100
        x += width
        return <rect key={p} class={`p${i}`} x={x - width} width={Math.max(0, width - 0.15)} height="10" />
      })}
    </>
  )
}

function VoltTable({ rows }: { rows: readonly Voltage[] }) {
  const { lang, t } = useApp()
  const parts = PARTS.map((p) => ({
    key: p,
    head: sayCode(t, 'volts', p),
    number: true,
    by: (v: Voltage) => v.parts[p]?.value ?? null,
    figure: (v: Voltage) => shownSi(v.parts[p]?.value, v.parts[p]?.sd, 'V', '', lang, VOLT),
  }))
  const total = ({ total: v }: Voltage) => shownSi(v.value, v.sd, 'V', '', lang, VOLT)
  return (
    <Table
      label={t('volts')}
      rows={rows}
      id={(v) => v.unit}
      columns={[
        { key: 'unit', head: t('volts.unit'), by: (v) => v.unit, cell: (v) => v.unit },
        ...parts,
        { key: 'total', head: t('volts.total'), number: true, by: (v) => v.total.value, figure: total },
      ]}
    />
  )
}
