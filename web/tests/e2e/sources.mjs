// SPDX-License-Identifier: Apache-2.0
import { strict as assert } from 'node:assert'
import { open } from './support.mjs'

export const tests = {
  'each source and each tag has a state in words and its last error': async (browser, site) => {
    const { page, close } = await open(browser, site, 'sources')
    await page.locator('#sources').waitFor()
    for (const name of ['Sources', 'Instruments']) {
      const rows = page.getByRole('region', { name, exact: true }).locator('tbody tr')
      for (const row of (await rows.all()).slice(0, 20)) assert.match(await row.innerText(), /\b(ok|late|down)\b/)
    }
    await close()
  },
  'it says first whether all is well, in the numbers of the table': async (browser, site) => {
    const { page, close } = await open(browser, site, 'sources')
    await page.locator('p.answer-line').waitFor()
    const n = await page.getByRole('region', { name: 'Sources', exact: true }).locator('tbody tr').count()
    assert.match(
      await page.locator('p.answer-line').innerText(),
      new RegExp(`All ${n} sources answer; all [\\d,]+ tags|Sources: \\d+ of ${n} down, \\d+ late. Tags: \\d+ of`),
    )
    await close()
  },
  'tags that were silent together are one line that opens': async (browser, site) => {
    const { page, close } = await open(browser, site, 'balance')
    const gap = (tag, to) => ({ tag, from: '2026-11-29T10:00:00Z', to, why: '127.0.0.1:1502: Connection refused' })
    const gaps = [...Array.from({ length: 600 }, (_, k) => gap(`EI-${k}`, '2026-11-29T10:00:17Z')), gap('FI-1', null)]
    await page.route('**/api/v1/gaps?*', (route) => route.fulfill({ json: { gaps } }))
    await page.goto(`${site.base}/#/sources`)
    const rows = page.locator('section[aria-labelledby=gaps] tbody tr')
    await rows.first().waitFor()
    assert.equal(await rows.count(), 2)
    const many = rows.filter({ hasText: '600' })
    assert.equal(await many.locator('a:visible').count(), 0)
    await many.locator('summary').click()
    assert.equal(await many.locator('a:visible').count(), 600)
    await close()
  },
  'the ledger of gaps looks back as far as asked': async (browser, site) => {
    const { page, close } = await open(browser, site, 'sources')
    await page.locator('#gaps').waitFor()
    // The page may still ask for the range that it opens with: the one that was clicked must follow.
    const asks30 = (request) => {
      const q = new URL(request.url()).searchParams
      return request.url().includes('/gaps?') && Math.abs(Date.parse(q.get('to')) - Date.parse(q.get('from')) - 30 * 86_400_000) < 1000
    }
    await Promise.all([page.waitForRequest(asks30), page.getByRole('button', { name: '30 d' }).click()])
    await close()
  },
}
