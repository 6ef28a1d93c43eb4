// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { href, inRow, PAGES, parseRoute } from './route'

describe('addresses', () => {
  it('keep what a page shows', () => {
    const a = href('trends', { tag: ['FI-101', 'reconciled:S1,x&y'], last: '3600', from: '' })
    const r = parseRoute(a)
    expect([r.page, r.query.getAll('tag'), r.query.get('last'), r.query.get('from')]).toEqual([
      'trends',
      ['FI-101', 'reconciled:S1,x&y'],
      '3600',
      null,
    ])
  })
  it('that are none lead to the overview', () =>
    expect(['', '#/', '#/no', '#/../etc'].map((h) => parseRoute(h).page)).toEqual(Array(4).fill('overview')))
})

it('pages about cells are offered where there are cells', () => {
  const row = (here: 'overview' | 'exchange', withCells: boolean) => PAGES.filter((p) => inRow(p, here, withCells))
  expect(row('overview', true).slice(0, 3)).toEqual(['overview', 'cells', 'exchange'])
  expect(row('overview', false).slice(0, 2)).toEqual(['overview', 'trends'])
  expect(row('exchange', false).slice(0, 2)).toEqual(['overview', 'exchange']) // the page that is open stands there
})
