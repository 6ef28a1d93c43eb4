// SPDX-License-Identifier: Apache-2.0
// A newcomer's file to a first balance: dropped, seen, picked from lists, answered, kept.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { faint, open, overflow } from './support.mjs'

/** A header of steam that divides twice, minute by minute over six hours; FI-105 reads 1.5 t/h too high. */
export function newcomersFile() {
  let seed = 7
  const noise = () => ((seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5) * 0.01
  const flows = { 'FI-101': 40, 'FI-102': 24, 'FI-103': 16, 'FI-104': 14, 'FI-105': 11.5, 'FI-106': 26 }
  const rows = [['Zeit', ...Object.keys(flows).map((tag) => `${tag} (t/h)`), 'TI-101 (degC)'].join(';')]
  for (let k = 0; k < 360; ++k) {
    const time = `2026-11-23 ${String(Math.floor(k / 60)).padStart(2, '0')}:${String(k % 60).padStart(2, '0')}`
    const numbers = [...Object.values(flows), 250].map((v) => (v * (1 + noise())).toFixed(3).replace('.', ','))
    rows.push([time, ...numbers].join(';'))
  }
  return { name: 'my plant.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n') + '\n') }
}

/** Everything that a person picks to get from the file to the balance; by the names that a screen reader hears. */
export async function pickEverything(page, words) {
  await page.locator('input[type=file]').setInputFiles(newcomersFile())
  await page.locator('#start-meters').waitFor()
  for (let k = 0; k < 3; ++k) await page.getByRole('button', { name: words.add }).click()
  const ends = { S101: ['', 'N1'], S102: ['N1', 'N2'], S103: ['N1', 'N3'], S104: ['N2', ''], S105: ['N2', 'N3'], S106: ['N3', ''] }
  for (const [pipe, [from, to]] of Object.entries(ends)) {
    await page.getByLabel(`${words.from} ${pipe}`).selectOption(from)
    await page.getByLabel(`${words.to} ${pipe}`).selectOption(to)
  }
  await page.getByLabel(`${words.contents} S101`).selectOption('steam')
}
export const PICKED = {
  en: { add: 'Add a unit', from: 'From', to: 'To', contents: 'Contents', balance: 'Get the balance' },
  zh: { add: '添加单元', from: '来自', to: '去往', contents: '介质', balance: '做平衡校正' },
}

export async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()])
  return readFileSync(await file.path(), 'utf8')
}

export const tests = {}

for (const lang of ['en', 'zh'])
  for (const [width, height] of [
    [390, 844],
    [1440, 900],
    [3840, 2160],
  ])
    tests[`a newcomer's file becomes a balance, ${lang}, ${width}`] = async (browser, site) => {
      const { page, faults, close } = await open(
        browser,
        { ...site, lang, width, height, theme: width === 390 ? 'dark' : 'light' },
        'start',
      )
      const w = PICKED[lang]
      await pickEverything(page, w)
      await page.getByRole('button', { name: w.balance }).and(page.locator(':enabled')).click()
      await page.locator('#start-answer').waitFor()
      const answer = await page.locator('.first-answer').innerText()
      assert.match(answer, /FI-105/)
      assert.ok(answer.includes('castner check') && !answer.includes('`'), 'a command is shown as code')
      assert.equal(await page.locator('.first-answer tr.abnormal').count(), 1)
      assert.match(await page.locator('.first-answer tr.abnormal').innerText(), /FI-105/)
      assert.deepEqual(await faint(page), [])
      assert.ok((await overflow(page)) <= 0, `wider than ${width} px by ${await overflow(page)}`)
      assert.doesNotMatch(await page.locator('main').innerText(), /undefined|NaN|\[object|\{\w+\}/)
      assert.deepEqual(faults, [])
      await close()
    }

tests['what it was taken for is seen before anything is picked, and the plant file and the report can be kept'] = async (browser, site) => {
  const { page, close } = await open(browser, site, 'start')
  const w = PICKED.en
  await pickEverything(page, w)
  const taken = await page.locator('section[aria-labelledby=start-taken]').innerText()
  assert.match(taken, /semicolon, decimal comma/)
  assert.match(taken, /360 rows, 7 tags · a row every 1 min/)
  const plant = await download(page, 'Download plant.toml')
  assert.match(plant, /model = "node"/)
  assert.match(plant, /of = "S101.temperature"/)
  await page.getByRole('button', { name: w.balance }).and(page.locator(':enabled')).click()
  assert.match(await download(page, 'Download the report (HTML)'), /<!doctype html>(?=[^]*<code>castner check<\/code>)[^`]*FI-105[^`]*$/i)
  await close()
}

tests['a bad file says what the command line says, and the page goes on'] = async (browser, site) => {
  const { page, close } = await open(browser, { ...site, expected: ['400'] }, 'start')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'twice.csv', mimeType: 'text/csv', buffer: Buffer.from('time,FI-1,FI-1\n2026-11-23 00:00,1,2\n') })
  await page.locator('[role=alert]').filter({ hasText: 'twice.csv:1' }).waitFor()
  assert.match(await page.locator('[role=alert]').first().innerText(), /names the tag "FI-1" twice/)
  assert.equal(await page.locator('#start-meters').count(), 0)
  await page.locator('input[type=file]').setInputFiles(newcomersFile())
  await page.locator('#start-meters').waitFor()
  assert.equal(await page.locator('[role=alert]').count(), 0)
  await close()
}

