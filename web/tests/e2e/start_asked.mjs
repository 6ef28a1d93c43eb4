// SPDX-License-Identifier: Apache-2.0
// What the page Start asks back, and what a person may say about a file as on the command line.
import { strict as assert } from 'node:assert'
import { download, PICKED } from './start.mjs'
import { faint, open, overflow } from './support.mjs'

export const tests = {}

const CHOICES = {
  en: {
    sheet: 'Sheet',
    more: 'Time of the first row',
    step: 'From one row to the next',
    none: 'Numbers that stand for no reading',
    again: 'Read it again',
  },
  zh: { sheet: '工作表', more: '首行的时间', step: '相邻两行的间隔', none: '表示无读数的数值', again: '重新读取' },
}
const BOOK = new URL('../../../tests/cases/assess/sheet_by_name/two_shifts.xlsx', import.meta.url).pathname
const minutes = (head, row) => ({
  name: 'asked.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from([head, ...Array.from({ length: 60 }, (_, k) => row(k))].join('\n') + '\n'),
})

for (const lang of ['en', 'zh']) {
  const w = CHOICES[lang]
  tests[`a workbook of several sheets: the sheet is picked, and asked for where one holds no table, ${lang}`] = async (browser, site) => {
    const { page, faults, close } = await open(browser, { ...site, lang, width: 390, height: 844, expected: ['400'] }, 'start')
    await page.locator('input[type=file]').setInputFiles(BOOK)
    await page.locator('#start-meters').waitFor()
    assert.equal(await page.getByLabel(w.sheet).inputValue(), 'Day')
    assert.match(await page.locator('#start-meters ~ * , main').first().innerText(), /FI-1/)
    // The browser's own words on a file field are in its own language: they are not seen.
    const field = await page.locator('input[type=file]').boundingBox()
    assert.ok(field.width <= 2 && (await page.locator('.choose').isVisible()))
    await page.getByLabel(w.sheet).selectOption('Cover')
    const asked = page.locator('.asked')
    await asked.waitFor()
    if (lang === 'zh') assert.doesNotMatch(await page.locator('.failed').innerText(), /[a-z]{4,} [a-z]{3,}/)
    assert.deepEqual(await asked.getByRole('button').allInnerTexts(), ['Cover', 'Day', 'Night'])
    await asked.getByRole('button', { name: 'Night' }).click()
    await page.locator('#start-meters').waitFor()
    assert.equal(await page.getByLabel(w.sheet).inputValue(), 'Night')
    assert.deepEqual(await faint(page), [])
    assert.ok((await overflow(page)) <= 0)
    assert.deepEqual(faults, [])
    await close()
  }
  tests[`rows that count hours get their times, and a number that is none is left out, ${lang}`] = async (browser, site) => {
    const { page, faults, close } = await open(browser, { ...site, lang, expected: ['400'] }, 'start')
    await page.locator('input[type=file]').setInputFiles(minutes('hour,FI-1 (t/h)', (k) => `${k},${k === 3 ? -777 : 10 + (k % 3)}`))
    await page.locator('.failed').waitFor()
    if (lang === 'zh') assert.doesNotMatch(await page.locator('.failed').innerText(), /[a-z]{4,} [a-z]{3,}/)
    await page.getByLabel(w.more).fill('2026-11-03 00:00') // open by itself
    await page.getByLabel(w.step).fill('1 h')
    await page.getByLabel(w.none).fill('-777')
    await page.getByRole('button', { name: w.again }).click()
    await page.locator('.taken').waitFor()
    assert.match(await page.locator('.taken').innerText(), /2026-11-03 0?0:00/)
    assert.match(await page.locator('#start-meters').locator('xpath=ancestor::section').innerText(), /\b1[01]\.?\d*\s+t\/h/)
    assert.deepEqual(faults, [])
    await close()
  }
  tests[`gauge against absolute is asked back with both answers, ${lang}`] = async (browser, site) => {
    const { page, faults, close } = await open(browser, { ...site, lang, expected: ['400'] }, 'start')
    const at = (k) => `2026-11-23 00:${String(k).padStart(2, '0')}`
    const head = 'time,FI-101 (t/h),FI-102 (t/h),PI-101 (kPa)'
    const file = minutes(head, (k) => `${at(k)},10.0${k % 7},10.0${k % 5},400.${k % 3}`)
    await page.locator('input[type=file]').setInputFiles(file)
    await page.locator('#start-meters').waitFor()
    await page.getByRole('button', { name: PICKED[lang].add }).click()
    await page.getByLabel(`${PICKED[lang].to} S101`).selectOption('N1')
    await page.getByLabel(`${PICKED[lang].from} S102`).selectOption('N1')
    for (const pipe of ['S101', 'S102']) await page.getByLabel(`${PICKED[lang].contents} ${pipe}`).selectOption('steam')
    await page.getByLabel(/^(Unit|单位) PI-101/).fill('kPa(g)')
    const balance = page.getByRole('button', { name: PICKED[lang].balance })
    await balance.click()
    const asked = page.locator('.asked')
    await asked.waitFor()
    if (lang === 'zh') assert.doesNotMatch(await page.locator('.failed').innerText(), /[a-z]{4,} [a-z]{3,}/)
    assert.deepEqual(await asked.getByRole('button').allInnerTexts(), ['kPa', 'kPa(g)'])
    await asked.getByRole('button', { name: 'kPa(g)', exact: true }).click()
    assert.equal(await asked.getByRole('button', { name: 'kPa(g)', exact: true }).getAttribute('aria-pressed'), 'true')
    await page.locator('.ask[aria-busy=false]').waitFor()
    await balance.click()
    await page.locator('#start-answer').waitFor()
    assert.match(await download(page, /plant\.toml/), /data_unit = "kPa\(g\)"/)
    assert.deepEqual(faults, [])
    await close()
  }
  tests[`a pressure whose unit says neither is asked about beside it, and a part of a percentage is said in points, ${lang}`] = async (
    browser,
    site,
  ) => {
    const { page, faults, close } = await open(browser, { ...site, lang, width: 390, height: 844 }, 'start')
    const words = {
      en: ['gauge', 'absolute', 'in other units', '± 0.32 points'],
      zh: ['表压', '绝对压力', '其他单位的量', '± 0.32 个百分点'],
    }
    const [gauge, absolute, others, points] = words[lang]
    const at = (k) => `2026-11-23 00:${String(k).padStart(2, '0')}`
    const head = 'time,FI-101 (t/h),FI-102 (t/h),PI-101 (MPa),PI-102 (kPa(a)),AI-101 (%)'
    await page.locator('input[type=file]').setInputFiles(minutes(head, (k) => `${at(k)},10.0${k % 7},10.0${k % 5},0.40${k % 3},130,32`))
    await page.locator('#start-meters').waitFor()
    await page.getByRole('button', { name: PICKED[lang].add }).click()
    await page.getByLabel(`${PICKED[lang].to} S101`).selectOption('N1')
    await page.getByLabel(`${PICKED[lang].from} S102`).selectOption('N1')
    const asked = page.locator('.asked')
    assert.deepEqual(await asked.getByRole('button').allInnerTexts(), [gauge, absolute]) // of PI-101 alone
    assert.match(await page.locator('#start-plant ~ *, main').first().innerText(), /PI-101/)
    const measures = page
      .getByLabel(/^(Measures|测量) PI-101|^(Of|对象|测量对象).* PI-101/)
      .or(page.locator('select[aria-label$="PI-101"]').nth(1))
    const list = await measures.first().evaluate((e) => ({
      first: [...e.children].filter((c) => c.tagName === 'OPTION').map((o) => o.value),
      behind: e.querySelector('optgroup')?.label,
    }))
    assert.ok(list.first.includes('pressure') && !list.first.includes('temperature') && list.first.length < 5, JSON.stringify(list))
    assert.equal(list.behind, others)
    const button = await asked.getByRole('button', { name: absolute }).boundingBox()
    assert.ok(button.x + button.width <= 390, `out of sight at ${button.x} px`)
    await asked.getByRole('button', { name: gauge }).click()
    assert.equal(await asked.count(), 0)
    assert.equal(await page.getByLabel(/^(Unit|单位) PI-101/).inputValue(), 'MPa(g)')
    await page.getByLabel(/^(Uncertainty|不确定度) AI-101/).fill('1 %')
    assert.ok((await page.locator('table').filter({ hasText: 'AI-101' }).first().innerText()).includes(points))
    assert.deepEqual(await faint(page), [])
    assert.ok((await overflow(page)) <= 0)
    assert.deepEqual(faults, [])
    await close()
  }
}
