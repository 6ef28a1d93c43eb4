// SPDX-License-Identifier: Apache-2.0
// Electrolyser by electrolyser: how its cells are, its middle cell, what its cells draw too much, hydrogen in its chlorine.
import type { CellElectrolyser, CellRoom } from '../../api/schemas'
import { Money } from '../../components/number'
import { Section } from '../../components/section'
import { Shape } from '../../components/shape'
import { Table } from '../../components/table'
import { VOLT } from '../../lib/cells'
import { fixed, shownSi } from '../../lib/format'
import type { Unit } from '../../lib/units'
import { useApp } from '../../state/app'

const HOUR = { code: 'h', scale: 3600, offset: 0 }
const DAY = { code: 'd', scale: 86_400, offset: 0 }
const PERCENT = { code: '%', scale: 1e-2, offset: 0 }

interface Props {
  of: readonly CellElectrolyser[]
  reference: CellRoom['reference']
}

export function Electrolysers({ of, reference }: Props) {
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
          <Shape kind="none" /> {t('room.unseen', { n: fixed(e.states.unseen, 0, lang) })}
        </span>
      )}
    </>
  )
  /** Hours or days, with its uncertainty. */
  const toLimit = (e: CellElectrolyser) => {
    const time = e.hydrogen_in_chlorine?.time_to_limit
    return shownSi(time?.value, time?.sd, 's', '', lang, (time?.value ?? 0) < 2 * DAY.scale ? HOUR : DAY)
  }
  const shown = (value: number, unit: string, as?: Unit): string => {
    const s = shownSi(value, null, unit, '', lang, as)
    return `${s.value} ${s.unit}`
  }
  const conditions = [
    shown(reference.current_density, 'A/m2'),
    shown(reference.temperature, 'K'),
    `${shown(reference.caustic, '1', PERCENT)} NaOH`,
  ].join(t('list.gap'))
  return (
    <Section id="electrolysers" title={t('room.electrolysers')} caption={t('room.electrolysers.note', { reference: conditions })}>
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
          ...(of.some((e) => e.hydrogen_in_chlorine?.time_to_limit)
            ? [
                {
                  key: 'limit',
                  head: t('room.limit'),
                  number: true,
                  figure: toLimit,
                  cell: () => <span class="quiet">{t('cells.no_trend')}</span>,
                },
              ]
            : []),
        ]}
      />
    </Section>
  )
}
