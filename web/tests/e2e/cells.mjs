// SPDX-License-Identifier: Apache-2.0
// The page Cell room, with a cell room that is made up in place of the server's answers.
import { strict as assert } from 'node:assert'
import { cells, KINDS, mapOf, said, squares } from './cells_answers.mjs'
import { roomOf } from './cells_made_up.mjs'
import { address } from './support.mjs'

export const tests = {
  'the room says first how many are sick, and which is the worst, of what, since when, for how much': async (browser, site) => {
    for (const [lang, says] of [
      [
        'en',
        /^Of 600 cells 2 are sick, 5 suspect, 1 not judged\.\s+E2\/077: probably gets too little brine \(83 %\), since .*, ¥23 a day$/,
      ],
      ['zh', /^600 个单槽中，2 个异常，5 个可疑，1 个未能判断。\s*E2\/077：很可能是盐水不足（83 %），自 .* 起，每天 ¥23$/],
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
    for (const kind of KINDS) n += await squares(page, kind)
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
  'five thousand cells under the pointer, and another colour (measured, not judged)': async (browser, site) => {
    const { page, close } = await cells(browser, site, 'cells', { each: 1250, width: 1920, height: 1080 })
    const map = await mapOf(page)
    await page.waitForTimeout(2000)
    const box = await map.locator('svg').boundingBox()
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable')
    /** What the page's thread spends while `act` runs: [ms] of script, [ms] in all. */
    const spent = async (act) => {
      const look = async () =>
        Object.fromEntries((await devtools.send('Performance.getMetrics')).metrics.map((m) => [m.name, 1000 * m.value]))
      const before = await look()
      await act()
      const after = await look()
      return ['ScriptDuration', 'TaskDuration'].map((name) => after[name] - before[name])
    }
    await page.evaluate(() => {
      window.frames = []
      const frame = (t) => (window.frames.push(t), requestAnimationFrame(frame))
      requestAnimationFrame(frame)
    })
    const moves = 200
    const [script, task] = await spent(async () => {
      for (let k = 0; k < moves; ++k) await page.mouse.move(box.x + 90 + ((37 * k) % (box.width - 100)), box.y + ((53 * k) % box.height))
    })
    const between = await page.evaluate(() =>
      window.frames
        .slice(1)
        .map((t, k) => t - window.frames[k])
        .sort((a, b) => a - b),
    )
    const at = (share) => between[Math.floor(share * (between.length - 1))]
    const colours = ['k', 'u0', 'excess_power', 'age', 'voltage', 'state', 'standard_voltage']
    const [script2, task2] = await spent(async () => {
      for (const of of colours) {
        await page.getByLabel('Colour').selectOption(of)
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      }
    })
    const ms = (v) => v.toFixed(2)
    console.log(
      `      5000 cells: a move ${ms(script / moves)} ms of script, ${ms(task / moves)} ms in all; frames ${ms(at(0.5))} ms, 99 % ${ms(at(0.99))} ms; ` +
        `a colour ${ms(script2 / colours.length)} ms of script, ${ms(task2 / colours.length)} ms in all`,
    )
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
  'a room that learns says so, and one without findings is calm': async (browser, site) => {
    const room = roomOf('en')
    const learning = {
      ...room,
      learning: true,
      findings: [],
      replacement: [],
      notes: [],
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
