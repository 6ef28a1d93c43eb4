// SPDX-License-Identifier: Apache-2.0
// What the server knows of the plant as a whole: its state now, its flows, its energy.
import type { Lang } from '../lib/format'
import { json, query, type Signal } from './request'
import type { Energy, Latest, Overview, Plant } from './schemas'
import { setServerClock } from './server_clock'

export async function overview(lang: Lang, signal?: Signal): Promise<Overview> {
  const o = await json<Overview>('/api/v1/overview' + query({ lang }), { signal })
  setServerClock(o.time)
  return o
}
export const plant = (lang: Lang, signal?: Signal): Promise<Plant> => json('/api/v1/plant' + query({ lang }), { signal })
export const energy = (lang: Lang, signal?: Signal): Promise<Energy> => json('/api/v1/energy' + query({ lang }), { signal })
export const latest = (lang: Lang, signal?: Signal): Promise<Latest> => json('/api/v1/latest' + query({ lang }), { signal })
/** Balances of the past, which are kept beside the readings. @param from, to RFC 3339 */
export const askBalances = (lang: Lang, from: string, to: string): Promise<unknown> =>
  json('/api/v1/balances' + query({ lang, from, to }), { method: 'POST' })
export const reconcileNow = (lang: Lang): Promise<unknown> => json('/api/v1/assess' + query({ lang }), { method: 'POST' })
