// SPDX-License-Identifier: Apache-2.0
// A cell room whose flows are metered on the common headers alone: how a feed divides is asked, a gas by mass too, and the totals balance.
import { strict as assert } from 'node:assert'
import { download, PICKED } from './start.mjs'
import { faint, open, overflow } from './support.mjs'

export const tests = {}

/** An hour of three electrolysers, with means of the virtual plant. */
function headers() {
  const cells = [1, 2, 3].flatMap((e) => [
    [`II-${e}10 (kA)`, 14.55],
    [`EI-${e}10 (V)`, 450.2],
    [`TI-${e}15 (degC)`, 88.2],
  ])
  const common = [
    ['FI-501 (m3/h)', 87.8],
    ['AI-501 NaCl (g/L)', 302],
    ['TI-501 (degC)', 65.4],
    ['AI-502 NaCl (g/L)', 202.4],
    ['FI-602 (m3/h)', 149.3],
    ['AI-602 NaOH (%)', 32.1],
    ['FI-701 Cl2 (t/h)', 10.13],
    ['PI-701 (kPa(a))', 121],
    ['FI-801 H2 (Nm3/h)', 2736],
    ['PI-801 (kPa(a))', 124.6],
  ]
  const all = [...cells, ...common]
  const rows = Array.from({ length: 60 }, (_, k) => {
    const noise = (salt) => (((k * 7 + salt * 5) % 11) - 5) / 1e4
    return [`2026-11-23 00:${String(k).padStart(2, '0')}`, ...all.map(([, v], salt) => (v * (1 + noise(salt))).toFixed(4))].join(',')
  })
  const text = [['time', ...all.map(([name]) => name)].join(','), ...rows].join('\n') + '\n'
  return { name: 'headers.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
}

const SAID = {
  en: {
    cells: /cells in series/,
    area: /area of one cell/,
    divides: /No meter tells how the (brine|caustic) divides over E110, E210 and E310/,
    how: 'How do the electrolysers share it?',
    answers: ['by current, ± 30 %', 'nobody knows'],
    vapour: 'Does FI-701 Cl2 count the water vapour?',
    dry: 'dry gas',
    checks: /check each other in \d+ independent/,
  },
  zh: {
    cells: /串联的单元槽数/,
    area: /单元槽有效面积/,
    divides: /没有仪表能得出(盐水|碱液)在 E110、E210 和 E310 之间如何分配/,
    how: '各电解槽如何分配？',
    answers: ['按电流，± 30 %', '不清楚'],
    vapour: 'FI-701 Cl2 是否计入水汽？',
    dry: '干气',
    checks: /仪表之间有 \d+ 个独立的核对关系/,
  },
}

for (const lang of ['en', 'zh'])
  for (const width of [390, 1440])
    tests[`meters on the headers alone give the totals their balance, ${lang}, ${width}`] = async (browser, site) => {
      const { page, faults, close } = await open(browser, { ...site, lang, width, height: 900 }, 'start')
      const [w, p] = [SAID[lang], PICKED[lang]]
      await page.locator('input[type=file]').setInputFiles(headers())
      await page.locator('#start-meters').waitFor()
      await page.getByLabel(w.cells).first().fill('150')
      await page.getByLabel(w.area).first().fill('2.7 m2')
      await page.keyboard.press('Tab')
      await page.getByLabel(`${p.to} S501`, { exact: true }).selectOption('every electrolyser.brine')
      const from = { S502: 'anolyte', S602: 'catholyte', S701: 'chlorine', S801: 'hydrogen' }
      for (const [pipe, port] of Object.entries(from))
        await page.getByLabel(`${p.from} ${pipe}`, { exact: true }).selectOption(`every electrolyser.${port}`)
      for (const e of [1, 2, 3]) await page.getByLabel(`${p.from} S${e}15`, { exact: true }).selectOption(`E${e}10.catholyte`)
      const divided = page.locator('.divided')
      await divided.waitFor()
      const texts = await divided.locator('p').allInnerTexts()
      assert.equal(texts.length, 2)
      for (const text of texts) assert.match(text, w.divides)
      const how = page.getByRole('group', { name: w.how })
      assert.deepEqual(await how.getByRole('button').allInnerTexts(), w.answers)
      await page.locator('#start-plant').locator('..').filter({ hasText: w.checks }).waitFor()
      assert.match(await download(page, /plant\.toml/), /of = "S701.flow_mass"[^]*of = "E110_brine_share"\nvalue = 1\nsd = 0\.3\n/)
      // The gas by mass is asked about as soon as it is known to be gas.
      await page.getByRole('group', { name: w.vapour }).getByRole('button', { name: w.dry }).click()
      await how.getByRole('button').nth(1).click()
      const balance = page.getByRole('button', { name: p.balance })
      await balance.and(page.locator(':enabled')).waitFor()
      await divided.filter({ hasText: lang === 'en' ? 'next to nothing' : '几乎无法判断' }).waitFor()
      assert.match(await download(page, /plant\.toml/), /of = "S701.flow_mass_dry"[^]*of = "E110_brine_share"\nvalue = 1\nsd = 1\n/)
      if (process.env.CASTNER_SHOTS)
        await page.screenshot({ path: `${process.env.CASTNER_SHOTS}/totals_${lang}_${width}.png`, fullPage: true })
      assert.ok((await overflow(page)) <= 0)
      assert.deepEqual(await faint(page), [])
      assert.doesNotMatch(await page.locator('main').innerText(), /undefined|NaN|\[object|\{\w+\}/)
      await balance.click()
      await page.locator('#start-answer').waitFor({ timeout: 60_000 })
      assert.match(await page.locator('.first-answer').innerText(), /FI-801/)
      assert.deepEqual(faults, [])
      await close()
    }
