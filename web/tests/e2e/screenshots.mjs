// SPDX-License-Identifier: Apache-2.0
// Pictures of every page for the docs: node tests/e2e/screenshots.mjs http://127.0.0.1:8080 ../docs/images
// Pages named after the folder are made alone. CASTNER_USER and CASTNER_PASSWORD where it wants a sign-in. Look at each before it is committed.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { launch, open, pathOf } from './support.mjs'
import { small } from './png.mjs'
import { PICKED, pickEverything } from './start.mjs'

const [base = 'http://127.0.0.1:8080', folder = '../docs/images', ...only] = process.argv.slice(2)
const site = { base, user: process.env.CASTNER_USER, password: process.env.CASTNER_PASSWORD }
const SHOTS = [
  ['overview', 'en', 'light', 1400, 1050],
  ['overview', 'zh', 'dark', 1920, 1080],
  ['cells', 'en', 'light', 1400, 1150],
  ['cells', 'zh', 'dark', 1920, 1080],
  ['cell', 'en', 'light', 1400, 1140],
  ['cell', 'zh', 'light', 390, 1200],
  ['exchange', 'en', 'light', 1400, 640],
  ['trends', 'en', 'light', 1400, 900],
  ['balance', 'en', 'light', 1400, 900],
  ['energy', 'en', 'dark', 1400, 900],
  ['sources', 'en', 'light', 1400, 900],
  ['start', 'en', 'light', 1400, 1850],
  ['administration', 'en', 'light', 1400, 900],
]

mkdirSync(folder, { recursive: true })
const browser = await launch()
for (const [name, lang, theme, width, height] of SHOTS.filter(([name]) => only.length === 0 || only.includes(name))) {
  const { page, close } = await open(browser, { ...site, lang, theme, width, height }, name === 'trends' ? name : pathOf(name))
  if (name === 'trends') {
    await page.locator('.picker li').first().waitFor()
    await page.locator('.picker input[type=search]').fill('FI-')
    for (const i of [0, 2, 5]) await page.locator('.picker li input').nth(i).check()
    await page.locator('.toolbar button').nth(1).click() // an hour
  }
  if (name === 'start') await pickEverything(page, PICKED.en)
  await page.waitForTimeout(2500)
  const file = join(folder, `${name}-${lang}-${theme}-${width}.png`)
  const bytes = small(await page.screenshot())
  writeFileSync(file, bytes)
  console.log(`${file}  ${(bytes.length / 1000).toFixed(0)} kB`)
  await close()
}
await browser.close()
