// SPDX-License-Identifier: Apache-2.0
// A browser that notices what a person would not want: errors in the console, words from elsewhere, text too faint to read.
import { strict as assert } from 'node:assert'
import { chromium } from 'playwright-core'

export const PATIENCE = 15_000 // ms; every wait has a limit

export const WORDS = {
  en: {
    advises: 'Castner advises; it is not a safety instrumented system.',
    overview: 'Overview',
    cells: 'Cell room',
    cell: 'Cell',
    exchange: 'Exchange plan',
    trends: 'Trends',
    balance: 'Balance',
    energy: 'Energy',
    sources: 'Sources and instruments',
    start: 'Start',
    administration: 'Administration',
  },
  zh: {
    advises: 'Castner 仅提供建议，不是安全仪表系统。',
    overview: '总览',
    cells: '电解单槽',
    cell: '单槽',
    exchange: '更换计划',
    trends: '趋势',
    balance: '平衡',
    energy: '能耗',
    sources: '数据源与仪表',
    start: '开始',
    administration: '管理',
  },
}

export const PAGES = ['overview', 'cells', 'cell', 'exchange', 'trends', 'balance', 'energy', 'sources', 'start', 'administration']

/** The address of a page with something on it to judge: Trends with two tags, so that there are curves; a cell that is sick. */
export const pathOf = (name) =>
  name === 'trends' ? 'trends?tag=FI-4001&tag=TI-1203&last=900' : name === 'cell' ? `cell?cell=${encodeURIComponent(SICK)}` : name

/** A cell of the virtual cell room that has been ill for weeks (plants/cell_room/sick_cell.toml). */
export const SICK = 'E2/110'

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })

/** Cookies of the first sign-in of each user. Hashing a password is slow on purpose, so the other pages come signed in. */
const sessions = new Map()

/** A page of its own, signed in where the server asks for it (unless `signIn` is false), in the time zone `timezone` of a browser. `expected`: words of console errors that this test causes itself. */
export async function open(
  browser,
  { base, user, password, lang = 'en', theme = 'light', width = 1400, height = 900, expected = [], signIn = true, timezone },
  path,
) {
  const context = await browser.newContext({ viewport: { width, height }, timezoneId: timezone })
  context.setDefaultTimeout(PATIENCE)
  if (signIn && sessions.has(user)) await context.addCookies(sessions.get(user))
  const page = await context.newPage()
  const faults = []
  page.on('console', (m) => m.type() === 'error' && !expected.some((w) => m.text().includes(w)) && faults.push(m.text()))
  page.on('pageerror', (e) => faults.push(e.message))
  page.on(
    'request',
    (r) =>
      new URL(r.url()).origin !== new URL(base).origin && !/^(data|blob):/.test(r.url()) && faults.push(`asks another machine: ${r.url()}`),
  )
  await page.addInitScript(
    ([l, t]) => {
      if (sessionStorage.getItem('e2e') !== null) return // choices made in the test stay over a reload
      sessionStorage.setItem('e2e', '')
      localStorage.setItem('castner.lang', l)
      localStorage.setItem('castner.theme', t)
    },
    [lang, theme],
  )
  await page.goto(`${base}/#/${path}`)
  await page.locator('main').first().waitFor()
  await page.locator('nav, form.stack').first().waitFor()
  if (signIn && (await page.locator('form.stack').count())) {
    assert.ok(user, 'the server wants a sign-in: set CASTNER_USER and CASTNER_PASSWORD')
    await page.fill('input[name=name]', user)
    await page.fill('input[name=password]', password)
    await page.click('button.primary')
    await page.locator('nav').waitFor()
    sessions.set(user, await context.cookies())
  }
  const close = async () => {
    await page.unrouteAll({ behavior: 'ignoreErrors' }) // an answer that a test changes may still be on its way
    await context.close()
  }
  return { page, faults, close }
}

/** Texts whose contrast with what is behind them is under WCAG AA's 4.5 to 1 (3 to 1 where large). */
export function faint(page) {
  return page.evaluate(() => {
    const rgb = (text) => (text.match(/[\d.]+/g) ?? []).map(Number)
    const luminance = ([r, g, b]) => {
      const part = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
      return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }
    const behind = (e) => {
      for (; e; e = e.parentElement) {
        const c = rgb(getComputedStyle(e).backgroundColor)
        if (c.length === 3 || c[3] > 0.99) return c
      }
      return [255, 255, 255]
    }
    const found = []
    for (const e of document.querySelectorAll('body *')) {
      const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== '')
      if (!own || !e.checkVisibility() || e.matches(':disabled, option, title, noscript, script')) continue
      const style = getComputedStyle(e)
      const ink = rgb(e instanceof SVGElement ? style.fill : style.color)
      const [a, b] = [luminance(ink), luminance(behind(e))]
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
      const large = parseFloat(style.fontSize) >= 24
      if (ratio < (large ? 3 : 4.5)) found.push(`${e.textContent.trim().slice(0, 40)}: ${ratio.toFixed(2)}`)
    }
    return found
  })
}

/** Waits until the page's address is as `pattern` says: it follows what is drawn, and page.url() follows the address. */
export const address = (page, pattern) =>
  page.waitForFunction(([source, flags]) => new RegExp(source, flags).test(location.href), [pattern.source, pattern.flags])

/** What the page's address asks for. */
export const asked = async (page) => new URLSearchParams(await page.evaluate(() => location.hash.split('?')[1]))

/** How far the page itself (not a table in it) can be scrolled sideways [px]. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
