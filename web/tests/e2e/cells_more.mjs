// SPDX-License-Identifier: Apache-2.0
// The pages Cell and Exchange plan, what Overview says of cells, and what holds for all pages about them; with made-up answers.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cells, ENGINEER, mapOf } from './cells_answers.mjs'
import { faint, overflow } from './support.mjs'

const WIDTHS = [
  [1440, 900],
  [2560, 1440],
  [390, 844],
]
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const tests = {
  'a cell has its diagnosis with probabilities, what to do, what would tell, its points and its neighbours': async (browser, site) => {
    const { page, faults, close } = await cells(browser, site, 'cell?cell=E2%2F077')
    await page.locator('#diagnosis').waitFor()
    const text = await page.locator('[aria-labelledby=diagnosis]').innerText()
    for (const words of [
      /too little brine\s+83 %/,
      /membrane running dry\s+12 %/,
      /all others\s+5 %/,
      /What to do now\s+Look at/,
      /What would tell more/,
    ])
      assert.match(text, words)
    assert.equal(await page.locator('.polarisation circle').count(), 60)
    assert.equal(await page.locator('.polarisation .own-band').count(), 1)
    await page.locator('.chart canvas').waitFor()
    assert.match(await page.locator('.figures').innerText(), /k\s+1[12]\d\.\d ± 2\.0 mV·m²\/kA/)
    await page.locator('.neighbours a', { hasText: 'E2/078' }).click()
    await page.locator('.big-name', { hasText: 'E2/078' }).waitFor()
    assert.equal(await page.locator('nav a[aria-current=page]').innerText(), 'Cell room')
    assert.deepEqual(faults, [])
    await close()
  },
  'an engineer writes an exchange down, nobody else has the form': async (browser, site) => {
    const served = []
    const { page, close } = await cells(browser, site, 'cell?cell=E1%2F020', { session: ENGINEER, served })
    const form = page.locator('[aria-labelledby=service] form')
    await form.getByRole('button', { name: 'Write down' }).click() // nothing is chosen: the browser asks
    assert.equal(await form.locator('select:invalid').count(), 1)
    assert.equal(served.length, 0)
    await form.getByLabel('Part').selectOption('cathode_coating')
    await form.getByLabel('Exchanged').fill('2026-11-20 08:30')
    await form.getByLabel('Note').fill('after the stop')
    await form.getByRole('button', { name: 'Write down' }).click()
    await page.locator('[aria-labelledby=service] tbody tr', { hasText: 'after the stop' }).waitFor()
    const { cell, what, when, note } = served[0]
    assert.deepEqual(
      [cell, what, new Date(when).getTime(), note],
      ['E1/020', 'cathode_coating', await page.evaluate(() => new Date(2026, 10, 20, 8, 30).getTime()), 'after the stop'],
    )
    await close()
    for (const session of [
      { ...ENGINEER, role: 'operator' },
      { name: null, role: 'viewer', open: true },
    ]) {
      const other = await cells(browser, site, 'cell?cell=E1%2F020', { session })
      await other.page.locator('#service').waitFor()
      assert.equal(await other.page.locator('[aria-labelledby=service] form').count(), 0)
      await other.close()
    }
  },
  'a cell that is none is said to be none': async (browser, site) => {
    const { page, close } = await cells(browser, { ...site, expected: ['404'] }, 'cell?cell=E9%2F001')
    await page.locator('.notice', { hasText: 'no such cell' }).waitFor()
    await close()
  },
  'the plan groups by stop and electrolyser, sums each, prices waiting, and is a file': async (browser, site) => {
    const { page, close } = await cells(browser, site, 'exchange')
    assert.match(
      await page.locator('.answer-line').innerText(),
      /^5 cells are due for an exchange\. Waiting costs ¥260 a day, ¥24,000 a quarter\.$/,
    )
    assert.deepEqual(await page.locator('section h2').allInnerTexts(), [
      'In the next stop, before load is taken again',
      'Worth a stop of its own',
      'In the next stop that there is anyway',
      'Not worth it yet',
    ])
    const own = page.locator('[aria-labelledby=exchange-own_stop]')
    assert.match(
      (await own.locator('tr.sum').innerText()).replace(/\s+/g, ' '),
      /^Together, 2 ¥13,000 ¥35,000 ¥200 ± ¥10 240 ± 16 d ¥200 ± ¥10 ¥18,000/,
    )
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save CSV' }).click()])
    const csv = readFileSync(await download.path(), 'utf8')
    assert.ok(
      csv.startsWith('\ufeffElectrolyser,Stop,Cell,Part,"Parts, fitted (CNY)",Lost margin (CNY),Saves a day (CNY/d)'),
      csv.slice(0, 200),
    )
    assert.match(csv, /\r\nE1,Worth a stop of its own,E1\/020,cathode coating,4000,31000,160,10,219,15,160,15000\r\n/)
    await page.emulateMedia({ media: 'print' })
    assert.ok(!(await page.getByRole('button', { name: 'Save CSV' }).isVisible()))
    await close()
  },
  'the Overview names the sick cells and leads to them; without cells no page of theirs is offered': async (browser, site) => {
    const { page, close } = await cells(browser, site, 'overview')
    const card = page.locator('.answer', { hasText: 'Difficulties' })
    await card.waitFor()
    assert.match(
      await card.innerText(),
      /Of 600 cells 2 are sick, 5 suspect, 1 not judged\.\s+E2\/077: probably gets too little brine \(83 %\)\s+together ¥31 a day/,
    )
    assert.equal((await page.locator('.answer').count()) + (await page.locator('.not-set-up li').count()), 6)
    await card.click()
    await mapOf(page)
    await page.unrouteAll({ behavior: 'wait' })
    await page.route('**/api/v1/overview*', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), cells: null } })
    })
    await page.reload()
    await page.locator('main', { hasText: 'castner new --cells DATA' }).waitFor()
    await page.locator('nav a', { hasText: 'Overview' }).click()
    await page.locator('.answers').waitFor()
    assert.equal(await page.locator('nav a', { hasText: /Cell room|Exchange plan/ }).count(), 0)
    await close()
  },
  'a finding about a cell under Needs attention leads to the cell': async (browser, site) => {
    const { page, close } = await cells(browser, site, 'overview')
    await page.route('**/api/v1/overview*', async (route) => {
      const response = await route.fetch()
      const o = await response.json()
      const finding = {
        ...{
          code: 'cell_sick',
          severity: 'warning',
          title: 'E2/077: probably gets too little brine (83 %)',
          next: '',
          path: 'E2/077',
          tags: [],
        },
        ...{
          cost_per_day: { value: 23, sd: 1, unit: 'CNY/d' },
          stops: [],
          follows: false,
          rests_on: [],
          balances_open: false,
          evidence: [],
        },
      }
      await route.fulfill({ response, json: { ...o, cells: null, attention: [finding] } })
    })
    await page.reload()
    await page.locator('.findings summary').first().click()
    assert.equal(await page.locator('.findings .evidence a').getAttribute('href'), '#/cell?cell=E2%2F077')
    await close()
  },
}

