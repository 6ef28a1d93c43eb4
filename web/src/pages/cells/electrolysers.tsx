// SPDX-License-Identifier: Apache-2.0
// Electrolyser by electrolyser: how its cells are, its middle cell, what its cells draw too much, hydrogen in its chlorine.
import type { CellElectrolyser } from '../../api/schemas'
import { Money } from '../../components/number'
import { Section } from '../../components/section'
import { Shape } from '../../components/shape'
import { Table } from '../../components/table'
import { VOLT } from '../../lib/cells'
import { shownSi } from '../../lib/format'
import { span } from '../../lib/time'
import { useApp } from '../../state/app'

const PERCENT = { code: '%', scale: 1e-2, offset: 0 }

export function Electrolysers({ of }: { of: readonly CellElectrolyser[] }) {
  const { lang, t } = useApp()
  const volts = (key: 'standard_voltage' | 'ohmic' | 'electrode', head: string) => ({
    key,
    head,
    number: true,
    by: (e: CellElectrolyser) => e[key]?.value ?? null,
    figure: (e: CellElectrolyser) => shownSi(e[key]?.value, e[key]?.sd, 'V', '', lang, VOLT),
  })
  const states = (e: CellElectrolyser) => (
    <>
      {e.states.sick > 0 && (
        <span class="bad nowrap">
          <Shape kind="bad" /> {e.states.sick}{' '}
        </span>
      )}
      {e.states.suspect > 0 && (
        <span class="warn nowrap">
          <Shape kind="warn" /> {e.states.suspect}{' '}
        </span>
      )}
      <span class="nowrap">
        <Shape kind="ok" /> {e.states.healthy}{' '}
      </span>
      {e.states.unseen > 0 && (
        <span class="quiet nowrap">
          <Shape kind="none" /> {e.states.unseen}
        </span>
      )}
    </>
  )
  const toLimit = (e: CellElectrolyser): string => {
    const time = e.hydrogen_in_chlorine?.time_to_limit?.value
    return time == null ? '' : t('room.to_limit', { time: span(time, lang) })
  }
  return (
    <Section id="electrolysers" title={t('room.electrolysers')} caption={t('room.electrolysers.note')}>
      <Table
        label={t('room.electrolysers')}
        rows={of}
        id={(e) => e.name}
        rowClass={(e) => (e.states.sick > 0 ? 'abnormal' : '')}
        columns={[
          { key: 'name', head: t('room.electrolyser'), by: (e) => e.name, cell: (e) => e.name },
          { key: 'states', head: t('room.states'), by: (e) => -e.states.sick, cell: states, early: true },
          volts('standard_voltage', t('room.by.standard_voltage')),
          volts('ohmic', t('room.ohmic')),
          volts('electrode', t('room.electrode')),
          {
            key: 'excess',
            head: t('room.by.excess_power'),
            number: true,
            by: (e) => e.excess_power?.value ?? null,
            figure: (e) => shownSi(e.excess_power?.value, e.excess_power?.sd, 'W', '', lang),
          },
          {
            key: 'cost',
            head: t('room.by.cost_per_day'),
            number: true,
            by: (e) => e.cost_per_day?.value ?? null,
            cell: (e) => e.cost_per_day && <Money of={e.cost_per_day} />,
          },
          {
            key: 'current',
            head: t('room.current'),
            number: true,
            by: (e) => e.current?.value ?? null,
            figure: (e) => shownSi(e.current?.value, null, 'A', '', lang),
          },
          {
            key: 'hydrogen',
            head: t('room.hydrogen'),
            number: true,
            by: (e) => e.hydrogen_in_chlorine?.value ?? null,
            figure: (e) => shownSi(e.hydrogen_in_chlorine?.value, e.hydrogen_in_chlorine?.sd, '1', '', lang, PERCENT),
          },
          { key: 'limit', head: t('room.limit'), cell: toLimit },
        ]}
      />
    </Section>
  )
}
