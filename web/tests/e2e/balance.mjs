// SPDX-License-Identifier: Apache-2.0
import { strict as assert } from 'node:assert'
import { open } from './support.mjs'

export const tests = {
  'hydrogen is shown in the unit of its meter, in the size it has': async (browser, site) => {
    const { page, close } = await open(browser, { ...site, lang: 'en' }, 'balance')
    await page.locator('#instruments').waitFor()
    const row = page.getByRole('row', { name: 'FI-4001' })
    if (
      !(await row.waitFor().then(
        () => true,
        () => false,
      ))
    )
      return close().then(() => 'not the cell room')
    // Four electrolysers at about 14.5 kA and 150 cells make I n / (2 F): 45 mol/s, of 22.414 L each.
    const [, measured] = /([\d.,]+) ± [\d.,]+ Nm³\/h/.exec(await row.innerText())
    const expected = ((4 * 14.5e3 * 150) / (2 * 96485)) * 0.022414 * 3600
    assert.ok(
      Math.abs(Number(measured.replaceAll(',', '')) / expected - 1) < 0.15,
      `${measured} Nm³/h, about ${expected.toFixed(0)} expected`,
    )
    await close()
  },
  'it says first whether it closes, whom it accuses and of when, with the offset on hover': async (browser, site) => {
    const { page, close } = await open(browser, site, 'balance')
    await page.locator('.answer-line').waitFor()
    assert.match(await page.locator('.answer-line').innerText(), /balances (do not )?close|no redundancy/)
    assert.match(
      await page.locator('.answer-line').innerText(),
      /\d+ instruments?(, or one of a group, is called wrong| (agree|reads? wrong))/,
    )
    for (const time of await page.locator('main .caption time').all()) assert.match(await time.getAttribute('title'), /UTC[+−]/)
    assert.equal(await page.locator('main .caption time').count(), 2)
    await close()
  },
  'each measured value has its last hour beside it': async (browser, site) => {
    const { page, close } = await open(browser, site, 'balance')
    const row = page.getByRole('row', { name: 'FI-4001' })
    if (
      !(await row.waitFor().then(
        () => true,
        () => false,
      ))
    )
      return close().then(() => 'not the cell room')
    await row.getByRole('img', { name: 'FI-4001, Last hour' }).locator('path.line').waitFor()
    await close()
  },
  'units are called in Chinese too, and one without streams lacks nothing': async (browser, site) => {
    const { page, close } = await open(browser, { ...site, lang: 'zh' }, 'balance')
    const row = page.getByRole('row', { name: /整流器 ?R1 / })
    if (
      !(await row.waitFor().then(
        () => true,
        () => false,
      ))
    )
      return close().then(() => 'not the cell room')
    assert.match(await row.innerText(), /整流器.*无物流/s)
    assert.doesNotMatch(await page.locator('.scroll[aria-label=装置]').innerText(), /[a-z]{4}/)
    await close()
  },
  'on a phone the tag stays beside what is scrolled to': async (browser, site) => {
    const { page, close } = await open(browser, { ...site, width: 390, height: 844 }, 'balance')
    const box = page.locator('.scroll[aria-label=Instruments]')
    await box.locator('tbody tr').first().waitFor()
    await box.evaluate((e) => (e.scrollLeft = e.scrollWidth))
    const [tag, verdict] = [await box.locator('tbody th').first().boundingBox(), await box.locator('tbody td').last().boundingBox()]
    assert.ok(tag.x >= 0 && tag.x < 32, `the tag is at ${tag.x}`)
    assert.ok(verdict.x < 390, `the verdict is at ${verdict.x}`)
    await close()
  },
  'instruments sort and filter, and every row has a verdict in words': async (browser, site) => {
    const { page, close } = await open(browser, site, 'balance')
    await page.locator('#instruments').waitFor()
    const table = page.getByRole('region', { name: 'Instruments' })
    const rows = table.locator('tbody tr')
    if (
      !(await rows
        .first()
        .waitFor()
        .then(
          () => true,
          () => false,
        ))
    )
      return close().then(() => 'no plant file with measurements')
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
    if (
      !(await rows
        .first()
        .waitFor()
        .then(
          () => true,
          () => false,
        ))
    )
      return close().then(() => 'no plant file')
    for (const row of await rows.all()) assert.equal(await row.locator('td').count(), 5)
    await close()
  },
}
