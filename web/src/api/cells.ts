// SPDX-License-Identifier: Apache-2.0
// Each cell of the electrolysers: how all are, how they were, one of them, what was done to it.
import type { Lang } from '../lib/format'
import { json, query, type Signal } from './request'
import type { CellDetail, CellMap, CellMapOf, CellPart, CellRoom, CellService } from './schemas'

export const cells = (lang: Lang, signal?: Signal): Promise<CellRoom> => json('/api/v1/cells' + query({ lang }), { signal })
/** @param at [ms] */
export const cellMap = (at: number, of: CellMapOf, signal?: Signal): Promise<CellMap> =>
  json('/api/v1/cells/map' + query({ at: new Date(at).toISOString(), of }), { signal })
export const oneCell = (cell: string, lang: Lang, signal?: Signal): Promise<CellDetail> =>
  json('/api/v1/cells/one' + query({ cell, lang }), { signal })
/** @param when [ms] */
export const addService = (cell: string, what: CellPart, when: number, note: string): Promise<CellService> =>
  json('/api/v1/cells/service', { method: 'POST', body: { cell, what, when: new Date(when).toISOString(), note } })
