// SPDX-License-Identifier: Apache-2.0
// Each unit in a row: the mass that goes in and out of it, reconciled and measured, and what is between the two.
import { useState } from 'preact/hooks'
import type { PlantUnit } from '../../api/schemas'
import { serverNow } from '../../api/server_clock'
import { Filters } from '../../components/filters'
import { Named } from '../../components/named'
import { Num } from '../../components/number'
import { Section } from '../../components/section'
import { Table } from '../../components/table'
import { fixed, shownDifference, shownSi, type Shown } from '../../lib/format'
import { fits } from '../../lib/sort'
import { stateWords } from '../../lib/stops'
import { unitForPeople, type Unit } from '../../lib/units'
import { useApp } from '../../state/app'
import { sayCode } from '../../text/words'

const difference = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b)
const reconciledDifference = ({ closure: c }: PlantUnit): number | null => difference(c.in.value, c.out.value)
const measuredDifference = ({ closure: c }: PlantUnit): number | null => difference(c.measured_in.value, c.measured_out.value)
/** All numbers of a row are in the unit of its flow. */
const unitOf = ({ closure: c }: PlantUnit): Unit => unitForPeople(c.in.unit, c.in.value ?? c.out.value ?? 0)

export function Units({ all }: { all: readonly PlantUnit[] }) {
  const { t, route } = useApp()
  const [filter, setFilter] = useState(route.query.get('find') ?? '')
  const matching = all.filter((u) => fits(filter, u.name, u.title, u.area, sayCode(t, 'model', u.model)))
  const rows = matching.length > 0 ? matching : all
  return (
    <Section id="units" title={t('units')} caption={t('units.caption')}>
      <Filters text={filter} onText={setFilter} n={rows.length} total={all.length} />
      <UnitTable rows={rows} />
    </Section>
  )
}

function UnitTable({ rows }: { rows: readonly PlantUnit[] }) {
  const { lang, t } = useApp()
  const model = (u: PlantUnit): string => sayCode(t, 'model', u.model)
  // A rectifier has no stream: nothing is missing there.
  const passes = (u: PlantUnit, cell: preact.ComponentChild) =>
    u.ports.length > 0 ? cell : <span class="quiet">{t('unit.no_streams')}</span>
  const flow = (side: 'in' | 'out') => ({
    number: true,
    by: (u: PlantUnit) => u.closure[side].value,
    figure: (u: PlantUnit): Shown => shownSi(u.closure[side].value, u.closure[side].sd, u.closure[side].unit, '', lang, unitOf(u)),
    cell: (u: PlantUnit) => passes(u, <Num of={{ value: '', sd: '', unit: '' }} />),
  })
  const measured = (u: PlantUnit) =>
    measuredDifference(u) === null ? (
      <span class="quiet">{t('unit.not_measured')}</span>
    ) : (
      <Closure difference={measuredDifference(u)} of={u.closure.measured_in.value} unit={unitOf(u)} />
    )
  return (
    <Table
      label={t('units')}
      rows={rows}
      id={(u) => u.name}
      columns={[
        {
          key: 'name',
          head: t('unit.name'),
          by: (u) => u.name,
          cell: (u) => (
            <>
              <Named name={u.named ? u.title : null} code={u.name} />
              <State of={u} />
            </>
          ),
        },
        { key: 'model', head: t('unit.model'), by: model, cell: model },
        { key: 'in', head: `● ${t('unit.in')}`, ...flow('in') },
        { key: 'out', head: `● ${t('unit.out')}`, ...flow('out') },
        {
          key: 'difference',
          head: `● ${t('unit.difference')}`,
          number: true,
          by: reconciledDifference,
          cell: (u) => passes(u, <Closure difference={reconciledDifference(u)} of={u.closure.in.value} unit={unitOf(u)} />),
        },
        {
          key: 'measured',
          head: `○ ${t('unit.measured_difference')}`,
          number: true,
          by: measuredDifference,
          cell: (u) => passes(u, measured(u)),
        },
      ]}
    />
  )
}

/** Out of service or started again, and since when. */
function State({ of: u }: { of: PlantUnit }) {
  const { lang, t } = useApp()
  const text = stateWords(u.state, { t, lang, now: serverNow() }) || (u.state === null && u.idle ? t('unit.idle') : '')
  return text ? <span class="quiet"> ({text})</span> : null
}

/** A difference, shown to a thousandth of a per cent of the flow: what is smaller is rounding, and reads 0. */
function Closure({ difference, of, unit }: { difference: number | null; of: number | null; unit: Unit }) {
  const { lang } = useApp()
  if (difference === null || of === null) return <Num of={{ value: '', sd: '', unit: '' }} />
  const decimals = Math.min(6, Math.max(0, 4 - Math.floor(Math.log10(Math.abs(of / unit.scale) || 1))))
  const value = fixed(difference / unit.scale, decimals, lang, 0)
  return <Num of={{ value, sd: '', unit: shownDifference(0, null, unit, lang).unit }} />
}
