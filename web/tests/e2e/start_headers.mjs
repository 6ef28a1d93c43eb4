// SPDX-License-Identifier: Apache-2.0
// Headers of several electrolysers: acid joins the brine, or says at its pick why it is not used; dates that nothing tells are asked about.
import { strict as assert } from 'node:assert'
import { download, PICKED } from './start.mjs'
import { faint, open, overflow } from './support.mjs'

export const tests = {}

const EVERY = 'every electrolyser.'
/** Two electrolysers with the brine to each, and acid into their header. */
function room(lang, heads, at = (k) => `2026-11-23 00:${String(k).padStart(2, '0')}`) {
  const cells = [1, 2].flatMap((e) => [`II-${e}10 (kA)`, `EI-${e}10 (V)`, `FI-${e}01 (m3/h)`])
  const means = [14, 450, 22, 14, 450, 22, ...heads.map(([, mean]) => mean)]
  const rows = Array.from({ length: 60 }, (_, k) => {
    const noise = (salt) => (((k * 7 + salt * 5) % 11) - 5) / 2e3
    return [at(k), ...means.map((v, salt) => (v * (1 + noise(salt))).toFixed(4))].join(',')
  })
  const names = [lang === 'zh' ? '时间' : 'time', ...cells, ...heads.map(([name]) => name)]
  return { name: 'room.csv', mimeType: 'text/csv', buffer: Buffer.from([names.join(','), ...rows].join('\n') + '\n') }
}
const SAID = {
  en: {
    acid: 'FI-480 HCl header flow',
    kilograms: /taken as kilograms of HCl/,
    unused: /not used: of acid the balance knows/,
    contents: 'by the words in its tags: hydrogen chloride',
    strength: /S480_acid_strength.*31/,
    cells: /cells in series/,
    area: /area of one cell/,
    dates: ['day, month, year', 'month, day, year', 'year, month, day'],
    order: 'Order of dates',
    again: 'Read it again',
  },
  zh: {
    acid: 'FI-480 盐酸总管流量',
    kilograms: /按 HCl（100 %）的千克数处理/,
    unused: /不使用：对于酸/,
    contents: '由位号中的文字判断：氯化氢',
    strength: /S480_acid_strength.*31/,
    cells: /串联的单元槽数/,
    area: /单元槽有效面积/,
    dates: ['日、月、年', '月、日、年', '年、月、日'],
    order: '日期顺序',
    again: '重新读取',
  },
}

async function pickRoom(page, lang, file) {
  const w = PICKED[lang]
  await page.locator('input[type=file]').setInputFiles(file)
  await page.locator('#start-meters').waitFor()
  await page.getByLabel(SAID[lang].cells).first().fill('150')
  await page.getByLabel(SAID[lang].area).first().fill('2.7 m2')
  await page.keyboard.press('Tab')
  for (const e of [1, 2]) await page.getByLabel(`${w.to} S${e}01`, { exact: true }).selectOption(`E${e}10.brine`)
  await page.getByLabel(`${w.to} S480`, { exact: true }).selectOption(`${EVERY}brine`)
}

