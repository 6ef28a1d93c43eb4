// SPDX-License-Identifier: Apache-2.0
// The numbers of a cell, each with its uncertainty and what it is counted against.
import type { CellDetail } from '../../api/schemas'
import { Money, Num } from '../../components/number'
import { DRIFT, SLOPE, VOLT, WATT } from '../../lib/cells'
import { shownSi } from '../../lib/format'
import type { Unit } from '../../lib/units'
import { useApp } from '../../state/app'

type Figure = { value: number | null; sd?: number | null; unit: string } | null

export function Figures({ c }: { c: CellDetail }) {
  // Of what went bad today the mean of a day knows little: what it takes now, as in the title.
  const cost = c.findings.find((f) => f.ended === null && f.cost_per_day)?.cost_per_day ?? c.cost_per_day
  const { lang, t } = useApp()
  const num = (of: Figure, unit?: Unit) => <Num of={shownSi(of?.value, of?.sd, of?.unit ?? '', '', lang, unit)} />
  const rows: [string, preact.ComponentChildren][] = [
    [t('room.by.voltage'), num(c.voltage, VOLT)],
    [t('room.by.standard_voltage'), num(c.standard_voltage, VOLT)],
    [t('room.by.u0'), num(c.u0, VOLT)],
    [t('room.by.k'), num(c.k, SLOPE)],
    [c.excess_power?.against === 'median' ? t('room.excess.median') : t('room.excess.own'), num(c.excess_power, WATT)],
    [t('room.by.cost_per_day'), cost ? <Money of={cost} /> : num(null)],
    [t('room.above_best'), num(c.above_best, WATT)],
    [t('room.by.age'), c.age ? num(c.age) : <span class="quiet">{t('room.age.unknown')}</span>],
    [t('room.ageing'), num(c.ageing, DRIFT)],
  ]
  return (
    <dl class="figures">
      {rows.map(([head, figure]) => (
        <div key={head}>
          <dt>{head}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
      <div>
        <dt>{t('instrument.tag')}</dt>
        <dd>{c.tag}</dd>
      </div>
    </dl>
  )
}
