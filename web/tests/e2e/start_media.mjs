// SPDX-License-Identifier: Apache-2.0
// What flows in a pipe is asked or said, never taken in silence; what is in no balance stays out of it; prices have fields.
import { strict as assert } from 'node:assert'
import { download, PICKED } from './start.mjs'
import { faint, open, overflow } from './support.mjs'

export const tests = {}

/** Caustic that is diluted, and a level and an acidity that are in no balance. */
function diluted(head) {
  const rows = Array.from({ length: 60 }, (_, k) => {
    const noise = (salt) => (((k * 7 + salt * 5) % 11) - 5) / 5e3
    const numbers = [100, 32, 6, 106].map((v, salt) => (v * (1 + noise(salt))).toFixed(3))
    return [`2026-11-23 00:${String(k).padStart(2, '0')}`, ...numbers, 62 + (k % 3), 9.1].join(',')
  })
  return {
    name: 'loop.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([`time,FI-405 (t/h),AI-405 (%),${head} (t/h),FI-413 (t/h),LI-402 (%),AI-102 (pH)`, ...rows].join('\n') + '\n'),
  }
}
const SAID = {
  en: {
    media: ['water', 'caustic'],
    tags: 'by the words in its tags: water',
    ends: 'as its units and meters say: caustic',
    columns: /Columns/,
  },
  zh: { media: ['水', '碱液'], tags: '由位号中的文字判断：水', ends: '按所连单元和其上仪表：碱液', columns: /没有的列/ },
}
async function mixer(page, lang, head) {
  const w = PICKED[lang]
  await page.locator('input[type=file]').setInputFiles(diluted(head))
  await page.locator('#start-meters').waitFor()
  await page.getByLabel(/^(Model|模型)$/).selectOption('mixer')
  await page.getByRole('button', { name: w.add }).click()
  for (const pipe of ['S405', 'S430']) await page.getByLabel(`${w.to} ${pipe}`).selectOption('MX1')
  await page.getByLabel(`${w.from} S413`).selectOption('MX1')
}
const contents = (page, lang, pipe) => page.getByLabel(`${PICKED[lang].contents} ${pipe}`).and(page.locator('select'))

for (const lang of ['en', 'zh'])
  for (const width of [390, 1440, 3840])
    tests[`dilution water is asked about, a level stays out, and prices are written, ${lang}, ${width}`] = async (browser, site) => {
      const { page, faults, close } = await open(browser, { ...site, lang, width, height: 900 }, 'start')
      const said = SAID[lang]
      await mixer(page, lang, 'FIC-430')
      for (const tag of ['LI-402', 'AI-102']) assert.equal(await page.getByLabel(new RegExp(`^(On|位置) ${tag}`)).inputValue(), '')
      const pick = page.locator('.to-pick li').filter({ hasText: 'S430' })
      await pick.filter({ hasText: said.media[1] }).waitFor()
      const asked = page.getByRole('group', { name: `${PICKED[lang].contents} S430` })
      assert.deepEqual(await asked.getByRole('button').allInnerTexts(), said.media)
      const balance = page.getByRole('button', { name: PICKED[lang].balance })
      assert.ok(await balance.isDisabled())
      assert.equal(await contents(page, lang, 'S413').locator('option:checked').innerText(), said.ends)
      assert.ok((await overflow(page)) <= 0)
      if (process.env.CASTNER_SHOTS)
        await page.screenshot({ path: `${process.env.CASTNER_SHOTS}/media_${lang}_${width}.png`, fullPage: true })
      await asked.getByRole('button').first().click()
      assert.equal(await contents(page, lang, 'S430').inputValue(), 'water')
      await page.locator('#start-price-electricity').fill('0,45')
      await balance.and(page.locator(':enabled')).waitFor()
      await page.locator('.ask[aria-busy=false]').waitFor()
      const plant = await download(page, /plant\.toml/)
      for (const line of ['name = "S430"\ncontents = "water"', '[economics]\nelectricity = "0.45 CNY/(kW.h)"', 'currency = "CNY"'])
        assert.ok(plant.includes(line), `${line} in\n${plant}`)
      await balance.click()
      await page.locator('#start-answer').waitFor()
      assert.doesNotMatch(await page.locator('.first-answer').innerText(), said.columns)
      assert.deepEqual(await faint(page), [])
      assert.ok((await overflow(page)) <= 0)
      assert.deepEqual(faults, [])
      await close()
    }

for (const [lang, head] of [
  ['en', 'FIC-430 dilution water'],
  ['zh', 'FIC-430 纯水'],
])
  tests[`what a tag says of its pipe is taken, and said, ${lang}`] = async (browser, site) => {
    const { page, faults, close } = await open(browser, { ...site, lang }, 'start')
    await mixer(page, lang, head)
    await page.getByRole('button', { name: PICKED[lang].balance }).and(page.locator(':enabled')).waitFor()
    await contents(page, lang, 'S430').locator('option:checked').filter({ hasText: SAID[lang].tags }).waitFor({ state: 'attached' })
    assert.match(await download(page, /plant\.toml/), /name = "S430"\ncontents = "water"/)
    assert.deepEqual(faults, [])
    await close()
  }
