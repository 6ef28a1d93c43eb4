// SPDX-License-Identifier: Apache-2.0
// Above the map: what it is coloured by, which electrolyser, and the way to a cell whose name is known.
import { useState } from 'preact/hooks'
import type { Cell, CellElectrolyser } from '../../api/schemas'
import { cellHref } from '../../components/cell_state'
import { Choice, Field } from '../../components/form'
import { findCell, MEASURES, type Measure } from '../../lib/cells'
import { useApp } from '../../state/app'

interface Props {
  cells: readonly Cell[]
  electrolysers: readonly CellElectrolyser[]
  /** '': all */
  electrolyser: string
  onElectrolyser: (name: string) => void
  measure: Measure
  onMeasure: (m: Measure) => void
}

export function Finder({ cells, electrolysers, electrolyser, onElectrolyser, measure, onMeasure }: Props) {
  const { t } = useApp()
  const [name, setName] = useState('')
  const wrong = name !== '' && !findCell(cells, name)
  const open = (e: Event): void => {
    e.preventDefault()
    const cell = findCell(cells, name)
    if (cell) location.hash = cellHref(cell.cell)
  }
  const counted = (e: CellElectrolyser): string => (e.states.sick > 0 ? `${e.name} ◆ ${e.states.sick}` : e.name)
  return (
    <form class="filters" onSubmit={open}>
      <Choice
        label={t('room.coloured')}
        value={measure}
        options={MEASURES.map((m) => [m, t(`room.by.${m}`)] as const)}
        onChange={onMeasure}
      />
      <Choice
        label={t('room.electrolyser')}
        value={electrolyser}
        options={[['', t('room.all')], ...electrolysers.map((e) => [e.name, counted(e)] as const)]}
        onChange={onElectrolyser}
      />
      <Field
        type="search"
        label={t('room.find')}
        size={10}
        value={name}
        placeholder={cells[0]?.cell ?? ''}
        aria-invalid={wrong || undefined}
        title={wrong ? t('room.find.none') : undefined}
        onInput={(e) => setName(e.currentTarget.value)}
      />
    </form>
  )
}
