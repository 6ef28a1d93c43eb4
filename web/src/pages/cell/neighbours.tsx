// SPDX-License-Identifier: Apache-2.0
// The cells to either side, as they stand in the electrolyser, and the way back to all.
import type { CellDetail } from '../../api/schemas'
import { cellHref, StateMark } from '../../components/cell_state'
import { SiNum } from '../../components/number'
import { VOLT } from '../../lib/cells'
import { href } from '../../lib/route'
import { useApp } from '../../state/app'

export function Neighbours({ c }: { c: CellDetail }) {
  const { t } = useApp()
  return (
    <div class="neighbours" role="group" aria-label={t('room.neighbours')}>
      <span class="quiet">{t('room.neighbours')}</span>
      {c.neighbours.map((n) => (
        <span key={n.cell} class="nowrap">
          <a href={cellHref(n.cell)}>{n.cell}</a> <StateMark of={n.state} />{' '}
          {n.standard_voltage && <SiNum value={n.standard_voltage.value} sd={n.standard_voltage.sd} unit="V" as={VOLT} />}
        </span>
      ))}
      <a href={href('cells', { electrolyser: c.electrolyser })}>{t('room.all_of', { electrolyser: c.electrolyser })}</a>
    </div>
  )
}
