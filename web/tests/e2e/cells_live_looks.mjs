// SPDX-License-Identifier: Apache-2.0
// How the pages about cells look with what a real server says: nothing over anything else, nothing empty, no key in place of a word.
import { strict as assert } from 'node:assert'
import { NONE, room } from './cells_live.mjs'
import { overflow, pathOf } from './support.mjs'

/** Words that lie over others, each as text: of the text nodes in `main` that are seen. */
const covered = (page) =>
  page.evaluate(() => {
    const boxes = []
    const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
      if (n.textContent.trim() === '' || !n.parentElement.checkVisibility() || n.parentElement.closest('option, .cell-tip, .scroll'))
        continue
      const range = document.createRange()
      range.selectNodeContents(n)
      for (const r of range.getClientRects()) if (r.width > 1) boxes.push({ text: n.textContent.trim().slice(0, 30), r })
    }
    const over = (a, b) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4
    return boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter((b) => over(a.r, b.r))
        .map((b) => `${a.text} / ${b.text}`),
    )
  })

export const tests = {}

for (const path of ['cells', pathOf('cell'), 'exchange'])
  tests[`${path}: no words over others and no box without anything, in both languages, on a desk, a wall and a phone`] = async (
    browser,
    site,
  ) => {
    for (const lang of ['en', 'zh'])
      for (const [width, height, theme] of [
        [1400, 900, 'light'],
        [1920, 1080, 'dark'],
        [390, 844, 'light'],
      ]) {
        const it = await room(browser, site, path, { lang, width, height, theme })
        if (!it) return NONE
        const { page, faults, close } = it
        await page.locator('.answer-line').waitFor()
        await page.locator('.waiting .spinner').first().waitFor({ state: 'detached' })
        const at = `${path}, ${lang}, ${width} px`
        assert.deepEqual(await covered(page), [], at)
        assert.ok((await overflow(page)) <= 0, at)
        const empty = await page.evaluate(() =>
          [...document.querySelectorAll('main section, main td, main dd, main svg')]
            .filter((e) => e.checkVisibility() && e.innerHTML.trim() === '' && !e.closest('tr.sum'))
            .map((e) => e.outerHTML.slice(0, 80)),
        )
        assert.deepEqual(empty, [], at)
        assert.doesNotMatch(await page.locator('main').innerText(), /\b(room|cell|exchange|cells)\.[a-z_]+|undefined|NaN/, at)
        assert.deepEqual(faults, [], at)
        await close()
      }
  }
