// SPDX-License-Identifier: Apache-2.0
// Drives every page of a running server in Chromium: node tests/e2e/run.mjs http://127.0.0.1:8080 [part of a test's name]
// CASTNER_USER and CASTNER_PASSWORD where it wants a sign-in; an administrator sees all tests; CASTNER_VIEWER has the same password. CASTNER_ALL=1: the server is
// the virtual cell room with everything in it, so a test that finds nothing to look at has failed.
import { launch } from './support.mjs'

const [base = process.env.CASTNER_URL ?? 'http://127.0.0.1:8080', only = ''] = process.argv.slice(2)
const site = {
  base: base.replace(/\/$/, ''),
  user: process.env.CASTNER_USER,
  password: process.env.CASTNER_PASSWORD,
  viewer: process.env.CASTNER_VIEWER,
}

const LIMIT = 120_000 // [ms] of one test, and of closing the browser: what hangs fails, and the others go on

/** What `promise` gives, or an error after LIMIT. */
function limited(promise) {
  let timer
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`not finished in ${LIMIT / 1000} s`)), LIMIT)))
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

const browser = await launch()
let failed = 0
let passed = 0
let skipped = 0
try {
  for (const file of [
    'every_page',
    'accessible',
    'overview',
    'at_first_sight',
    'trends',
    'trends_looks',
    'balance',
    'energy',
    'cells',
    'cells_more',
    'cells_live',
    'cells_live_looks',
    'sources',
    'start',
    'start_asked',
    'start_cells',
    'start_headers',
    'start_totals',
    'start_long',
    'start_media',
    'start_picks',
    'people',
    'line',
    ...(only === 'out_of_service' ? [only] : []), // of a plant of its own: tests/integration/stopped.py
  ]) {
    const { tests } = await import(`./${file}.mjs`)
    for (const [name, test] of Object.entries(tests)) {
      if (!`${file} ${name}`.includes(only)) continue
      try {
        const skip = await limited(test(browser, site))
        if (skip && process.env.CASTNER_ALL) throw new Error(`not run: ${skip}`)
        if (skip) ++skipped
        else ++passed
        console.log(`${skip ? `skip (${skip})` : 'ok  '}  ${file}: ${name}`)
      } catch (e) {
        ++failed
        console.log(
          `FAIL  ${file}: ${name}\n      ${String(e.stack ?? e)
            .split('\n')
            .slice(0, 6)
            .join('\n      ')}`,
        )
      }
    }
  }
} finally {
  await limited(browser.close()).catch((e) => console.log(`the browser does not close: ${e}`))
}
console.log(`${passed} passed, ${skipped} skipped, ${failed} failed`)
process.exit(failed ? 1 : 0)
