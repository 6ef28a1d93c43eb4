// SPDX-License-Identifier: Apache-2.0
// What holds on every page, in both languages and both lights, on a wall screen and on a phone.
import { strict as assert } from 'node:assert'
import { faint, open, overflow, PAGES, pathOf, WORDS } from './support.mjs'

export const tests = {}

for (const lang of ['en', 'zh'])
  for (const name of PAGES)
    tests[`${name} speaks ${lang}, advises, asks nobody else, can be read`] = async (browser, site) => {
      for (const [theme, width, height] of [
        ['light', 1400, 900],
        ['dark', 390, 844],
        ['dark', 1920, 1080],
      ]) {
        const { page, faults, close } = await open(
          browser,
          { ...site, lang, theme, width, height },
          name === 'trends' ? name : pathOf(name),
        )
        await page
          .locator('.waiting .spinner')
          .first()
          .waitFor({ state: 'detached' })
          .catch(() => undefined)
        const w = WORDS[lang]
        assert.equal(await page.locator('nav a[aria-current=page]').innerText(), w[name === 'cell' ? 'cells' : name])
        const tab = await page.locator('nav a[aria-current=page]').boundingBox()
        assert.ok(tab.x >= 0 && tab.x + tab.width <= width, `the page's own name in the row of pages is out of sight: ${tab.x}`)
        assert.equal(await page.locator('footer span').first().innerText(), w.advises)
        assert.equal(await page.locator('html').getAttribute('lang'), lang === 'zh' ? 'zh-CN' : 'en')
        assert.match(await page.title(), new RegExp(w[name]))
        assert.deepEqual(await faint(page), [], `too faint, ${theme}`)
        assert.ok((await overflow(page)) <= 0, `wider than ${width} px by ${await overflow(page)}`)
        assert.doesNotMatch(await page.locator('main').innerText(), /undefined|NaN|\[object|\{\w+\}/)
        assert.deepEqual(faults, [])
        await close()
      }
    }

tests['the keyboard reaches the pages, and what has the focus shows it'] = async (browser, site) => {
  const { page, close } = await open(browser, site, 'overview')
  await page.locator('.answers').waitFor()
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip')
  for (let i = 0; i < 20 && !(await page.evaluate(() => document.activeElement.matches('nav a[href="#/balance"]'))); ++i)
    await page.keyboard.press('Tab')
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle)
  assert.equal(outline, 'solid')
  await page.keyboard.press('Enter')
  await page.locator('#instruments').waitFor()
  await close()
}

tests['language and light stay over a reload'] = async (browser, site) => {
  const { page, close } = await open(browser, site, 'energy')
  await page.getByRole('button', { name: '中文' }).click()
  await page.getByRole('button', { name: '深色' }).click()
  await page.reload()
  await page.locator('nav').waitFor()
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
  assert.equal(await page.locator('nav a[aria-current=page]').innerText(), WORDS.zh.energy)
  await close()
}

tests['a time shows its offset on hover'] = async (browser, site) => {
  const { page, close } = await open(browser, site, 'overview')
  assert.match(await page.locator('.clock').getAttribute('title'), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC[+−]\d\d:\d\d$/)
  await close()
}
