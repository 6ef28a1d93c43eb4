// SPDX-License-Identifier: Apache-2.0
// What has to be seen without scrolling or reading twice: on a phone too, and with a sign that says what its words say.
import { strict as assert } from 'node:assert'
import { faint, open, overflow } from './support.mjs'

export const tests = {}

const shot = async (page, name) => {
  if (process.env.CASTNER_SHOTS) await page.screenshot({ path: `${process.env.CASTNER_SHOTS}/${name}.png`, fullPage: true })
}
/** The server's answer with something else in it. */
const changed = (page, url, change) =>
  page.route(url, async (route) => {
    const answer = await route.fetch()
    const json = await answer.json()
    change(json)
    await route.fulfill({ response: answer, json })
  })
const finding = (severity, title, cost) => ({
  code: 'test',
  path: '',
  severity,
  title,
  next: '',
  tags: [],
  evidence: [],
  cost_per_day: { value: cost, sd: null, unit: 'CNY/d' },
  stops: [],
  follows: false,
  rests_on: [],
  balances_open: false,
})
const accuse = async (page) => {
  await changed(page, '**/api/v1/overview?*', (o) => {
    // In the server's order, by severity and then by money (castner/api/overview_test.cpp); the page keeps it.
    o.attention = [finding('critical', 'Now', null), finding('warning', 'FI-1 reads wrong', null), finding('info', 'A note on money', 900)]
    o.tags = { total: 7, ok: 7, late: 0, down: 0, without_source: 0 }
    o.sources = { ok: 1, late: 0, down: 0 }
    o.balance.accused = 1
  })
  await changed(page, '**/api/v1/plant?*', (p) => p.instruments.forEach((i, k) => (i.verdict = k === 2 ? 'wrong' : 'agrees')))
}

for (const lang of ['en', 'zh'])
  for (const [width, height] of [
    [390, 844],
    [1440, 900],
  ])
    tests[`what must be acted on comes first, and each sign says what its words say, ${lang}, ${width}`] = async (browser, site) => {
      const { page, faults, close } = await open(browser, { ...site, lang, width, height }, 'administration')
      await accuse(page)
      await page.goto(`${site.base}/#/overview`)
      await page.reload()
      const titles = page.locator('.findings .title strong')
      await titles.filter({ hasText: 'A note on money' }).waitFor()
      assert.deepEqual(await titles.allInnerTexts(), ['Now', 'FI-1 reads wrong', 'A note on money'])
      const data = page.locator('a.answer[href="#/sources"]')
      const [good, wrong] = [data.locator('p').nth(0), data.locator('p').nth(1)]
      await wrong.filter({ hasText: '·' }).waitFor() // its tag
      assert.equal(await good.locator('svg.ok').count(), 1)
      assert.equal(await wrong.locator('svg.bad').count(), 1)
      assert.equal(await wrong.getAttribute('class'), 'bad')
      const [picture, attention] = [await page.locator('#picture').boundingBox(), await page.locator('#attention').boundingBox()]
      if (width === 390) assert.ok(attention.y < picture.y && attention.y < height + 60, `${attention.y} px down, the picture ${picture.y}`)
      assert.ok((await overflow(page)) <= 0)
      assert.deepEqual(await faint(page), [])
      assert.deepEqual(faults, [])
      await shot(page, `overview_${lang}_${width}`)
      await close()
    }

for (const lang of ['en', 'zh'])
  tests[`the verdict is seen on a phone without scrolling, and more is hinted at, ${lang}`] = async (browser, site) => {
    const { page, close } = await open(browser, { ...site, lang, width: 390, height: 844 }, 'balance')
    const region = page.locator('section[aria-labelledby=instruments] .scroll')
    await region.locator('tbody tr').first().waitFor()
    for (const verdict of await region.locator('tbody tr td:nth-child(2)').all()) {
      const box = await verdict.locator('span').first().boundingBox()
      assert.ok(box.x >= 0 && box.x + Math.min(box.width, 60) <= 390, `${await verdict.innerText()} at ${box.x}`)
    }
    for (const scrolls of [region, page.locator('nav')])
      assert.match(await scrolls.evaluate((e) => getComputedStyle(e).backgroundImage), /linear-gradient.*linear-gradient/)
    await shot(page, `balance_${lang}_390`)
    await close()
  }

for (const lang of ['en', 'zh'])
  tests[`an error that is over is not said as if it were of now, ${lang}`] = async (browser, site) => {
    const { page, close } = await open(browser, { ...site, lang }, 'balance')
    const times = { well: ['12:00', '11:59'], ill: ['11:58', '11:59'] }
    await changed(page, '**/api/v1/sources*', (all) => {
      const list = all.sources
      list.splice(2)
      for (const [k, name] of ['well', 'ill'].entries()) {
        const [last, error] = times[name].map((t) => `2026-11-29T${t}:00Z`)
        Object.assign(list[k], {
          name,
          health: name === 'well' ? 'ok' : 'down',
          last,
          last_error: 'Connection refused',
          last_error_at: error,
        })
      }
    })
    await page.goto(`${site.base}/#/sources`)
    const row = (name) => page.locator('section[aria-labelledby=sources] tbody tr').filter({ hasText: name })
    const earlier = lang === 'en' ? /earlier, well since:/ : /此前（现已恢复）/
    await row('well').waitFor()
    assert.match(await row('well').innerText(), earlier)
    assert.doesNotMatch(await row('ill').innerText(), earlier)
    await close()
  }
