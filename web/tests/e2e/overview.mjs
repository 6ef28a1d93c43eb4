// SPDX-License-Identifier: Apache-2.0
import { strict as assert } from 'node:assert'
import { open, WORDS } from './support.mjs'

const streamsOf = (page) => page.locator('.picture a[href^="#/trends"]')
/** Whether a picture is drawn: a server without a plant file has none. */
const pictured = (page) =>
  streamsOf(page)
    .first()
    .waitFor()
    .then(
      () => true,
      () => false,
    )

/** Words of the picture that lie on other words or on a unit, leave their box or the picture, or end in "…". */
function collisions(page) {
  return page.evaluate(() => {
    const svg = document.querySelector('.picture svg')
    const lies = (a, b) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom
    const inside = (a, b) => a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1
    const groups = [...svg.querySelectorAll('a')].map((a) => ({
      box: a.querySelector('rect')?.getBoundingClientRect(),
      texts: [...a.querySelectorAll('text, circle')].map((e) => ({ text: e.textContent, ...e.getBoundingClientRect().toJSON() })),
    }))
    const found = []
    for (const g of groups)
      for (const t of g.texts) {
        if (t.text.includes('…')) found.push(`cut: ${t.text}`)
        if (!inside(t, g.box ?? svg.getBoundingClientRect())) found.push(`outside: ${t.text}`)
        for (const other of groups) {
          if (other === g) continue
          if (other.box && lies(t, other.box)) found.push(`${t.text} on a unit`)
          for (const o of other.texts) if (lies(t, o)) found.push(`${t.text} on ${o.text}`)
        }
      }
    return found
  })
}

export const tests = {
  'the answers that there are, and a line for each question that is not set up': async (browser, site) => {
    const { page, close } = await open(browser, site, 'overview')
    await page.locator('.answers').waitFor()
    const answers = await page.locator('.answer').count()
    const lines = page.locator('.not-set-up li')
    assert.equal(answers + (await lines.count()), 6)
    for (const line of await lines.all()) assert.ok((await line.boundingBox()).height < 30, await line.innerText())
    await close()
  },
  'units and streams are called by their titles, the code small beside': async (browser, site) => {
    for (const [lang, unit, stream] of [
      ['en', 'electrolyser 1', 'feed brine BR'],
      ['zh', '1# 电解槽', '精制盐水 BR'],
    ]) {
      const { page, close } = await open(browser, { ...site, lang }, 'overview')
      if (!(await pictured(page))) return close().then(() => 'no plant file with streams')
      const texts = await page.locator('.picture svg text').allTextContents()
      for (const wanted of [unit, 'E1', stream]) assert.ok(texts.includes(wanted), `${wanted} of ${texts.slice(0, 20)}`)
      await close()
    }
  },
  'no word of the picture lies on another, on a unit or is cut, in any width': async (browser, site) => {
    for (const lang of ['en', 'zh'])
      for (const width of [390, 1440, 3840]) {
        const { page, close } = await open(browser, { ...site, lang, width }, 'overview')
        if (!(await pictured(page))) return close().then(() => 'no plant file with streams')
        assert.deepEqual(await collisions(page), [], `${lang}, ${width}`)
        await close()
      }
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

for (const [who, seen] of [
  [{ name: null, role: 'viewer', open: true }, 1],
  [{ name: 'li', role: 'engineer', open: false }, 1],
  [{ name: 'li', role: 'viewer', open: false }, 0],
])
  tests[`without a plant file a link leads to Start, for those who may: ${who.role}${who.open ? ', open server' : ''}`] = async (
    browser,
    site,
  ) => {
    const { page, close } = await open(browser, site, 'overview')
    const changed = (part) => async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), ...part } })
    }
    await page.route('**/api/v1/session', changed(who))
    await page.route('**/api/v1/overview*', async (route) => {
      const response = await route.fetch()
      const o = await response.json()
      const balance = { ...o.balance, status: null, made: null, from: null, to: null, closes: null, not_reconciled: 'no_plant' }
      await route.fulfill({ response, json: { ...o, balance } })
    })
    await page.reload()
    await page.locator('main #attention').waitFor()
    const link = page.locator('main a[href="#/start"]')
    assert.equal(await link.count(), seen)
    if (seen) {
      await link.click()
      await page.locator('input[type=file]').waitFor({ state: 'attached' })
    }
    await close()
  }
