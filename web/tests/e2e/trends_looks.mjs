// SPDX-License-Identifier: Apache-2.0
// Trends: how a person finds tags, looks at them and keeps what is on the screen.
import { strict as assert } from 'node:assert'
import { readFile } from 'node:fs/promises'
import { address, asked, open } from './support.mjs'
import { withTags } from './trends.mjs'

export const tests = {
  'the tree has areas, 150 cell voltages in one line; search finds what a tag is': async (browser, site) => {
    const { page, close } = await open(browser, site, 'trends')
    await page.locator('.picker summary', { hasText: 'cell room' }).click()
    await page.locator('.picker summary', { hasText: 'electrolyser 1' }).click()
    const cells = page.locator('.picker summary', { hasText: 'parts of EI-1101' })
    assert.match(await cells.innerText(), /150/)
    assert.equal(await page.locator('.picker li label', { hasText: 'EI-1101-150' }).count(), 0)
    await cells.click()
    await page.locator('.picker li label', { hasText: 'EI-1101-150' }).waitFor()
    await page.locator('.picker input[type=search]').fill('live steam flow')
    await page.locator('.picker li label', { hasText: 'FI-5101' }).waitFor()
    await close()
  },
  'dates are in the form chosen, and a time is typed in it': async (browser, site) => {
    const { page, close } = await withTags(browser, site, 1)
    const from = page.locator('.toolbar input.time').first()
    assert.match(await from.inputValue(), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    await page.locator('footer select').selectOption('dots')
    await page.waitForFunction(() => /^\d\d\.\d\d\.\d{4} /.test(document.querySelector('.toolbar input.time').value))
    await from.fill('29.11.2020 14:05')
    await from.press('Enter')
    await page.waitForFunction(() => location.hash.includes('from=' + new Date(2020, 10, 29, 14, 5).getTime()))
    await from.fill('31.02.2020')
    assert.equal(await from.getAttribute('aria-invalid'), 'true')
    await close()
  },
  'back and forward go along the way, two fingers zoom': async (browser, site) => {
    const { page, close } = await withTags(browser, site, 1)
    await page.locator('.toolbar button', { hasText: '1 h' }).click()
    await page.waitForFunction(() => location.hash.includes('last=3600'))
    await page.getByRole('button', { name: 'Back to the time before' }).click()
    await page.waitForFunction(() => location.hash.includes('last=28800'))
    await page.getByRole('button', { name: 'Forward again' }).click()
    await page.waitForFunction(() => location.hash.includes('last=3600'))
    await page
      .locator('.u-over')
      .first()
      .evaluate((over) => {
        const box = over.getBoundingClientRect()
        const touch = (target, type, id, share) =>
          target.dispatchEvent(
            new PointerEvent(type, {
              pointerId: id,
              pointerType: 'touch',
              clientX: box.left + share * box.width,
              clientY: box.top + 20,
              bubbles: true,
            }),
          )
        touch(over, 'pointerdown', 1, 0.4)
        touch(over, 'pointerdown', 2, 0.6)
        touch(window, 'pointermove', 1, 0.2)
        touch(window, 'pointermove', 2, 0.8)
        touch(window, 'pointerup', 1, 0.2)
        touch(window, 'pointerup', 2, 0.8)
      })
    await page.waitForFunction(() => location.hash.includes('from='))
    const q = await asked(page)
    const length = (Number(q.get('to')) - Number(q.get('from'))) / 1000
    assert.ok(Math.abs(length - 1200) < 20, `${length} s of 3600 s between fingers three times as far apart`)
    await close()
  },
  'yesterday beside today, two units in one chart, and both as a picture': async (browser, site) => {
    const { page, faults, close } = await open(browser, site, 'trends?tag=EI-1101&tag=II-1101&last=3600')
    await page.locator('.u-over').nth(1).waitFor()
    await page.getByLabel('Two units in one chart').check()
    await page.waitForFunction(() => document.querySelectorAll('.u-over').length === 1)
    assert.deepEqual((await page.locator('.axis-unit').innerText()).split(/\s+/), ['V', 'kA'])
    await page.getByLabel('Beside it').selectOption('day')
    await page.getByText('Dotted: the same hour yesterday.').waitFor()
    await address(page, /beside=day.*axes=two/)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save PNG' }).click()])
    assert.match(download.suggestedFilename(), /^castner-\d{4}-\d\d-\d\dT\d{6}\.png$/)
    const bytes = await readFile(await download.path())
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG')
    assert.ok(bytes.length > 10_000, `${bytes.length} bytes`)
    assert.deepEqual(faults, [])
    await close()
  },
  'a view is kept by its name, opened and removed': async (browser, site) => {
    if (!site.user) return 'an open server keeps no views'
    const { page, close } = await open(browser, site, 'trends?tag=FI-1001&last=3600')
    await page.locator('.u-over').first().waitFor()
    const views = page.locator('details.views')
    await views.locator('summary').click()
    await views.getByLabel('Name').fill('Brine, an hour')
    await views.getByRole('button', { name: 'Save this view' }).click()
    await views.locator('option', { hasText: 'Brine, an hour' }).waitFor({ state: 'attached' })
    await page.goto(`${site.base}/#/trends`)
    await page.reload()
    await views.locator('summary').click()
    await views.locator('select').selectOption({ label: `Brine, an hour · ${site.user}` })
    await page.locator('.lines tbody th', { hasText: 'FI-1001' }).waitFor()
    await address(page, /tag=FI-1001.*last=3600/)
    await views.getByRole('button', { name: 'Remove this view' }).click()
    await page.waitForFunction(() => !document.querySelector('details.views select'))
    await close()
  },
  'a mark is a line with words, in the table too': async (browser, site) => {
    if (!site.user) return 'an open server keeps no marks'
    const { page, close } = await open(browser, site, 'trends?tag=FI-1001&last=3600')
    await page.locator('.u-over').first().waitFor()
    const marks = page.locator('details', { hasText: 'Marks' }).last()
    await marks.locator('summary').click()
    await marks.getByLabel('Words').fill('FI-1001 exchanged')
    await marks.getByLabel('Kind').selectOption('exchange')
    await marks.getByRole('button', { name: 'Add mark' }).click()
    const row = marks.locator('tbody tr', { hasText: 'FI-1001 exchanged' })
    await row.waitFor()
    assert.match(await row.innerText(), /exchange/)
    await row.getByRole('button').click()
    await row.waitFor({ state: 'detached' })
    await close()
  },
  'a finding leads straight to its readings and its time': async (browser, site) => {
    const { page, close } = await open(browser, site, 'overview')
    await page.locator('.answers').waitFor()
    const link = page.getByRole('link', { name: 'Its readings in Trends' }).first()
    if (!(await link.count())) return close().then(() => 'no finding with readings')
    await link.click()
    await page.locator('.u-over').first().waitFor()
    await address(page, /trends\?tag=.*from=\d+&to=\d+/)
    await close()
  },
}
