// SPDX-License-Identifier: Apache-2.0
// A balance that takes long: how far it is, the button that stops it, that it ends with the tab, and that the other language asks for nothing.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { newcomersFile, pickEverything, PICKED } from './start.mjs'
import { faint, open, overflow } from './support.mjs'

export const tests = {}

const SAID = {
  en: { window: /Window \d+ of 3600 · \d+ s/, cancel: 'Cancel', line: /In line; before this one: 0/ },
  zh: { window: /第 \d+ 个时段，共 3600 个 · \d+ 秒/, cancel: '取消', line: /排队中，前面还有 0 个/ },
}
const folder = new URL('../../../plants/cell_room/', import.meta.url)

/** The cell room's half day ten times over in windows of two minutes: most of a minute of work. */
function longWork() {
  const plant = readFileSync(new URL('plant.toml', folder), 'utf8').replace(
    'window = "30 min"\nmin_rows = 20',
    'window = "2 min"\nmin_rows = 2',
  )
  const [head, ...rows] = readFileSync(new URL('data.csv', folder), 'utf8').trim().split('\n').slice(1)
  const days = Array.from({ length: 10 }, (_, d) => rows.map((r) => `2026-10-${10 + d}${r.slice(10)}`).join('\n'))
  return { bytes: Buffer.byteLength(plant), body: Buffer.from(`${plant}${[head, ...days].join('\n')}\n`) }
}

/** The page as a person has it before the button, which then sends the long work in place of what was picked. */
async function ready(browser, site) {
  const opened = await open(browser, site, 'start')
  const { page } = opened
  await pickEverything(page, PICKED[site.lang])
  const { bytes, body } = longWork()
  await page.route('**/api/v1/start/assess*', (route) => {
    const url = new URL(route.request().url())
    url.searchParams.set('plant', bytes)
    return route.continue({ url: url.href, postData: body })
  })
  const button = page.getByRole('button', { name: PICKED[site.lang].balance }).and(page.locator(':enabled'))
  await button.waitFor()
  return { ...opened, button }
}

for (const lang of ['en', 'zh'])
  tests[`a long balance says how far it is and can be cancelled, ${lang}`] = async (browser, site) => {
    const { page, faults, button, close } = await ready(browser, { ...site, lang, width: 390, height: 844 })
    const working = page.locator('.working')
    await button.click()
    await working.filter({ hasText: SAID[lang].window }).waitFor()
    const before = await working.locator('progress').getAttribute('value')
    await page.waitForFunction((b) => Number(document.querySelector('.working progress')?.value) > b, Number(before))
    assert.deepEqual(await faint(page), [])
    assert.ok((await overflow(page)) <= 0)
    // It goes on while another page is looked at.
    await page.evaluate(() => (location.hash = '#/energy'))
    await page.evaluate(() => (location.hash = '#/start'))
    await working.filter({ hasText: SAID[lang].window }).waitFor()
    await working.getByRole('button', { name: SAID[lang].cancel }).click()
    await working.waitFor({ state: 'detached' })
    await button.waitFor()
    assert.equal(await page.locator('[role=alert]').count(), 0)
    assert.deepEqual(faults, [])
    await close()
  }

tests['what three tabs began ends with them, and who waits in line is told so and then answered'] = async (browser, site) => {
  const tabs = []
  for (let k = 0; k < 3; ++k) {
    const tab = await ready(browser, { ...site, lang: 'en' })
    await tab.button.click()
    await tab.page.locator('.working').filter({ hasText: SAID.en.window }).waitFor()
    tabs.push(tab)
  }
  const { page, faults, close } = await open(browser, { ...site, lang: 'en' }, 'start')
  await page.locator('input[type=file]').setInputFiles(newcomersFile())
  await page.locator('.working').filter({ hasText: SAID.en.line }).waitFor()
  for (const tab of tabs) await tab.close()
  await page.locator('#start-meters').waitFor({ timeout: 5000 }) // the three would take a minute
  assert.deepEqual(faults, [])
  await close()
}

tests['the other language asks the server for neither file nor balance'] = async (browser, site) => {
  const { page, faults, close } = await open(browser, { ...site, lang: 'en' }, 'start')
  await pickEverything(page, PICKED.en)
  await page.getByRole('button', { name: PICKED.en.balance }).and(page.locator(':enabled')).click()
  await page.locator('.first-answer').filter({ hasText: 'FI-105 reads' }).waitFor()
  const asked = []
  page.on('request', (r) => /start\/(read|assess)/.test(r.url()) && asked.push(r.url()))
  await page.getByText('中文').click()
  await page.locator('.taken').filter({ hasText: '分号' }).waitFor()
  await page.locator('.first-answer').filter({ hasText: '仪表' }).waitFor()
  await page.getByText('EN', { exact: true }).click()
  await page.locator('.first-answer').filter({ hasText: 'FI-105 reads' }).waitFor()
  await page.waitForTimeout(500)
  assert.deepEqual(asked, [])
  assert.deepEqual(faults, [])
  await close()
}
