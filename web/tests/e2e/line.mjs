// SPDX-License-Identifier: Apache-2.0
// The line to the server goes down and comes back, as at a restart or when a laptop sleeps; and a disk that is full is said on every page.
import { strict as assert } from 'node:assert'
import { open, PAGES } from './support.mjs'

const FULL = 'records.db: database or disk is full (SQLite 13); free some space on its disk'

export const tests = {
  'a lost line is said with its time, values stay, and it comes back by itself': async (browser, site) => {
    const { page, close } = await open(browser, { ...site, expected: ['ERR_', 'Failed to fetch'] }, 'overview')
    await page.locator('.answers').waitFor()
    await page.route('**/api/**', (r) => r.abort())
    await page.context().setOffline(true)
    await page.reload({ waitUntil: 'commit' }).catch(() => undefined)
    await page.context().setOffline(false)
    await page.goto(`${site.base}/#/overview`)
    await page.locator('.lonely', { hasText: 'does not answer' }).waitFor()
    await page.unroute('**/api/**')
    await page.locator('.answers').waitFor({ timeout: 40_000 })
    await close()
  },
  'what is not kept is said at the top of every page until it is kept again': async (browser, site) => {
    const { page, close } = await open(browser, site, 'overview')
    const storage = { error: null, records_error: FULL }
    await page.route('**/api/v1/overview**', async (r) => {
      const response = await r.fetch()
      const json = await response.json()
      await r.fulfill({ response, json: { ...json, storage: { ...json.storage, ...storage } } })
    })
    const said = page.locator('[role=alert]', { hasText: 'Changes of accounts, notes and the audit trail are not being kept' })
    for (const name of PAGES) {
      await page.goto(`${site.base}/#/${name}`)
      await page.reload()
      await said.waitFor()
      assert.ok((await said.textContent()).includes(FULL), name)
      assert.equal(await page.getByText('New readings are not being kept').count(), 0, name)
    }
    storage.records_error = null
    storage.error = FULL
    await page.reload()
    await page.locator('[role=alert]', { hasText: 'New readings are not being kept' }).waitFor()
    assert.equal(await said.count(), 0)
    await close()
  },
  'an open page keeps its numbers while the server is away': async (browser, site) => {
    const context = await browser.newContext()
    await context.addInitScript(() => {
      localStorage.setItem('castner.lang', 'en')
      // The test's own switch: a fetch that fails as it does when the server is gone, and a stream that ends.
      const real = window.fetch
      window.e2eAway = false
      window.fetch = (input, init) => {
        if (window.e2eAway) return Promise.reject(new TypeError('away'))
        if (!String(input).includes('/stream')) return real(input, init)
        const control = new AbortController()
        init.signal?.addEventListener('abort', () => control.abort())
        window.e2eCut = () => control.abort()
        return real(input, { ...init, signal: control.signal })
      }
    })
    const page = await context.newPage()
    await page.goto(`${site.base}/#/overview`)
    await page.locator('nav, form.stack').first().waitFor()
    if (await page.locator('form.stack').count()) {
      await page.fill('input[name=name]', site.user)
      await page.fill('input[name=password]', site.password)
      await page.click('button.primary')
    }
    await page.locator('.answers').waitFor()
    await page.waitForFunction(() => window.e2eCut)
    await page.evaluate(() => {
      window.e2eAway = true
      window.e2eCut()
    })
    await page.getByText('The line to the server is down since').waitFor()
    assert.equal(await page.locator('.answers').count(), 1)
    await page.evaluate(() => {
      window.e2eAway = false
    })
    await page.getByText('The line to the server is down since').waitFor({ state: 'detached', timeout: 40_000 })
    await context.close()
  },
}
