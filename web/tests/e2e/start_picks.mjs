// SPDX-License-Identifier: Apache-2.0
// What the page Start says while little is picked, and what becomes of it all in the other language.
import { strict as assert } from 'node:assert'
import { newcomersFile, pickEverything, PICKED } from './start.mjs'
import { faint, open, overflow } from './support.mjs'

export const tests = {}

const SAID = {
  en: {
    unit: /Not yet: add a unit/,
    ends: /pick from which unit it comes/,
    contents: /S101 \(.*TI-101\): pick its contents/,
    out: 'left out',
  },
  zh: { unit: /暂不能计算.*添加单元/, ends: /请选择来自或去往的单元/, contents: /S101（.*TI-101）：请选择介质/, out: '不使用' },
}
const section = (page) => page.locator('section[aria-labelledby=start-plant]')

for (const lang of ['en', 'zh'])
  for (const width of [390, 1440])
    tests[`before anything is picked each pipe says what is to be picked, and the button why it waits, ${lang}, ${width}`] = async (
      browser,
      site,
    ) => {
      const { page, faults, close } = await open(browser, { ...site, lang, width, height: 900 }, 'start')
      const w = PICKED[lang]
      const said = SAID[lang]
      await page.locator('input[type=file]').setInputFiles(newcomersFile())
      const rows = section(page).locator('.to-pick li')
      await rows.first().waitFor()
      await page.locator('.ask[aria-busy=false]').waitFor()
      assert.equal(await rows.count(), 6)
      assert.match(await rows.first().innerText(), /S101.*FI-101, TI-101/)
      assert.match(await rows.first().innerText(), said.ends)
      assert.doesNotMatch(await section(page).locator('.to-pick, p.warn').allInnerTexts().then(String), /plant\.toml|flow_mass/)
      const balance = page.getByRole('button', { name: w.balance })
      assert.ok(await balance.isDisabled())
      assert.match(await page.locator('#start-not-yet').innerText(), said.unit)
      assert.equal(await balance.getAttribute('aria-describedby'), 'start-not-yet')
      // A tag that is left out takes its own pipe along; back again, it has the same name.
      await page.getByLabel(/^(On|位置) FI-106/).selectOption('')
      assert.equal(await rows.count(), 5)
      assert.equal(await page.getByLabel(`${w.from} S106`).count(), 0)
      await page.getByLabel(/^(On|位置) FI-106/).selectOption(' new')
      assert.equal(await page.getByLabel(`${w.from} S106`).count(), 1)
      await page.getByRole('button', { name: w.add }).click()
      await page.getByLabel(`${w.to} S101`).selectOption('N1')
      for (const pipe of ['S102', 'S103', 'S104', 'S105', 'S106']) await page.getByLabel(`${w.from} ${pipe}`).selectOption('N1')
      await rows.filter({ hasText: said.contents }).waitFor()
      assert.equal(await rows.count(), 1)
      assert.match(await page.locator('#start-not-yet').innerText(), /S101/)
      assert.deepEqual(await faint(page), [])
      assert.ok((await overflow(page)) <= 0)
      if (process.env.CASTNER_SHOTS)
        await page.screenshot({ path: `${process.env.CASTNER_SHOTS}/picks_${lang}_${width}.png`, fullPage: true })
      await page.getByLabel(`${w.contents} S101`).selectOption('steam')
      await balance.and(page.locator(':enabled')).waitFor()
      assert.equal(await page.locator('#start-not-yet').count(), 0)
      assert.deepEqual(faults, [])
      await close()
    }

for (const [lang, said] of [
  ['en', [/N2.*pick N2, or one of its ports, under From or To/, /E1.*cells.*give it in 2, row E1/]],
  ['zh', [/N2.*请在 4 中将某根管道的“来自”或“去往”选为 N2/, /E1.*请在 2 的 E1 行中填写/]],
])
  tests[`what is wrong says what to click, not what to write into a file, ${lang}`] = async (browser, site) => {
    const { page, faults, close } = await open(browser, { ...site, lang }, 'start')
    await pickEverything(page, PICKED[lang])
    for (const pipe of ['S102', 'S104', 'S105']) {
      await page.getByLabel(`${PICKED[lang].from} ${pipe}`).selectOption('N1')
      await page.getByLabel(`${PICKED[lang].to} ${pipe}`).selectOption('N3')
    }
    await page.getByLabel(/^(Model|模型)$/).selectOption('electrolyser')
    await page.getByRole('button', { name: PICKED[lang].add }).click()
    const wrong = section(page).locator('p.warn')
    for (const sentence of said) await wrong.filter({ hasText: sentence }).first().waitFor()
    assert.doesNotMatch(await wrong.allInnerTexts().then(String), /(in|out)lets = |plant\.toml|sd = |`/)
    assert.deepEqual(faults, [])
    await close()
  }

tests['in the other language all is said anew, and what was picked stays'] = async (browser, site) => {
  const { page, faults, close } = await open(browser, site, 'start')
  await pickEverything(page, PICKED.en)
  await page.getByRole('button', { name: PICKED.en.balance }).and(page.locator(':enabled')).click()
  await page.locator('#start-answer').waitFor()
  const english = await page.locator('main').innerText()
  assert.match(english, /semicolon, decimal comma/)
  await page.getByText('中文').click()
  await page.locator('.taken').filter({ hasText: '分号' }).waitFor()
  await page
    .locator('.first-answer')
    .filter({ hasText: /仪表.*FI-105|FI-105.*仪表/ })
    .waitFor()
  const of = await page
    .getByLabel('测量量 TI-101')
    .or(page.getByLabel(/TI-101/).nth(1))
    .first()
    .locator('option:checked')
    .innerText()
  assert.match(of, /温度/)
  assert.match(await page.getByLabel(`${PICKED.zh.contents} S101`).locator('option:checked').innerText(), /蒸汽/)
  assert.equal(await page.getByLabel(`${PICKED.zh.to} S101`).inputValue(), 'N1')
  const taken = await page.locator('.taken').innerText()
  assert.doesNotMatch(taken, /[a-z]{4,} [a-z]{3,}/)
  assert.doesNotMatch((await page.locator('.first-answer').innerText()).replace('castner check', ''), /[a-z]{4,} [a-z]{3,}/)
  // Switched on another page, and back.
  await page.locator('nav a[href="#/energy"]').click()
  await page.getByText('EN', { exact: true }).click()
  await page.locator('nav a[href="#/start"]').click()
  await page.locator('.taken').filter({ hasText: 'semicolon' }).waitFor()
  await page.locator('.first-answer').filter({ hasText: 'FI-105 reads' }).waitFor()
  assert.deepEqual(faults, [])
  await close()
}
