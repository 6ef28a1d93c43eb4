// SPDX-License-Identifier: Apache-2.0
import { strict as assert } from 'node:assert'
import { open } from './support.mjs'

export const tests = {
  'instruments sort and filter, and every row has a verdict in words': async (browser, site) => {
    const { page, close } = await open(browser, site, 'balance')
    await page.locator('#instruments').waitFor()
    const table = page.getByRole('region', { name: 'Instruments' })
    if ((await table.count()) === 0) return close().then(() => 'no plant file with measurements')
    const rows = table.locator('tbody tr')
    const all = await rows.count()
    await table.getByRole('button', { name: 'Tag' }).click()
    const tags = await table.locator('tbody th').allInnerTexts()
    assert.deepEqual(tags, [...tags].sort(new Intl.Collator('en-GB', { numeric: true }).compare))
    await page.locator('.filters input').first().fill(tags[0])
    const left = await rows.count()
    assert.ok(left >= 1 && (left < all || all === 1))
    for (const row of await rows.all()) assert.notEqual((await row.locator('td').last().innerText()).trim(), '')
    await close()
  },
  'every unit says what goes in and out': async (browser, site) => {
    const { page, close } = await open(browser, site, 'balance')
    await page.locator('#units').waitFor()
    const rows = page.getByRole('region', { name: 'Units' }).locator('tbody tr')
    if ((await rows.count()) === 0) return close().then(() => 'no plant file')
    for (const row of await rows.all()) assert.equal(await row.locator('td').count(), 5)
    await close()
  },
}
