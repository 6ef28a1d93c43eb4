// SPDX-License-Identifier: Apache-2.0
import { strict as assert } from 'node:assert'
import { readFile } from 'node:fs/promises'
import { address, asked, open } from './support.mjs'

export async function withTags(browser, site, n) {
  const opened = await open(browser, site, 'trends')
  const { page } = opened
  await page.locator('.picker li').first().waitFor()
  await page.locator('.picker input[type=search]').fill('FI-')
  const boxes = page.locator('.picker li input')
  const count = Math.min(n, await boxes.count())
  for (let i = 0; i < count; ++i) await boxes.nth(i).check()
  await page.locator('.u-over').first().waitFor()
  return { ...opened, count }
}

/** Until what is known is drawn: a person sees the chart before he drags, and where he drags to before he lets go. */
const frames = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))

export const tests = {
  'an empty chart offers what the plant declares, and draws it at a click': async (browser, site) => {
    for (const [lang, width] of [
      ['en', 1440],
      ['zh', 390],
    ]) {
      const { page, faults, close } = await open(browser, { ...site, lang, width }, 'trends')
      const offers = page.locator('.begin button')
      await offers.first().waitFor()
      const words = await offers.allInnerTexts()
      assert.ok(words.length >= 2 && words.length <= 8 && new Set(words).size === words.length, words.join(' | '))
      if (lang === 'zh')
        assert.ok(
          words.every((w) => /[^\x00-\x7f]/.test(w)),
          words.join(' | '),
        )
      await offers.nth(1).click()
      await page.locator('.u-over').first().waitFor()
      assert.equal(await offers.count(), 0)
      assert.ok((await page.locator('.lines tbody tr').count()) >= 1)
      assert.deepEqual(faults, [])
      await close()
    }
  },
  'search finds a tag, a tick draws it, its row says its newest value': async (browser, site) => {
    const { page, faults, close } = await open(browser, site, 'trends')
    await page.locator('.picker li').first().waitFor()
    await page.locator('.picker summary').first().click() // the tree has no leaf before a branch is opened
    while ((await page.locator('.picker li label span').count()) === 0)
      await page.locator('.picker details[open] details:not([open]) > summary').first().click()
    const name = (
      await page
        .locator('.picker li label span')
        .first()
        .evaluate((e) => e.firstChild.textContent)
    ).trim()
    await page.locator('.picker input[type=search]').fill(name)
    await page.locator('.picker li input').first().check()
    await page.locator('.u-over').waitFor()
    assert.ok((await page.locator('.lines tbody tr th').first().innerText()).includes(name))
    await page.locator('.picker input[type=search]').fill('no tag is called so')
    assert.equal(await page.locator('.picker li').count(), 0)
    await address(page, /tag=/)
    assert.deepEqual(faults, [])
    await close()
  },
  'keys move, zoom and come back to now; drag zooms, double click goes back': async (browser, site) => {
    const { page, close } = await withTags(browser, site, 1)
    const range = async (name) => Number((await asked(page)).get(name))
    await page.locator('.keys').first().focus()
    await page.keyboard.press('ArrowLeft')
    await page.waitForFunction(() => location.hash.includes('from='))
    const [from, to] = [await range('from'), await range('to')]
    await page.keyboard.press('+')
    await page.waitForFunction((old) => Number(new URLSearchParams(location.hash.split('?')[1]).get('to')) < old, to)
    assert.ok((await range('from')) > from)
    const drawn = page.waitForResponse((r) => r.url().includes('/marks'))
    await page.keyboard.press('Home')
    await page.waitForFunction(() => location.hash.includes('last='))
    await drawn
    await frames(page)
    const before = await range('last')
    const box = await page.locator('.u-over').first().boundingBox()
    await page.mouse.move(box.x + box.width * 0.3, box.y + 40)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.5, box.y + 60, { steps: 5 })
    await frames(page)
    await page.mouse.up()
    await page.waitForFunction(() => location.hash.includes('from='))
    const zoomed = ((await range('to')) - (await range('from'))) / 1000
    assert.ok(Math.abs(zoomed / before - 0.2) < 0.02, `${zoomed} s of ${before} s`)
    await page
      .locator('.u-over')
      .first()
      .dblclick({ position: { x: 50, y: 50 } })
    await page.waitForFunction(() => location.hash.includes('last='))
    await close()
  },
  'the cursor reads every line, by the keyboard too': async (browser, site) => {
    const { page, close } = await withTags(browser, site, 2)
    await page.locator('.keys').first().focus()
    await page.keyboard.press('Shift+ArrowLeft')
    await page.locator('.lines thead', { hasText: 'At ' }).first().waitFor()
    assert.match(await page.locator('.lines thead th.n span').first().getAttribute('title'), /UTC[+−]/)
    await close()
  },
  'CSV has the byte order mark that Excel needs, and units': async (browser, site) => {
    const { page, close } = await withTags(browser, site, 2)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save CSV' }).click()])
    assert.match(download.suggestedFilename(), /\.csv$/)
    const bytes = await readFile(await download.path())
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
    assert.match(bytes.toString('utf8').split('\r\n')[0], /time.*\(.+\)/)
    await close()
  },
  'a table stands behind every chart': async (browser, site) => {
    const { page, close } = await withTags(browser, site, 1)
    await page.locator('.panel details summary').first().click()
    await page.locator('.panel details table, .panel details p').first().waitFor()
    await close()
  },
  'an indicator is called by what it is, in the language of the page, with its uncertainty; the axis has its unit': async (
    browser,
    site,
  ) => {
    const { page, close } = await open(
      browser,
      { ...site, lang: 'zh' },
      'trends?tag=indicator:ac_energy_per_naoh&tag=reconciled:AN2.temperature',
    )
    if (
      !(await page
        .locator('.lines')
        .first()
        .waitFor()
        .then(
          () => true,
          () => false,
        ))
    )
      return close().then(() => 'no indicators')
    const row = page.locator('.lines tbody tr').first()
    await row.getByText('吨碱交流电耗（折百）').waitFor()
    await row.getByText(/ ± [\d.]+ kWh\/t/).waitFor()
    assert.deepEqual(await page.locator('.axis-unit').allInnerTexts(), ['kWh/t', '°C'])
    await page.locator('.picker input[type=search]').fill('吨碱交流')
    assert.equal(await page.locator('.picker li').count(), 1)
    await close()
  },
  'on a wall the chart grows with the words around it': async (browser, site) => {
    const height = async (width) => {
      const { page, close } = await open(browser, { ...site, width }, 'trends?tag=FI-4001')
      await page.locator('.u-over').waitFor()
      const size = await page
        .locator('.u-wrap')
        .evaluate((e) => e.clientHeight / parseFloat(getComputedStyle(document.documentElement).fontSize))
      await close()
      return size
    }
    const [desk, wall] = [await height(1400), await height(3840)]
    assert.ok(Math.abs(wall / desk - 1) < 0.02, `${desk} and ${wall} times the type`)
  },
  'a month of eight tags (measured, not judged)': async (browser, site) => {
    const { page, count, close } = await withTags(browser, site, 8)
    await page.waitForTimeout(1000)
    const [ms, server] = await page.evaluate(async () => {
      const button = [...document.querySelectorAll('.toolbar button')].find((b) => b.textContent === '30 d')
      let stroke = 0
      const real = CanvasRenderingContext2D.prototype.stroke
      CanvasRenderingContext2D.prototype.stroke = function (...args) {
        stroke = performance.now()
        return real.apply(this, args)
      }
      const start = performance.now()
      button.click()
      await new Promise((resolve) => setTimeout(resolve, 3000)) // a chart of a month is not asked again before a minute
      const answers = performance.getEntriesByType('resource').filter((e) => e.startTime >= start && /history|gaps/.test(e.name))
      return [stroke - start, Math.max(...answers.map((e) => e.responseEnd)) - start]
    })
    console.log(`      ${count} tags over 30 d: answers in ${server.toFixed(0)} ms, last stroke ${ms.toFixed(0)} ms after the click`)
    await close()
  },
}
