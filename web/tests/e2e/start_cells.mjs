// SPDX-License-Identifier: Apache-2.0
// An export of two electrolysers: what the page proposes, what it asks of gas meters, headers in one pick, and a cure at a click.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { download, PICKED } from './start.mjs'
import { faint, open, overflow } from './support.mjs'

export const tests = {}

const data = readFileSync(new URL('../../../tests/cases/assess/start_assumes_clean/data.csv', import.meta.url), 'latin1')
/** Half an hour of a day: one balance. */
const cells = () => ({
  name: 'cells.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(data.split('\n').slice(0, 7).join('\n') + '\n', 'latin1'),
})
const SAID = {
  en: {
    cells: /cells in series/,
    area: /area of one cell/,
    pipe: 'Add a pipe without a meter',
    on: 'On',
    dry: 'dry gas',
    moist: 'moist gas',
  },
  zh: { cells: /串联的单元槽数/, area: /单元槽有效面积/, pipe: '添加无仪表的管道', on: '位置', dry: '干气', moist: '湿气' },
}
const EVERY = 'every electrolyser.'
const ENDS = [
  ...[
    ['S101', '', `${EVERY}brine`],
    ['S111', '', 'E110.brine'],
    ['S211', '', 'E210.brine'],
    ['S130', `${EVERY}anolyte`, ''],
  ],
  ...[
    ['S112', 'E110.anolyte', ''],
    ['S212', 'E210.anolyte', ''],
    ['S114', 'E110.catholyte', ''],
    ['S214', 'E210.catholyte', ''],
  ],
  ...[
    ['S150', `${EVERY}catholyte`, ''],
    ['S1', `${EVERY}catholyte`, 'HX1.cold_in'],
    ['S151', '', 'HX1.cold_in'],
  ],
  ...[
    ['S140', 'HX1.cold_out', `${EVERY}caustic`],
    ['S113', '', 'E110.caustic'],
    ['S213', '', 'E210.caustic'],
  ],
  ...[
    ['S160', `${EVERY}chlorine`, ''],
    ['S170', `${EVERY}hydrogen`, ''],
  ],
]

/** All that cannot be guessed of it. Returns how many picks that took. */
async function pickCells(page, lang) {
  const w = PICKED[lang]
  const said = SAID[lang]
  let picks = 0
  const select = async (label, value) => {
    await page.getByLabel(label, { exact: true }).selectOption(value)
    picks++
  }
  await page.locator('input[type=file]').setInputFiles(cells())
  await page.locator('#start-meters').waitFor()
  await page.getByLabel(/^(Model|模型)$/).selectOption('heat_exchanger')
  await page.getByRole('button', { name: w.add }).click()
  await page.getByLabel(said.cells).first().fill('150')
  await page.getByLabel(said.area).first().fill('2.7 m2')
  await page.keyboard.press('Tab') // the second electrolyser takes both over
  for (const [tag, pipe] of [
    ['TI-141', 'S140'],
    ['AI-115', 'S114'],
    ['AI-215', 'S214'],
  ])
    await select(`${said.on} ${tag}`, pipe)
  await page.getByRole('button', { name: said.pipe }).click()
  for (const [pipe, from, to] of ENDS) {
    if (from) await select(`${w.from} ${pipe}`, from)
    if (to) await select(`${w.to} ${pipe}`, to)
  }
  await select(`${w.contents} S151`, 'water')
  await select(`${w.contents} S101`, 'brine')
  return picks + 6
}

