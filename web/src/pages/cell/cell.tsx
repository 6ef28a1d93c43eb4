// SPDX-License-Identifier: Apache-2.0
// One cell: how it is, of what it is sick, what to do now, how it went, and what was done to it.
import { oneCell } from '../../api/cells'
import type { CellDetail } from '../../api/schemas'
import { SinceAndCost } from '../../components/cell_findings'
import { StateMark } from '../../components/cell_state'
import { Load } from '../../components/notices'
import { Prose } from '../../components/prose'
import { Section } from '../../components/section'
import { WithCells } from '../../components/with_cells'
import { href } from '../../lib/route'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { Diagnosis } from './diagnosis'
import { Figures } from './figures'
import { History } from './history'
import { Neighbours } from './neighbours'
import { Polarisation } from './polarisation'
import { Service } from './service'
import './cell.css'

const PACE = 15 // [s] between two looks at it

export function CellPage() {
  const { route, t } = useApp()
  const cell = route.query.get('cell')
  return (
    <WithCells>
      {() =>
        cell === null ? (
          <p>
            <a href={href('cells')}>{t('room.choose')}</a>
          </p>
        ) : (
          <One key={cell} name={cell} />
        )
      }
    </WithCells>
  )
}

function One({ name }: { name: string }) {
  const { lang, t } = useApp()
  const loaded = useLoaded((s) => oneCell(name, lang, s), [name, lang], { everySeconds: PACE })
  return (
    <Load of={loaded} what="wait.cell" values={{ cell: name }}>
      {(c) => (
        <>
          <First c={c} />
          <div class="cell-page">
            <div>
              {c.findings.length > 0 && <Diagnosis of={c.findings} />}
              <Section id="service" title={t('room.service')}>
                <Service cell={c.cell} of={c.service} again={loaded.again} />
              </Section>
            </div>
            <div>
              <History c={c} />
              <Polarisation c={c} />
            </div>
          </div>
        </>
      )}
    </Load>
  )
}

/** A finding's title, "E1/017: probably ...", beside the name. */
const withoutName = (title: string, cell: string): string =>
  title.startsWith(cell) ? title.slice(cell.length).replace(/^[:：]\s*/, '') : title

function First({ c }: { c: CellDetail }) {
  const { t } = useApp()
  const open = c.findings.find((f) => f.ended === null)
  return (
    <>
      <p class="answer-line">
        <b class="big-name">{c.cell}</b>
        <StateMark of={c.state} />
        {open ? (
          <span>
            <Prose text={withoutName(open.title, c.cell)} />
            {t('list.gap')}
            <SinceAndCost f={open} />
          </span>
        ) : (
          <span class="quiet">{t(`room.nothing_open.${c.state === 'sick' ? 'suspect' : c.state}`)}</span>
        )}
      </p>
      <Figures c={c} />
      <Neighbours c={c} />
    </>
  )
}
