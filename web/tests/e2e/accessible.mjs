// SPDX-License-Identifier: Apache-2.0
// WCAG 2.1, levels A and AA, as far as a program can tell: axe-core's rules on every page, in both languages and both lights;
// a window of 320 px, which is what 400 % of zoom leaves of 1280; and the keyboard alone.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { open, overflow, PAGES, pathOf } from './support.mjs'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/** What axe-core finds wrong by all rules, or by one: the rule, and where. */
async function violations(page, runOnly = { type: 'tag', values: RULES }) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  const found = await page.evaluate((only) => window.axe.run(document, { runOnly: only, resultTypes: ['violations'] }), runOnly)
  assert.ok(found.passes.length > (runOnly.type === 'tag' ? 10 : 0), 'axe looked at the page')
  return found.violations.flatMap((v) =>
    v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary.replace(/\s+/g, ' ').slice(0, 160)}`),
  )
}

/** What a page shows when its answers are in. Folded tables are opened: they are part of it. Of the tree of tags the first branches are. */
async function settled(page) {
  await page
    .locator('main .spinner')
    .first()
    .waitFor({ state: 'detached' })
    .catch(() => undefined)
  await page.evaluate(() => document.querySelectorAll('main details').forEach((e) => (e.open = true)))
  await page.waitForFunction(() => [...document.querySelectorAll('main details[open]')].every((e) => e.children.length > 1))
}

/** All that can be worked with a mouse, but what Tab does not need to reach: one radio or tab of a group is enough. */
const CONTROLS = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), summary'

export const tests = {}

for (const lang of ['en', 'zh'])
  for (const name of [...PAGES, 'sign_in'])
    tests[`${name} in ${lang} keeps WCAG 2.1 AA as axe-core tells it`] = async (browser, site) => {
      const signIn = name === 'sign_in'
      const { page, close } = await open(browser, { ...site, lang, signIn: !signIn }, signIn ? 'overview' : pathOf(name))
      if (signIn && !site.user) return close().then(() => 'the server has no accounts')
      await settled(page)
      assert.deepEqual(await violations(page), [], 'light')
      await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'))
      assert.deepEqual(await violations(page, { type: 'rule', values: ['color-contrast'] }), [], 'dark, which differs in colours alone')
      await close()
    }

for (const name of PAGES)
  tests[`${name} fits 320 px, and nothing on it is lost there`] = async (browser, site) => {
    const { page, close } = await open(browser, { ...site, width: 320, height: 640 }, pathOf(name))
    await settled(page)
    assert.ok((await overflow(page)) <= 0, `wider than 320 px by ${await overflow(page)}`)
    // Tables and pictures may be wider than the window (their two dimensions carry meaning), in a part that scrolls and that the keyboard reaches.
    const cut = await page.evaluate(() => {
      const scrolls = (e) => e && (/(auto|scroll)/.test(getComputedStyle(e).overflowX) ? e : scrolls(e.parentElement))
      return [...document.querySelectorAll('main *, header *')]
        .filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e) && !e.closest('.skip'))
        .map((e) => e.outerHTML.slice(0, 120))
    })
    assert.deepEqual(cut, [])
    assert.deepEqual(await violations(page), [])
    await close()
  }

for (const name of PAGES)
  tests[`${name} can be worked by keyboard: Tab reaches every control, and each shows that it has the focus`] = async (browser, site) => {
    const { page, close } = await open(browser, site, pathOf(name))
    await settled(page)
    await page.evaluate((controls) => {
      window.scrollTo(0, 0)
      document.activeElement?.blur()
      // Rows of a table are alike: the first dozen controls of each part speak for the rest.
      for (const part of document.querySelectorAll('header, main section, main .picker, .toolbar, footer'))
        [...part.querySelectorAll(controls)]
          .filter((e) => e.checkVisibility())
          .slice(0, 12)
          .forEach((e) => e.setAttribute('data-to-reach', ''))
    }, CONTROLS)
    const wanted = await page.locator('[data-to-reach]').count()
    assert.ok(wanted >= 9, `${wanted} controls: six pages, two languages, a light`)
    for (let i = 0, left = wanted; i < 1500 && left > 0; ++i) {
      await page.keyboard.press('Tab')
      const seen = await page.evaluate(() => {
        const e = document.activeElement
        if (!e || e === document.body) return { left: 0 } // once round
        const style = getComputedStyle(e)
        // A picture's links show it on their box or words: an outline around lines and labels would hide them.
        const drawn = style.outlineStyle !== 'none' || e.closest('svg') !== null
        e.removeAttribute('data-to-reach')
        return { left: document.querySelectorAll('[data-to-reach]').length, hidden: drawn ? undefined : e.outerHTML.slice(0, 120) }
      })
      assert.equal(seen.hidden, undefined, 'what has the focus shows it')
      left = seen.left
    }
    assert.deepEqual(await page.locator('[data-to-reach]').evaluateAll((all) => all.map((e) => e.outerHTML.slice(0, 120))), [])
    await close()
  }
