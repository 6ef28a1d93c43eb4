// SPDX-License-Identifier: Apache-2.0
// Cell room, Cell and Exchange plan, with a cell room that is made up in place of the server's answers.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { roomOf, withCells } from './cells_made_up.mjs'
import { address, faint, open, overflow } from './support.mjs'

const WIDTHS = [
  [1440, 900],
  [2560, 1440],
  [390, 844],
]
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const ENGINEER = { name: 'li.wei', role: 'engineer', open: false }

/** A page about cells, of a server that has some. */
async function cells(browser, site, path, o = {}) {
  const opened = await open(browser, { ...site, ...o }, 'sources')
  await withCells(opened.page, o)
  await opened.page.reload() // what the server says of cells is another now
  await opened.page.evaluate((to) => (location.hash = `#/${to}`), path)
  return opened
}
/** Words in one line. */
const said = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ').trim()
const mapOf = async (page) => {
  await page.locator('.cell-map svg').waitFor()
  return page.locator('.cell-map')
}
/** How many squares a path of the map has. */
const squares = (page, kind) =>
  page.locator(`.cell-map path.${kind}`).evaluateAll((all) => all.reduce((n, p) => n + p.getAttribute('d').split('M').length - 1, 0))

export const tests = {
  'the room says first how many are sick, and which is the worst, of what, since when, for how much': async (browser, site) => {
    for (const [lang, says] of [
      [
        'en',
        /^Of 600 cells 2 are sick, 5 suspect, 1 not judged\.\s+E2\/077: probably gets too little brine \(83 %\), since .*, ¥23 a day$/,
      ],
      ['zh', /^600 个单槽中，2 个异常，5 个可疑，1 个未能判断。\s*E2\/077：很可能是供盐水堵塞（83 %），自 .* 起，每天 ¥23$/],
    ]) {
      const { page, faults, close } = await cells(browser, site, 'cells', { lang })
      await mapOf(page)
      assert.match((await page.locator('.answer-line').innerText()).replace(/\n/g, ' ').trim(), says)
      assert.equal(await page.locator('#cell-findings ~ .findings > li').count(), 3)
      await page.locator('#cell-findings ~ .findings summary').first().click()
      assert.match(await page.locator('#cell-findings ~ .findings').innerText(), lang === 'en' ? /160 ± 4 mV/ : /160 ± 4 mV/)
      assert.deepEqual(faults, [])
      await close()
    }
  },
  'every cell is on the map once, by a few paths, and what is abnormal has a sign beside its colour': async (browser, site) => {
    const { page, close } = await cells(browser, site, 'cells')
    await mapOf(page)
    let n = 0
    for (const kind of ['h0', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'unknown']) n += await squares(page, kind)
    assert.equal(n, 600)
    assert.equal(await squares(page, 'sign.bad'), 2)
    assert.equal(await squares(page, 'sign.warn'), 5)
    assert.ok((await page.locator('.cell-map svg *').count()) < 60)
    assert.match(await page.locator('.map-legend').innerText(), /2\.92[\s\S]*V[\s\S]*sick 2[\s\S]*suspect 5[\s\S]*not known 1/)
    await page.getByLabel('Colour').selectOption('state')
    assert.equal(await squares(page, 'sick'), 2)
    assert.equal(await squares(page, 'healthy'), 592)
    await page.getByLabel('Colour').selectOption('k')
    await page.locator('.edges', { hasText: 'mV·m²/kA' }).waitFor()
    await address(page, /of=k/)
    await page.getByLabel('Electrolyser', { exact: true }).selectOption('E3')
    assert.equal(await squares(page, 'sign.bad'), 1)
    assert.equal(await page.locator('#cell-findings ~ .findings > li').count(), 1)
    await address(page, /electrolyser=E3/)
    await page.reload()
    await mapOf(page)
    assert.equal(await page.getByLabel('Electrolyser', { exact: true }).inputValue(), 'E3')
    await close()
  },
  'the pointer and the keyboard show a cell, a click or Enter opens it': async (browser, site) => {
    const { page, close } = await cells(browser, site, 'cells')
    const map = await mapOf(page)
    const box = await map.locator('svg').boundingBox()
    await page.mouse.move(box.x + 100, box.y + 6)
    assert.match(await said(page.locator('.cell-tip')), /^E1\/00\d healthy Voltage at reference: 2\.9\d+ ± 0\.0030 V/)
    await page.mouse.move(box.x + 10, box.y + box.height + 30)
    await page.locator('.cell-tip').waitFor({ state: 'detached' })
    await page.getByLabel('Open cell').focus()
    await page.keyboard.press('Tab')
    const tip = page.locator('.cell-tip')
    assert.match(await said(tip), /E2\/077 sick .*probably gets too little brine/) // the worst first
    await page.keyboard.press('ArrowRight')
    assert.match(await said(tip), /^E2\/078 healthy/)
    await page.keyboard.press('PageDown')
    await page.keyboard.press('Home')
    assert.match(await said(tip), /^E3\/001/)
    await page.keyboard.press('Enter')
    await page.locator('.big-name', { hasText: 'E3/001' }).waitFor()
    await page.goBack()
    await mapOf(page)
    await page.getByLabel('Open cell').fill('e4/12')
    await page.keyboard.press('Enter')
    await page.locator('.big-name', { hasText: 'E4/012' }).waitFor()
    await close()
  },
  'ten thousand cells answer the pointer and another colour': async (browser, site) => {
    const { page, faults, close } = await cells(browser, site, 'cells', { each: 2500 })
    const map = await mapOf(page)
    assert.ok((await page.locator('main *').count()) < 700, `${await page.locator('main *').count()} elements`)
    const box = await map.locator('svg').boundingBox()
    for (let k = 0; k < 20; ++k) await page.mouse.move(box.x + 90 + 23 * k, box.y + 50 + 7 * k)
    await page.locator('.cell-tip').waitFor()
    await page.getByLabel('Colour').selectOption('age')
    assert.match(await page.locator('.edges').innerText(), /d$/)
    assert.deepEqual(faults, [])
    await close()
  },
  'a slider shows the map of a past time, plays it, and comes back to now': async (browser, site) => {
    const asked = []
    const { page, close } = await cells(browser, site, 'cells', { asked })
    await mapOf(page)
    const edges = await page.locator('.edges').innerText()
    const slider = page.getByLabel('Time of the map')
    await slider.fill('48')
    await page.locator('.map-legend', { hasText: /not known 8/ }).waitFor() // of which the past knows nothing
    assert.equal(await page.locator('.edges').innerText(), edges, 'the colours keep their numbers')
    const ago = Date.now() - Date.parse(asked[0])
    assert.ok(Math.abs(ago / 3.6e6 - 12) < 0.2, `${ago / 3.6e6} h`)
    assert.match(await slider.getAttribute('aria-valuetext'), /\d\d:\d\d/)
    await slider.fill('94')
    await page.getByRole('button', { name: 'Play' }).click()
    await page.locator('.time-slider output', { hasText: 'now' }).waitFor()
    await page.getByRole('button', { name: 'Play' }).waitFor()
    await page.locator('.map-legend', { hasText: 'not known 1' }).waitFor()
    await page.getByLabel('Colour').selectOption('u0')
    assert.ok(await slider.isDisabled())
    await close()
  },
  'a cell has its diagnosis with probabilities, what to do, what would tell, its points and its neighbours': async (browser, site) => {
    const { page, faults, close } = await cells(browser, site, 'cell?cell=E2%2F077')
    await page.locator('#diagnosis').waitFor()
    const text = await page.locator('[aria-labelledby=diagnosis]').innerText()
    for (const said of [
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
      /Of 600 cells 2 are sick, 5 suspect, 1 not judged\.\s+E2\/077: probably gets too little brine \(83 %\)\s+¥31 a day/,
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
  'a room that learns says so, and one without findings is calm': async (browser, site) => {
    const room = roomOf('en')
    const learning = {
      ...room,
      learning: true,
      findings: [],
      replacement: [],
      cells: room.cells.map((c) => ({
        ...c,
        ...{
          state: 'unseen',
          standard_voltage: null,
          u0: null,
          k: null,
          excess_power: null,
          cost_per_day: null,
          above_best: null,
          finding: null,
        },
      })),
    }
    const { page, close } = await cells(browser, site, 'cells', { room: learning })
    await mapOf(page)
    assert.match(await page.locator('.answer-line').innerText(), /None of 600 cells is judged yet\./)
    assert.equal(await page.getByLabel('Colour').inputValue(), 'voltage')
    await page.locator('main', { hasText: 'still learning' }).waitFor()
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
