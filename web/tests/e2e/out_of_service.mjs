// SPDX-License-Identifier: Apache-2.0
// A cell room in which electrolyser E3 stands still: tests/integration/stopped.py runs it.
import { strict as assert } from 'node:assert'
import { faint, open, overflow } from './support.mjs'

const OUT = { en: 'out of service', zh: '停运' }
const SINCE = { en: /since (?:\S+ )?(\d\d:\d\d)/, zh: /自 (?:\S+ )?(\d\d:\d\d) 起/ }
const WIDTHS = [
  [1440, 900],
  [1920, 1080],
  [3840, 2160],
  [390, 844],
]

/** In both languages and at three widths: nothing runs out of the page, nothing is too faint, nothing complains. */
async function everywhere(browser, site, path, look) {
  for (const lang of ['en', 'zh'])
    for (const [width, height] of WIDTHS) {
      const { page, faults, close } = await open(browser, { ...site, lang, width, height }, path)
      await look(page, lang).catch(async (e) => {
        throw new Error(`${path}, ${lang}, ${width} px: ${e.message}\nthe page says: ${await page.locator('main').innerText()}`)
      })
      assert.ok((await overflow(page)) <= 0, `${path} runs out of ${width} px`)
      assert.deepEqual(await faint(page), [])
      assert.deepEqual(faults, [])
      await close()
    }
}

export const tests = {
  'the picture and the balance say which unit it is': (browser, site) =>
    everywhere(browser, site, 'overview', async (page, lang) => {
      const box = page.getByRole('link', { name: new RegExp(`E3 · .*${OUT[lang]}`) })
      await box.waitFor()
      assert.equal(await page.locator('.unit-box.idle').count(), 1)
      const around = await box.locator('rect').boundingBox()
      for (const line of await box.locator('text').all()) {
        const text = await line.boundingBox()
        assert.ok(text.x >= around.x && text.x + text.width <= around.x + around.width, 'the words stay in their box')
      }
      // Its rectifier may have been seen to stop a minute earlier or later, and whoever stopped first stands first.
      const stopped = page.locator('.facts').filter({ hasText: new RegExp(OUT[lang], 'i') })
      const lines = ['E3', 'R3'].map((unit) => stopped.locator('dd div').filter({ hasText: unit }))
      for (const line of lines) await line.waitFor()
      const since = SINCE[lang].exec(await lines[0].innerText())[1]
      assert.match(await box.getAttribute('aria-label'), SINCE[lang], 'whole for those who hear it')
      assert.match(await box.textContent(), new RegExp(`E3 · .*(${since}|\\d\\d-\\d\\d)`))
      // Stopped three hours before the end, within ten minutes (tests/integration/stopped.py), and looked at a little later.
      const [now, [hour, minute]] = [new Date(), since.split(':').map(Number)]
      const ago = (now.getHours() * 60 + now.getMinutes() - hour * 60 - minute + 1440) % 1440
      assert.ok(ago >= 165 && ago <= 190, `${ago} minutes ago`)
      assert.match(await page.locator('main').innerText(), lang === 'en' ? /Out of service: .*E3, .*R3\./ : /停运：.*E3[,、，].*R3。/)
    }),
  'the rest keeps its balance, instrument by instrument': (browser, site) =>
    everywhere(browser, site, 'balance', async (page, lang) => {
      await page.locator('#instruments').waitFor()
      // The verdict stands beside the tag where there is little room, else at the end of the row.
      const verdict = (tag) => page.getByRole('row', { name: new RegExp(`^${tag} `) }).innerText()
      assert.match(await verdict('II-1301'), new RegExp(OUT[lang]))
      for (const tag of ['II-1101', 'FI-2004', 'FI-1302', 'AI-1303'])
        assert.match(await verdict(tag), lang === 'en' ? /agrees|hardly checked|not checked/ : /一致|几乎未经核对|无法核对/, tag)
      const unit = page.locator('section', { has: page.locator('#units') }).getByRole('row', { name: /E3/ })
      assert.match(await unit.first().innerText(), new RegExp(OUT[lang]))
      assert.match(await unit.first().innerText(), SINCE[lang])
      assert.match(await page.locator('.answer-line').innerText(), lang === 'en' ? /balances close/ : /闭合/)
    }),
  'energy and losses leave it out and say so': (browser, site) =>
    everywhere(browser, site, 'energy', async (page, lang) => {
      const said = lang === 'en' ? /Out of service, and left out of all of this: E3, R3\./ : /停运，以下各项均不计入：E3[,、] ?R3。/
      await page.locator('main').filter({ hasText: said }).waitFor()
      await page.locator('#volts').waitFor()
      const volts = await page.locator('section', { has: page.locator('#volts') }).innerText()
      assert.match(volts, /E1/)
      assert.doesNotMatch(volts, /E3/)
    }),
}
