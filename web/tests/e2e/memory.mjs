// SPDX-License-Identifier: Apache-2.0
// Watches the memory of a page that is left open: node tests/e2e/memory.mjs http://127.0.0.1:8080 [minutes]. Not part of run.mjs: it takes its time.
import { launch, open } from './support.mjs'

const [base = 'http://127.0.0.1:8080', minutes = '3'] = process.argv.slice(2)
const browser = await launch()
for (const path of ['overview', 'trends', 'sources']) {
  const { page, close } = await open(browser, { base, user: process.env.CASTNER_USER, password: process.env.CASTNER_PASSWORD }, path)
  if (path === 'trends') {
    await page.locator('.picker li').first().waitFor()
    await page.locator('.picker input[type=search]').fill('FI-')
    for (const i of [0, 1, 2, 3]) await page.locator('.picker li input').nth(i).check()
    await page.locator('.toolbar button').first().click() // five minutes, asked again every second
  }
  const cdp = await page.context().newCDPSession(page)
  const heap = async () => {
    await cdp.send('HeapProfiler.collectGarbage')
    const { usedSize } = await cdp.send('Runtime.getHeapUsage')
    const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters')
    return `${(usedSize / 1e6).toFixed(2)} MB, ${nodes} nodes, ${jsEventListeners} listeners`
  }
  for (let i = 0; i <= 4; ++i) {
    await page.waitForTimeout(i === 0 ? 10_000 : (Number(minutes) * 60_000) / 4)
    console.log(`${path} ${i}/4: ${await heap()}`)
  }
  await close()
}
await browser.close()