for (const path of ['cells', 'cell?cell=E2%2F077', 'exchange'])
  tests[`${path} fits wide, wall and phone in both languages, can be read, and keeps to the rules of axe`] = async (browser, site) => {
    for (const lang of ['en', 'zh'])
      for (const [width, height] of WIDTHS) {
        const theme = width === 2560 ? 'dark' : 'light'
        const { page, faults, close } = await cells(browser, site, path, { lang, theme, width, height, session: ENGINEER })
        await page.locator('.answer-line').waitFor()
        const at = `${path}, ${lang}, ${width} px`
        assert.ok((await overflow(page)) <= 0, `${at}: wider by ${await overflow(page)}`)
        assert.deepEqual(await faint(page), [], at)
        assert.doesNotMatch(await page.locator('main').innerText(), /undefined|NaN|\[object|\{\w+\}/)
        if (path === 'cells' && width > 1000) {
          const slider = await page.locator('.time-slider').boundingBox()
          assert.ok(slider.y + slider.height <= height, `${at}: the map leaves no room for its slider`)
        }
        await page.evaluate(AXE)
        const { violations } = await page.evaluate(() =>
          globalThis.axe.run('main', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }),
        )
        assert.deepEqual(
          violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`),
          [],
          at,
        )
        assert.deepEqual(faults, [])
        await close()
      }
  }
