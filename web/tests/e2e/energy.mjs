// SPDX-License-Identifier: Apache-2.0
import { strict as assert } from 'node:assert'
import { open } from './support.mjs'

/** The page once its figures are in; null where the server has none. */
async function energy(browser, site) {
  const opened = await open(browser, site, 'energy')
  const there = await opened.page
    .locator('p.answer-line')
    .waitFor()
    .then(
      () => true,
      () => false,
    )
  if (there) return opened
  await opened.close()
  return null
}
const NONE = 'no energy per tonne yet'

export const tests = {
  'it says first what a tonne takes, how sure that is, of what, and of when': async (browser, site) => {
    const opened = await energy(browser, site)
    if (!opened) return NONE
    const { page, close } = opened
    assert.match(await page.locator('p.answer-line').innerText(), /[\d,.]+ ± [\d.]+ kWh\/t\s+(AC|DC), per t NaOH 100 %/)
    assert.equal(await page.locator('main .caption time').count(), 2)
    assert.match(await page.locator('main .caption time').first().getAttribute('title'), /UTC[+−]/)
    await close()
  },
  'every bar has its uncertainty in numbers and as a whisker': async (browser, site) => {
    const opened = await energy(browser, site)
    if (!opened) return NONE
    const { page, close } = opened
    await page.locator('[aria-labelledby=steam] .bars li').first().waitFor()
    const bars = await page.locator('.bars li').all()
    assert.ok(bars.length >= 12, `${bars.length} bars: seven kinds of loss, four electrolysers, steam`)
    for (const bar of bars) {
      assert.match(await bar.innerText(), / ± /)
      assert.equal(await bar.locator('.whisker').count(), 1)
    }
    await close()
  },
  'steam has its way and its money; what is raised inside has none': async (browser, site) => {
    const opened = await energy(browser, site)
    if (!opened) return NONE
    const { page, close } = opened
    const rows = page.locator('[aria-labelledby=steam] .bars li')
    await rows.first().waitFor()
    const texts = (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))
    // 180 a tonne in plants/cell_room/plant.toml, 24 h a running day.
    const [, flow, money] = /^live steam ST outside → EV1 ([\d.]+) ± [\d.]+ t\/h ¥([\d,]+) a day$/.exec(texts[0])
    assert.ok(Math.abs(Number(money.replaceAll(',', '')) / (Number(flow) * 24 * 180) - 1) < 0.01, texts[0])
    assert.ok(
      texts.some((text) => /^vapour of I V1 EV1 → EV2 [\d.]+ ± [\d.]+ t\/h$/.test(text.trim())),
      texts.join('; '),
    )
    await close()
  },
  'key numbers have their last hour beside them, and say why there is no day before': async (browser, site) => {
    const opened = await energy(browser, site)
    if (!opened) return NONE
    const { page, close } = opened
    await page.getByRole('img', { name: 'AC electricity per tonne of NaOH (100 %), Last hour' }).waitFor()
    assert.doesNotMatch(await page.locator('[aria-labelledby=key]').innerText(), /cannot tell/)
    await close()
  },
  'on a phone a key number stands beside its name': async (browser, site) => {
    const opened = await energy(browser, { ...site, width: 390, height: 844 })
    if (!opened) return NONE
    const { page, close } = opened
    const now = await page.locator('[aria-labelledby=key] tbody tr').first().locator('td .number').first().boundingBox()
    assert.ok(now.x + now.width <= 390, `it ends at ${now.x + now.width} px of 390`)
    await close()
  },
  'numbers keep to their columns on a desk and on a wall': async (browser, site) => {
    for (const [width, height] of [
      [1400, 900],
      [1920, 1080],
      [3840, 2160],
    ]) {
      const opened = await energy(browser, { ...site, width, height })
      if (!opened) return NONE
      const { page, close } = opened
      const out = await page
        .locator('.bars .amount')
        .evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent))
      assert.deepEqual(out, [], `${width} px`)
      await close()
    }
  },
}
