// SPDX-License-Identifier: Apache-2.0
// The pages about cells with what the server itself says of the virtual cell room: four cells have been ill for days or weeks.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { KINDS, mapOf, said, squares } from './cells_answers.mjs'
import { open, pathOf, SICK } from './support.mjs'

const SERVED = 'E4/150' // of which nothing is known but that it is well

/** What the server says, asked with the page's own session. */
const says = async (page, base, path) => (await page.request.get(`${base}/api/v1/${path}`)).json()

/** The cell room of a server that has learned it; null where there is none. */
export async function room(browser, site, path = 'cells', o = {}) {
  const opened = await open(browser, { ...site, ...o }, path)
  const answer = await says(opened.page, site.base, 'cells?lang=en')
  if (answer.cells && !answer.learning) return { ...opened, answer }
  await opened.close()
  return null
}
export const NONE = 'the server has no cells that it has learned'

/** Where the squares of each colour stand. */
const picture = (page) =>
  page.locator('.cell-map svg > path').evaluateAll((all) => all.map((p) => `${p.getAttribute('class')} ${p.getAttribute('d')}`).join(';'))

export const tests = {
  'the map shows each cell that the server has, and a sign for each that is sick': async (browser, site) => {
    const it = await room(browser, site)
    if (!it) return NONE
    const { page, faults, close, answer } = it
    await mapOf(page)
    let n = 0
    for (const kind of KINDS) n += await squares(page, kind)
    assert.equal(n, answer.cells.length)
    assert.equal(n, 600)
    const sick = answer.cells.filter((c) => c.state === 'sick').length
    assert.ok(sick >= 3, `${sick} sick`)
    assert.ok((await squares(page, 'sign.bad')) >= sick)
    assert.match(await page.locator('.answer-line').innerText(), /^\s*Of 600 cells \d are sick/)
    assert.match(await page.locator('[aria-labelledby=electrolysers]').innerText(), /5 kA\/m², 90 °C, 32 % NaOH/)
    assert.deepEqual(faults, [])
    await close()
  },
  'another colour is another map, with its own unit': async (browser, site) => {
    const it = await room(browser, site)
    if (!it) return NONE
    const { page, close } = it
    await mapOf(page)
    const seen = new Set([await picture(page)])
    for (const [measure, unit] of [
      ['voltage', /V$/],
      ['k', /mV·m²\/kA$/],
      ['u0', /V$/],
      ['excess_power', /W$/],
      ['cost_per_day', /CNY\/d$/],
    ]) {
      await page.getByLabel('Colour').selectOption(measure)
      await page.waitForFunction((of) => location.hash.includes(`of=${of}`), measure)
      assert.match((await page.locator('.edges').innerText()).trim(), unit)
      seen.add(await picture(page))
    }
    assert.equal(seen.size, 6)
    await close()
  },
  'the keyboard begins at the worst cell, goes to its neighbour and opens it': async (browser, site) => {
    const it = await room(browser, site)
    if (!it) return NONE
    const { page, close, answer } = it
    await mapOf(page)
    await page.getByLabel('Open cell').focus()
    await page.keyboard.press('Tab')
    assert.match(await said(page.locator('.cell-tip')), /^E\d\/\d{3} sick/)
    const begun = (await said(page.locator('.cell-tip'))).slice(0, 6)
    await page.keyboard.press('ArrowLeft')
    const before = answer.cells[answer.cells.findIndex((c) => c.cell === begun) - 1].cell
    assert.ok((await said(page.locator('.cell-tip'))).startsWith(before))
    await page.keyboard.press('Enter')
    await page.locator('.big-name', { hasText: before }).waitFor()
    await close()
  },
  'the slider shows the map of weeks ago as the server kept it, when the sick cell was not yet so': async (browser, site) => {
    const it = await room(browser, site)
    if (!it) return NONE
    const { page, close, answer } = it
    await mapOf(page)
    await page.getByLabel('Colour').selectOption('voltage')
    const now = await picture(page)
    await page.getByLabel('Length of time').selectOption('month')
    const [asked] = await Promise.all([
      page.waitForRequest((r) => r.url().includes('/cells/map?')),
      page.getByLabel('Time of the map').fill('24'), // of 96: 22 days ago
    ])
    const { values } = await (await page.request.get(asked.url())).json()
    await page.locator('.time-slider output:not(:has-text("now"))').waitFor()
    await page.waitForFunction(
      (before) =>
        [...document.querySelectorAll('.cell-map svg > path')].map((p) => `${p.getAttribute('class')} ${p.getAttribute('d')}`).join(';') !==
        before,
      now,
    )
    let known = 0
    for (const kind of KINDS.slice(0, 7)) known += await squares(page, kind)
    assert.equal(known, values.filter((v) => v !== null).length)
    const at = answer.cells.findIndex((c) => c.cell === SICK)
    const middle = [...values].sort((a, b) => a - b)[300]
    assert.ok(Math.abs(values[at] - middle) < 0.1, `${values[at]} V beside ${middle} V`)
    await page.getByLabel('Time of the map').fill('96')
    await page.locator('.time-slider output', { hasText: 'now' }).waitFor()
    await close()
  },
  'sick cells are named on the Overview, under Needs attention too, and lead to the cell': async (browser, site) => {
    const it = await room(browser, site, 'overview')
    if (!it) return NONE
    const { page, faults, close } = it
    assert.match(
      await page.locator('.answer', { hasText: 'Difficulties' }).innerText(),
      /Of 600 cells \d are sick[\s\S]*together ¥\d+ a day/,
    )
    const own = page.locator('.findings > li', { hasText: `${SICK}:` })
    await own.locator('summary').click()
    await own.locator('.evidence a', { hasText: SICK }).click()
    await page.locator('.big-name', { hasText: SICK }).waitFor()
    assert.match(
      await page.locator('[aria-labelledby=diagnosis]').innerText(),
      /\d+ %[\s\S]*What to do now[\s\S]*at load it reads 1[0-9]{2}\.\d ± \d\.\d mV above its own level/,
    )
    await page.locator('.chart canvas').waitFor()
    assert.ok((await page.locator('.polarisation circle').count()) > 5)
    assert.deepEqual(faults, [])
    await close()
  },
  'the plan is what the server says, as a CSV file and on paper': async (browser, site) => {
    const it = await room(browser, site, 'exchange')
    if (!it) return NONE
    const { page, close, answer } = it
    await page.locator('.stop-plan').first().waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save CSV' }).click()])
    const csv = readFileSync(await download.path(), 'utf8')
    const cells = (csv.match(/\bE\d\/\d{3}\b/g) ?? []).sort()
    assert.deepEqual(cells, answer.replacement.map((x) => x.cell).sort())
    assert.ok(csv.startsWith('\ufeff'))
    for (const path of ['cells', pathOf('cell'), 'exchange']) {
      await page.evaluate((to) => (location.hash = `#/${to}`), path)
      await page.locator('.answer-line').waitFor()
      const pdf = await page.pdf({ format: 'A4' })
      assert.ok(pdf.length > 10_000 && pdf.subarray(0, 5).toString() === '%PDF-', path)
    }
    await close()
  },
  'an exchange that is written down stands on the cell and in the trail; who only looks cannot write one': async (browser, site) => {
    if (!site.user || !site.viewer) return 'CASTNER_USER or CASTNER_VIEWER is not set'
    const path = `cell?cell=${encodeURIComponent(SERVED)}`
    const it = await room(browser, site, path)
    if (!it) return NONE
    const { page, close } = it
    const note = `e2e ${Date.now()}`
    const form = page.locator('[aria-labelledby=service] form')
    await form.getByLabel('Part').selectOption('cathode_coating')
    await form.getByLabel('Note').fill(note)
    await form.getByRole('button', { name: 'Write down' }).click()
    const row = page.locator('[aria-labelledby=service] tbody tr', { hasText: note })
    assert.match(await said(row), new RegExp(`cathode coating.*${site.user}`))
    await page.evaluate(() => (location.hash = '#/administration'))
    await page
      .locator('.scroll[aria-label="Audit trail"]', { hasText: `${SERVED}: cathode_coating` })
      .or(page.locator('.scroll[aria-label="Audit trail"]', { hasText: SERVED }))
      .first()
      .waitFor()
    await close()
    const viewer = await open(browser, { ...site, user: site.viewer }, path)
    await viewer.page.locator('[aria-labelledby=service] tbody tr', { hasText: note }).waitFor()
    assert.equal(await viewer.page.locator('[aria-labelledby=service] form').count(), 0)
    const refused = await viewer.page.evaluate(
      async (cell) =>
        (
          await fetch('/api/v1/cells/service', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ cell, what: 'membrane', when: new Date().toISOString(), note: '' }),
          })
        ).status,
      SERVED,
    )
    assert.equal(refused, 403)
    await viewer.close()
  },
}