for (const lang of ['en', 'zh'])
  for (const width of [390, 1440, 1920])
    tests[`two electrolysers stand in the lists before anybody picks, and nothing is out of sight, ${lang}, ${width}`] = async (
      browser,
      site,
    ) => {
      const { page, faults, close } = await open(browser, { ...site, lang, width, height: 900 }, 'start')
      const picks = await pickCells(page, lang)
      assert.ok(picks <= 32, `${picks} picks`)
      const balance = page.getByRole('button', { name: PICKED[lang].balance })
      await balance.and(page.locator(':enabled')).waitFor()
      assert.equal(await page.getByLabel(SAID[lang].cells).nth(1).inputValue(), '150')
      const [gas] = await page.getByRole('group', { name: /FI-160/ }).all()
      assert.equal(await gas.getByRole('button', { pressed: true }).innerText(), SAID[lang].dry)
      await page.locator('.vapour').filter({ hasText: 'FI-160, FI-170' }).waitFor()
      await gas.getByRole('button', { name: SAID[lang].moist }).click()
      await page.getByLabel(/E110/).first().waitFor()
      await page.locator('.ask[aria-busy=false]').waitFor()
      const plant = await download(page, /plant\.toml/)
      for (const line of [
        ...['of = "S160.flow_vol_normal"\n', 'of = "S170.flow_vol_normal_dry"\n', 'residual = "R110.dc_power - E110.dc_power"'],
        ...['of = "R210.ac_power"', 'name = "split_S101"\nmodel = "splitter"', 'name = "join_HX1_cold_in"\nmodel = "mixer"'],
      ])
        assert.ok(plant.includes(line), `${line} in\n${plant}`)
      await page.locator('section[aria-labelledby=start-units] summary').first().click()
      const cut = await page.evaluate(() => {
        const of = (e) => e.getBoundingClientRect()
        const shown = [...document.querySelectorAll('main :is(select, input, button)')].filter((e) => of(e).width > 2)
        return shown.filter((e) => of(e).right > innerWidth || of(e).left < 0).map((e) => e.getAttribute('aria-label') ?? e.outerHTML)
      })
      assert.deepEqual(cut, [])
      assert.ok((await overflow(page)) <= 0)
      assert.deepEqual(await faint(page), [])
      assert.doesNotMatch(await page.locator('main').innerText(), /`/)
      assert.doesNotMatch(await page.locator('main').innerText(), /undefined|NaN|\[object|\{\w+\}/)
      if (process.env.CASTNER_SHOTS)
        await page.screenshot({ path: `${process.env.CASTNER_SHOTS}/cells_${lang}_${width}.png`, fullPage: true })
      assert.deepEqual(faults, [])
      await close()
    }

for (const lang of ['en', 'zh'])
  tests[`a meter of dry gas that was picked as moist is told by the balance, and one click mends it, ${lang}`] = async (browser, site) => {
    const { page, faults, close } = await open(browser, { ...site, lang }, 'start')
    await pickCells(page, lang)
    await page
      .getByRole('group', { name: /FI-170/ })
      .getByRole('button', { name: SAID[lang].moist })
      .click()
    await page.locator('.ask[aria-busy=false]').waitFor()
    await page.getByRole('button', { name: PICKED[lang].balance }).and(page.locator(':enabled')).click()
    const cure = page.locator('.found').getByRole('button', { name: 'FI-170' })
    await cure.first().waitFor({ timeout: 90_000 })
    await page
      .locator('.found li')
      .getByRole('button', { name: /give it in 2|第 2 步/ })
      .first()
      .click()
    assert.match(await page.evaluate(() => document.activeElement.id), /^start-price-/)
    assert.match(await cure.first().innerText(), /FI-170/)
    await cure.first().click()
    await cure.first().waitFor({ state: 'detached', timeout: 90_000 })
    await page.locator('.working').waitFor({ state: 'detached', timeout: 90_000 }) // it may be there too briefly to be seen
    assert.equal(await cure.count(), 0)
    assert.match(await download(page, /plant\.toml/), /of = "S170.flow_vol_normal_dry"/)
    assert.deepEqual(faults, [])
    await close()
  }

tests['what is wrong leads to its row, in the table where it is mended'] = async (browser, site) => {
  const { page, faults, close } = await open(browser, site, 'start')
  await page.locator('input[type=file]').setInputFiles(cells())
  const plant = page.locator('section[aria-labelledby=start-plant]')
  const row = () =>
    page.evaluate(() => [
      document.activeElement.closest('section')?.getAttribute('aria-labelledby'),
      document.activeElement.closest('tr')?.dataset.row,
    ])
  await plant.locator('.to-pick li').filter({ hasText: 'S130' }).getByRole('button').click()
  assert.deepEqual(await row(), ['start-pipes', 'S130'])
  await plant.locator('p.warn').filter({ hasText: 'cells' }).first().getByRole('button').click()
  assert.deepEqual(await row(), ['start-units', 'E110'])
  // A mixer's pipes are in 4, whatever is wrong with them.
  await page.getByLabel(/^Model$/).selectOption('mixer')
  await page.getByRole('button', { name: PICKED.en.add }).click()
  for (const pipe of ['S112', 'S212']) await page.getByLabel(`From ${pipe}`, { exact: true }).selectOption('MX1')
  await page.getByLabel('To S101', { exact: true }).selectOption('MX1')
  for (const pipe of ['S101', 'S112', 'S212']) await page.getByLabel(`Contents ${pipe}`, { exact: true }).selectOption('water')
  const wrong = plant.locator('p.warn').filter({ hasText: 'MX1' }).first()
  assert.match(await wrong.innerText(), /in 4, the pipes of MX1/)
  await wrong.getByRole('button').click()
  assert.deepEqual(await row(), ['start-pipes', 'S101'])
  assert.deepEqual(faults, [])
  await close()
}
