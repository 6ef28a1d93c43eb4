// SPDX-License-Identifier: Apache-2.0
import { strict as assert } from 'node:assert'
import { open } from './support.mjs'

export const tests = {
  'hydrogen is shown in the unit of its meter, in the size it has': async (browser, site) => {
    const { page, close } = await open(browser, { ...site, lang: 'en' }, 'balance')
    await page.locator('#instruments').waitFor()
    const row = page.getByRole('row', { name: 'FI-4001' })
    if (!(await row.waitFor().then(() => true, () => false))) return close().then(() => 'not the cell room')
    // Four electrolysers at about 14.5 kA and 150 cells make I n / (2 F): 45 mol/s, of 22.414 L each.
    const [, measured] = /([\d.,]+) ± [\d.,]+ Nm³\/h/.exec(await row.innerText())
    const expected = ((4 * 14.5e3 * 150) / (2 * 96485)) * 0.022414 * 3600
    assert.ok(Math.abs(Number(measured.replaceAll(',', '')) / expected - 1) < 0.15, `${measured} Nm³/h, about ${expected.toFixed(0)} expected`)
    await close()
  },
  'instruments sort and filter, and every row has a verdict in words': async (browser, site) => {
    const { page, close } = await open(browser, site, 'balance')
    await page.locator('#instruments').waitFor()
    const table = page.getByRole('region', { name: 'Instruments' })
    const rows = table.locator('tbody tr')
    if (!(await rows.first().waitFor().then(() => true, () => false))) return close().then(() => 'no plant file with measurements')
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
    if (!(await rows.first().waitFor().then(() => true, () => false))) return close().then(() => 'no plant file')
    for (const row of await rows.all()) assert.equal(await row.locator('td').count(), 5)
    await close()
  },
}
