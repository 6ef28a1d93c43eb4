// SPDX-License-Identifier: Apache-2.0
// Addresses: "#/trends?tags=FI-101". What a page shows stands in its address, so that it can be kept and sent.

export const PAGES = ['overview', 'cells', 'cell', 'exchange', 'trends', 'balance', 'energy', 'sources', 'start', 'administration'] as const
export type PageName = (typeof PAGES)[number]

export interface Route {
  page: PageName
  query: URLSearchParams
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const page = PAGES.find((p) => p === path) ?? 'overview'
  return { page, query: new URLSearchParams(query) }
}

/** Empty values are left out. */
export function href(page: PageName, query: Record<string, string | readonly string[]> = {}): string {
  const q = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    for (const v of typeof value === 'string' ? [value] : value) if (v !== '') q.append(key, v)
  const text = q.toString()
  return `#/${page}${text ? `?${text}` : ''}`
}

/** Whether a page stands in the row of pages: one cell stands under its room, and a plant whose cells nobody has named has neither. */
export const inRow = (p: PageName, here: PageName, withCells: boolean): boolean =>
  p !== 'cell' && (withCells || p === here || (p !== 'cells' && p !== 'exchange'))
