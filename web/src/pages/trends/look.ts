// SPDX-License-Identifier: Apache-2.0
// What is drawn with the tags: their reconciled values, the same time before, two units in one chart; kept in the address.
import type { Route } from '../../lib/route'
import { BESIDE, type Beside } from './model'

export interface Look {
  withReconciled: boolean
  beside: Beside
  twoAxes: boolean
}

export function lookOf({ query }: Pick<Route, 'query'>): Look {
  const beside = query.get('beside') ?? 'none'
  return {
    withReconciled: query.get('reconciled') !== 'no',
    beside: Object.hasOwn(BESIDE, beside) ? (beside as Beside) : 'none',
    twoAxes: query.get('axes') === 'two',
  }
}

/** As lookOf() reads it; what is usual is left out. */
export const addressOfLook = (l: Look): Record<string, string> => ({
  reconciled: l.withReconciled ? '' : 'no',
  beside: l.beside === 'none' ? '' : l.beside,
  axes: l.twoAxes ? 'two' : '',
})
