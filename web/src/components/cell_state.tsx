// SPDX-License-Identifier: Apache-2.0
// How a cell is: a shape and a word; and how many are how, in a sentence.
import type { CellState, CellSummary } from '../api/schemas'
import { fixed, type Lang } from '../lib/format'
import { href } from '../lib/route'
import { useApp } from '../state/app'
import type { Say } from '../text/words'
import { Shape } from './shape'

const SHAPE = { healthy: 'ok', suspect: 'warn', sick: 'bad', unseen: 'none' } as const

export function StateMark({ of }: { of: CellState }) {
  const { t } = useApp()
  return (
    <span class="nowrap">
      <Shape kind={SHAPE[of]} />{' '}
      <span class={of === 'sick' ? 'bad' : of === 'suspect' ? 'warn' : of === 'unseen' ? 'quiet' : ''}>{t(`cell.state.${of}`)}</span>
    </span>
  )
}

export const cellHref = (cell: string): string => href('cell', { cell })

/** "Of 600 cells 2 are sick, 5 suspect." */
export function countText(t: Say, lang: Lang, n: number, s: CellSummary['states']): string {
  const total = fixed(n, 0, lang)
  if (s.healthy === n) return t('room.all_healthy', { n: total })
  if (s.unseen === n) return t('room.none_judged', { n: total })
  const parts = [s.sick === 1 ? t('room.sick.one') : t('room.sick', { n: fixed(s.sick, 0, lang) })]
  if (s.suspect > 0) parts.push(t('room.suspect', { n: fixed(s.suspect, 0, lang) }))
  if (s.unseen > 0) parts.push(t('room.unseen', { n: fixed(s.unseen, 0, lang) }))
  return t('room.of', { n: total, parts: parts.join(t('list.gap')) })
}

export const worstState = (s: CellSummary['states']): CellState =>
  s.sick > 0 ? 'sick' : s.suspect > 0 ? 'suspect' : s.healthy > 0 ? 'healthy' : 'unseen'
export const shapeOfState = (s: CellState): (typeof SHAPE)[CellState] => SHAPE[s]
