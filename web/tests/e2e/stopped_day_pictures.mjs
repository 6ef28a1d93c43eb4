// SPDX-License-Identifier: Apache-2.0
// Pictures of docs/guide/stopped_day.md, of a server that tools/stopped_day.py has started: URL within|after FOLDER
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { small } from './png.mjs'
import { launch, open } from './support.mjs'

const [base, when, folder] = process.argv.slice(2)
const PICTURES = {
  within: [
    ['overview', 'en', 1400, (page) => page.screenshot({ clip: { x: 0, y: 0, width: 1400, height: 830 } })],
    ['overview', 'zh', 390, (page) => page.locator('section', { has: page.locator('#balance') }).screenshot()],
  ],
  after: [
    ['overview', 'en', 1400, (page) => page.locator('section', { has: page.locator('#balance') }).screenshot()],
    ['balance', 'en', 1400, (page) => page.locator('section', { has: page.locator('#units') }).screenshot()],
    ['trends?tag=II-1301&tag=indicator:E3.out_of_service&last=86400', 'en', 1400, (page) => page.screenshot()],
  ],
}

const browser = await launch()
for (const [path, lang, width, take] of PICTURES[when]) {
  const { page, close } = await open(browser, { base, lang, theme: 'light', width, height: 900 }, path)
  await page.waitForTimeout(2500)
  const file = join(folder, `stopped-${when}-${path.replace(/\?.*/, '')}-${lang}-light-${width}.png`)
  const bytes = small(await take(page))
  writeFileSync(file, bytes)
  console.log(`${file}  ${(bytes.length / 1000).toFixed(0)} kB`)
  await close()
}
await browser.close()