for (const lang of ['en', 'zh'])
  for (const width of [390, 1440])
    tests[`acid into the header joins the brine of every electrolyser, ${lang}, ${width}`] = async (browser, site) => {
      const { page, faults, close } = await open(browser, { ...site, lang, width, height: 900 }, 'start')
      const w = SAID[lang]
      await pickRoom(
        page,
        lang,
        room(lang, [
          [`${w.acid} (m3/h)`, 0.35],
          ['TI-480 (degC)', 25],
        ]),
      )
      const balance = page.getByRole('button', { name: PICKED[lang].balance })
      await balance.and(page.locator(':enabled')).waitFor()
      await page.locator('.assumed').filter({ hasText: w.strength }).waitFor()
      assert.equal(await page.locator('.to-pick li').count(), 0)
      const contents = page.getByLabel(`${PICKED[lang].contents} S480`).and(page.locator('select'))
      await contents.locator('option:checked').filter({ hasText: w.contents }).waitFor({ state: 'attached' })
      await page.locator('section[aria-labelledby=start-meters] tr').filter({ hasText: 'TI-480' }).filter({ hasText: w.unused }).waitFor()
      const plant = await download(page, /plant\.toml/)
      for (const line of ['name = "brine_header"\ncontents = "brine"', 'of = "S480_acid_volume"', 'name = "S101"\ncontents = "acid_brine"'])
        assert.ok(plant.includes(line), `${line} in\n${plant}`)
      if (process.env.CASTNER_SHOTS)
        await page.screenshot({ path: `${process.env.CASTNER_SHOTS}/acid_${lang}_${width}.png`, fullPage: true })
      assert.ok((await overflow(page)) <= 0)
      assert.deepEqual(await faint(page), [])
      assert.doesNotMatch(await page.locator('main').innerText(), /undefined|NaN|\[object|\{\w+\}/)
      await balance.click()
      await page.locator('#start-answer').waitFor({ timeout: 90_000 })
      assert.match(await page.locator('.first-answer').innerText(), /FI-480/)
      assert.deepEqual(faults, [])
      await close()
    }

for (const lang of ['en', 'zh']) {
  const w = SAID[lang]
  tests[`kilograms of acid are said to be HCl where no meter tells the strength, ${lang}`] = async (browser, site) => {
    const { page, faults, close } = await open(browser, { ...site, lang }, 'start')
    await pickRoom(page, lang, room(lang, [[`${w.acid} (kg/h)`, 120]]))
    await page.locator('section[aria-labelledby=start-meters] tr').filter({ hasText: 'FI-480' }).filter({ hasText: w.kilograms }).waitFor()
    assert.match(await download(page, /plant\.toml/), /of = "S480.flow_mass"/)
    assert.deepEqual(faults, [])
    await close()
  }
  tests[`dates of which nothing tells the order are asked about, ${lang}`] = async (browser, site) => {
    const { page, faults, close } = await open(browser, { ...site, lang, expected: ['400'] }, 'start')
    const file = room(lang, [], (k) => `01/02/2026 00:${String(k).padStart(2, '0')}`)
    await page.locator('input[type=file]').setInputFiles(file)
    const asked = page.locator('.asked')
    await asked.waitFor()
    if (lang === 'zh') assert.doesNotMatch(await page.locator('.failed').innerText(), /[a-z]{4,} [a-z]{3,} [a-z]{3,}/)
    assert.deepEqual(await asked.getByRole('button').allInnerTexts(), w.dates)
    await asked.getByRole('button').first().click()
    await page.locator('.taken').filter({ hasText: '2026-02-01' }).waitFor()
    // It can be said beforehand, and changed.
    const order = page.getByLabel(w.order)
    assert.equal(await order.inputValue(), 'dmy')
    await order.selectOption('mdy')
    await page.getByRole('button', { name: w.again }).click()
    await page.locator('.taken').filter({ hasText: '2026-01-02' }).waitFor()
    assert.deepEqual(faults, [])
    await close()
  }
  tests[`hours counted from the start ask for the time of the first row alone, ${lang}`] = async (browser, site) => {
    const { page, faults, close } = await open(browser, { ...site, lang, expected: ['400'] }, 'start')
    const rows = Array.from({ length: 30 }, (_, k) => `${k * 0.5},${10 + (k % 3)}`)
    const buffer = Buffer.from(['Zeit [h],FI-1 (t/h)', ...rows].join('\n') + '\n')
    await page.locator('input[type=file]').setInputFiles({ name: 'hours.csv', mimeType: 'text/csv', buffer })
    await page.locator('.failed').filter({ hasText: '--start 2026-11-03T00:00' }).waitFor()
    await page.getByLabel(lang === 'en' ? 'Time of the first row' : '首行的时间').fill('2026-11-03 00:00')
    await page.getByRole('button', { name: w.again }).click()
    await page.locator('.taken').filter({ hasText: '14:30' }).waitFor()
    assert.deepEqual(faults, [])
    await close()
  }
}