tests['it is done by the keyboard alone, and stays while another page is looked at'] = async (browser, site) => {
  const { page, close } = await open(browser, site, 'start')
  await page.locator('input[type=file]').setInputFiles(newcomersFile())
  const add = page.getByRole('button', { name: 'Add a unit' })
  await add.focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('To S101').focus()
  await page.keyboard.press('N')
  assert.equal(await page.getByLabel('To S101').inputValue(), 'N1')
  await page.locator('nav a[href="#/energy"]').click()
  await page.locator('nav a[href="#/start"]').click()
  assert.equal(await page.getByLabel('To S101').inputValue(), 'N1')
  await close()
}

tests['an electrolyser has its ports to pick, and what is missing is said'] = async (browser, site) => {
  const { page, close } = await open(browser, site, 'start')
  await page.locator('input[type=file]').setInputFiles({
    name: 'cells.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('tag,value,unit\nFI-1,30,\nII-1,12.5,\n'.replaceAll(',unit', '').replaceAll(/,\n/g, '\n')),
  })
  await page.locator('#start-meters').waitFor()
  await page.locator('p.warn').filter({ hasText: 'Give the unit of FI-1' }).waitFor()
  await page.getByLabel('Model').selectOption('electrolyser')
  await page.getByRole('button', { name: 'Add a unit' }).click()
  await page.getByLabel('On II-1').selectOption('E1')
  await page.getByLabel('Unit II-1').fill('kA')
  await page.getByLabel('Unit FI-1').fill('t/h')
  await page.getByLabel('From S1').selectOption('E1.catholyte')
  await page.locator('p.warn').filter({ hasText: 'cells' }).first().waitFor()
  await page.getByLabel('cells in series').fill('150')
  await page.getByLabel('area of one cell').fill('2.7 m2')
  await page.getByRole('button', { name: 'Get the balance' }).and(page.locator(':enabled')).waitFor()
  await close()
}

for (const [lang, zone, typed] of [
  ['en', 'America/Chicago', ''],
  ['en', 'Asia/Shanghai', 'Europe/Berlin'],
  ['zh', 'UTC', 'Asia/Shanghai'],
])
  tests[`times of a file are on the clock that stands beside them, ${lang}, ${zone}, ${typed || 'nothing typed'}`] = async (
    browser,
    site,
  ) => {
    const { page, faults, close } = await open(browser, { ...site, lang, timezone: zone }, 'start')
    if (typed) await page.getByLabel(/^(Time zone|时区|文件.*时区)/).fill(typed)
    await page.locator('input[type=file]').setInputFiles(newcomersFile())
    await page.locator('.taken').waitFor()
    const range = await page.locator('.taken li').nth(2).innerText()
    assert.match(range, /2026-11-23 00:00 – 2026-11-23 05:59/)
    assert.ok(range.includes(typed || zone), range)
    assert.deepEqual(faults, [])
    await close()
  }
