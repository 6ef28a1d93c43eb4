// SPDX-License-Identifier: Apache-2.0
import { strict as assert } from 'node:assert'
import { open, WORDS } from './support.mjs'

const streamsOf = (page) => page.locator('.picture a[href^="#/trends"]')
/** Whether a picture is drawn: a server without a plant file has none. */
const pictured = (page) =>
  streamsOf(page)
    .first()
    .waitFor({ timeout: 5000 })
    .then(
      () => true,
      () => false,
    )

export const tests = {
  'the six answers, and honestly what is not watched': async (browser, site) => {
    const { page, close } = await open(browser, site, 'overview')
    await page.locator('.answers').waitFor()
    assert.equal(await page.locator('.answer').count(), 6)
    assert.equal(await page.locator('.answer', { hasText: 'not watched yet' }).count(), 4)
    await close()
  },
  'a number on the picture leads to its trend': async (browser, site) => {
    const { page, close } = await open(browser, site, 'overview')
    if (!(await pictured(page))) return close().then(() => 'no plant file with streams')
    const labels = streamsOf(page)
    assert.match(await labels.first().getAttribute('aria-label'), /^\S+ .*(\d|cannot tell)/)
    await labels.first().focus()
    await page.keyboard.press('Enter')
    await page.locator('.u-over').first().waitFor()
    await close()
  },
  'the load since midnight, and what the electricity of a tonne costs': async (browser, site) => {
    const { page, close } = await open(browser, site, 'overview')
    if (!(await pictured(page))) return close().then(() => 'no plant file with streams')
    const section = page.locator('section[aria-labelledby=load]')
    await section.locator('.price').waitFor()
    // 0.45 CNY/kWh in the plant file, 2000 to 2600 kWh/t of the virtual cell room: 900 to 1170 CNY.
    const [, price, cost] = /¥([\d.]+) per kWh.*¥([\d,]+)/s.exec(await section.locator('.price').innerText())
    assert.equal(price, '0.45')
    assert.ok(Number(cost.replace(',', '')) > 900 && Number(cost.replace(',', '')) < 1170, cost)
    await section.locator('a.tile').click()
    await page.locator('.u-over').first().waitFor()
    await close()
  },
  'the picture has a table behind it': async (browser, site) => {
    const { page, close } = await open(browser, site, 'overview')
    if (!(await pictured(page))) return close().then(() => 'no plant file with streams')
    const streams = await streamsOf(page).count()
    await page.locator('details.behind summary').first().click()
    const rows = page.locator('details.behind').first().locator('tbody tr')
    await rows.nth(streams - 1).waitFor() // drawn once it is opened
    assert.equal(await rows.count(), streams)
    await close()
  },
  'is interactive (measured, not judged)': async (browser, site) => {
    const { page, close } = await open(browser, site, 'balance') // signed in; the next load is the one measured
    await page.goto('about:blank')
    const start = performance.now()
    await page.goto(`${site.base}/#/overview`)
    await page.locator('.answers').waitFor()
    const drawn = await page.evaluate(() => performance.now())
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByText(WORDS.zh.advises).waitFor()
    console.log(
      `      Overview drawn ${drawn.toFixed(0)} ms after the navigation started, answered a click ${(performance.now() - start).toFixed(0)} ms after the test asked`,
    )
    await close()
  },
}
