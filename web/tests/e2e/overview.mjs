// SPDX-License-Identifier: Apache-2.0
import { strict as assert } from 'node:assert'
import { open, WORDS } from './support.mjs'

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
    await page.locator('.picture svg, .overview section p.quiet').first().waitFor()
    const labels = page.locator('.picture a[href^="#/trends"]')
    if ((await labels.count()) === 0) return close().then(() => 'no plant file with streams')
    assert.match(await labels.first().getAttribute('aria-label'), /: .*\d|cannot tell/)
    await labels.first().focus()
    await page.keyboard.press('Enter')
    await page.locator('.u-over').first().waitFor()
    await close()
  },
  'the picture has a table behind it': async (browser, site) => {
    const { page, close } = await open(browser, site, 'overview')
    await page.locator('.picture svg, .overview section p.quiet').first().waitFor()
    const streams = await page.locator('.picture a[href^="#/trends"]').count()
    if (streams === 0) return close().then(() => 'no plant file with streams')
    await page.locator('details.behind summary').first().click()
    assert.equal(await page.locator('details.behind tbody tr').count(), streams)
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
    console.log(`      Overview drawn ${drawn.toFixed(0)} ms after the navigation started, answered a click ${(performance.now() - start).toFixed(0)} ms after the test asked`)
    await close()
  },
}
