// SPDX-License-Identifier: Apache-2.0
// The mean cell voltage of each electrolyser, part by part, on one axis.
import type { Energy } from '../../api/client'
import { fixed, shownSi } from '../../lib/format'
import { useApp } from '../../components/state'
import { Behind, Table } from '../../components/table'
import { Num, SiNum } from '../../components/value'
import { sayCode } from '../../text/words'
import { Whisker } from './whisker'

const PARTS = ['reversible_voltage', 'anode_overvoltage', 'cathode_overvoltage', 'membrane_voltage', 'metal_voltage', 'wear_voltage']

export function Volts({ e }: { e: Energy }) {
  const { lang, t } = useApp()
  if (e.voltages.length === 0) return null
  const sum = (v: Energy['voltages'][number]): number => PARTS.reduce((a, p) => a + Math.max(0, v.parts[p]?.value ?? 0), 0)
  const most = Math.max(...e.voltages.map((v) => Math.max((v.total.value ?? 0) + (v.total.sd ?? 0), sum(v))), 1e-6)
  return (
    <section aria-labelledby="volts">
      <h2 id="volts">{t('volts')}</h2>
      <p class="caption">{t('volts.caption')}</p>
      <ul class="legend">
        {PARTS.map((p, i) => (
          <li key={p}>
            <svg viewBox="0 0 16 12" aria-hidden="true">
              <rect class={`p${i}`} width="16" height="12" />
            </svg>
            {sayCode(t, 'volts', p)}
          </li>
        ))}
      </ul>
      <ul class="bars volts">
        {e.voltages.map((v) => {
          let x = 0
          return (
            <li key={v.unit}>
              <span class="what">{v.unit}</span>
              <svg
                viewBox="0 0 100 10"
                preserveAspectRatio="none"
                role="img"
                aria-label={`${v.unit}: ${fixed(v.total.value ?? 0, 3, lang)} V`}
              >
                {PARTS.map((p, i) => {
                  const width = (Math.max(0, v.parts[p]?.value ?? 0) / most) * 100
                  x += width
                  return <rect key={p} class={`p${i}`} x={x - width} width={Math.max(0, width - 0.15)} height="10" />
                })}
                <Whisker value={v.total.value} sd={v.total.sd} most={most} />
              </svg>
              <span class="amount">
                <Num of={shownSi(v.total.value, v.total.sd, 'V', '', lang)} />
              </span>
            </li>
          )
        })}
      </ul>
      <Behind label={t('table.behind')}>
        {() => (
          <Table
            label={t('volts')}
            rows={e.voltages}
            id={(v) => v.unit}
            columns={[
              { key: 'unit', head: t('volts.unit'), by: (v) => v.unit, cell: (v) => v.unit },
              ...PARTS.map((p) => ({
                key: p,
                head: sayCode(t, 'volts', p),
                number: true,
                by: (v: Energy['voltages'][number]) => v.parts[p]?.value ?? null,
                cell: (v: Energy['voltages'][number]) => <SiNum value={v.parts[p]?.value ?? null} sd={v.parts[p]?.sd ?? null} unit="V" />,
              })),
              {
                key: 'total',
                head: t('volts.total'),
                number: true,
                by: (v) => v.total.value,
                cell: (v) => <SiNum value={v.total.value} sd={v.total.sd} unit="V" />,
              },
            ]}
          />
        )}
      </Behind>
    </section>
  )
}
