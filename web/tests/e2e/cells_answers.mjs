// SPDX-License-Identifier: Apache-2.0
// Answers of a server that watches the cells of cells_made_up.mjs.
import { amount, noise, now, oneOf, roomOf } from './cells_made_up.mjs'
import { open } from './support.mjs'

export const ENGINEER = { name: 'li.wei', role: 'engineer', open: false }

/** As GET overview tells of it. */
export function summaryOf(room) {
  const states = { healthy: 0, suspect: 0, sick: 0, unseen: 0 }
  for (const c of room.cells) ++states[c.state]
  return {
    cells: room.cells.length,
    states,
    cost_per_day: amount(30.6, 0.8, 'CNY/d'),
    worst: room.findings[0] ?? null,
    note: null,
    learning: room.learning,
  }
}

/**
 * Answers what a page asks about cells as a server with this room would; the rest is the server's own.
 * @param o.session who is signed in, where it shall be another; o.served takes what is written into the service record
 */
export async function withCells(page, { each = 150, room = null, session = null, served = [], asked = [] } = {}) {
  const langOf = (route) => new URL(route.request().url()).searchParams.get('lang') ?? 'en'
  const made = {}
  const roomIn = (lang) => room ?? (made[lang] ??= roomOf(lang, each))
  await page.route('**/api/v1/overview*', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), cells: summaryOf(roomIn(langOf(route))) } })
  })
  if (session)
    await page.route('**/api/v1/session', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), ...session } })
    })
  await page.route('**/api/v1/cells?*', (route) => route.fulfill({ json: roomIn(langOf(route)) }))
  await page.route('**/api/v1/cells/map?*', (route) => {
    const q = new URL(route.request().url()).searchParams
    asked.push(q.get('at'))
    const of = q.get('of')
    const at = Date.parse(q.get('at'))
    const values = roomIn('en').cells.map((c, k) => (k % 97 === 3 ? null : c[of] && c[of].value - 0.01 * Math.sin(at / 1e7)))
    return route.fulfill({ json: { at: q.get('at'), of, unit: of === 'excess_power' ? 'W' : 'V', values } })
  })
  await page.route('**/api/v1/cells/one?*', (route) => {
    const one = oneOf(new URL(route.request().url()).searchParams.get('cell'), langOf(route))
    if (one) return route.fulfill({ json: { ...one, service: [...served, ...one.service] } })
    return route.fulfill({
      status: 404,
      json: { type: 'about:blank', title: 'Not Found', status: 404, detail: 'there is no such cell', problems: [] },
    })
  })
  await page.route('**/api/v1/cells/service', (route) => {
    const record = { by: 'li.wei', at: new Date(now).toISOString(), ...route.request().postDataJSON() }
    served.unshift(record)
    return route.fulfill({ status: 201, json: record })
  })
  await page.route('**/api/v1/history?*', async (route) => {
    const q = new URL(route.request().url()).searchParams
    const tags = q.getAll('tag')
    if (!tags.every((tag) => /^EI-E\d-/.test(tag))) return route.fallback()
    const [from, to] = [Date.parse(q.get('from')), Date.parse(q.get('to'))]
    const times = Array.from({ length: 200 }, (_, k) => new Date(from + ((to - from) * k) / 200).toISOString())
    const values = times.map((_, k) => 2.97 + 0.005 * noise(k) + (k > 150 ? 0.15 : 0))
    return route.fulfill({
      json: {
        from: q.get('from'),
        to: q.get('to'),
        series: tags.map((tag) => ({ tag, unit: 'V', bucket_seconds: null, times, values, quality: times.map(() => 'good') })),
      },
    })
  })
  await page.route('**/api/v1/gaps?*', (route) =>
    /EI-E\d-/.test(route.request().url()) ? route.fulfill({ json: { gaps: [] } }) : route.fallback(),
  )
}

/** A page about cells, of a server that has some. */
export async function cells(browser, site, path, o = {}) {
  const opened = await open(browser, { ...site, ...o }, 'sources')
  await withCells(opened.page, o)
  await opened.page.evaluate((to) => (location.hash = `#/${to}`), path)
  await opened.page.reload() // what the server says of cells is another now
  return opened
}
/** How many squares, or signs, of one kind the map has. */
export const squares = (page, kind) =>
  page.locator(`.cell-map path.${kind}`).evaluateAll((all) => all.reduce((n, p) => n + p.getAttribute('d').split('M').length - 1, 0))
/** All squares that stand for a cell, whatever their colour. */
export const KINDS = ['h0', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'unknown']
/** Words in one line. */
export const said = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ').trim()
export const mapOf = async (page) => {
  await page.locator('.cell-map svg').waitFor()
  return page.locator('.cell-map')
}
