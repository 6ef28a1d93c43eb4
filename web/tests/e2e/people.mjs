// SPDX-License-Identifier: Apache-2.0
// Signing in and out, accounts and tokens: only where the server keeps accounts and we may change them.
import { strict as assert } from 'node:assert'
import { open } from './support.mjs'

const without = (site) => (site.user ? null : 'CASTNER_USER is not set')
const password = 'a sentence long enough'

/** What is said with a control beside its label. */
const describedBy = (control) =>
  control.evaluate((e) =>
    (e.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' '),
  )

export const tests = {
  'a wrong password is refused in words, then the right one works, then signing out ends it': async (browser, site) => {
    if (without(site)) return without(site)
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.addInitScript(() => localStorage.setItem('castner.lang', 'en'))
    await page.goto(site.base)
    await page.fill('input[name=name]', site.user)
    await page.fill('input[name=password]', `${site.password} not`)
    await page.click('button.primary')
    await page.getByText('Name or password is wrong.').waitFor()
    await page.fill('input[name=password]', site.password)
    await page.click('button.primary')
    await page.locator('nav').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.locator('form.stack').waitFor()
    assert.match(await page.locator('main').innerText(), /not a safety instrumented system/)
    await context.close()
  },
  'an account is made, given a role, removed after a question': async (browser, site) => {
    if (without(site)) return without(site)
    const { page, close } = await open(browser, { ...site, expected: ['409'] }, 'administration')
    await page.locator('#accounts').waitFor()
    const form = page.locator('section[aria-labelledby=accounts] form').last()
    const name = `e2e.${Date.now()}`
    const add = async () => {
      await form.locator('input[name=name]').fill(name)
      await form.locator('input[name=password]').fill(password)
      await form.getByRole('button', { name: 'Add account' }).click()
    }
    await add()
    const row = page.getByRole('row', { name })
    await row.waitFor()
    await add()
    await page.getByText(/already/).waitFor()
    await row.getByRole('combobox').selectOption('engineer')
    await row.getByRole('button', { name: 'Remove' }).click()
    await row.getByText(`Remove ${name} for good?`).waitFor()
    await row.getByRole('button', { name: 'Yes, remove' }).click()
    await row.waitFor({ state: 'detached' })
    await close()
  },
  'a field says its rule, and is marked where the server refuses it': async (browser, site) => {
    if (without(site)) return without(site)
    const { page, close } = await open(browser, { ...site, expected: ['400'] }, 'administration')
    await page.locator('#accounts').waitFor()
    const form = page.locator('section[aria-labelledby=accounts] form').last()
    const [name, secret] = [form.locator('input[name=name]'), form.locator('input[name=password]')]
    assert.match(await describedBy(secret), /10 to 256 bytes/)
    await name.fill('e2e.easy.to.guess')
    await secret.fill('e2e.easy.to.guess')
    await form.getByRole('button', { name: 'Add account' }).click()
    await form.getByRole('alert').waitFor()
    assert.match(await describedBy(secret), /10 to 256 bytes.*easy to guess/)
    assert.equal(await secret.getAttribute('aria-invalid'), 'true')
    assert.equal(await name.getAttribute('aria-invalid'), null)
    await close()
  },
  'a token is shown once': async (browser, site) => {
    if (without(site)) return without(site)
    const { page, close } = await open(browser, site, 'administration')
    await page.locator('#tokens').waitFor()
    const form = page.locator('section[aria-labelledby=tokens] form')
    const name = `e2e.${Date.now()}`
    await form.locator('input[name=name]').fill(name)
    await form.getByRole('button', { name: 'Make token' }).click()
    const token = await page.locator('.notice code').innerText()
    assert.ok(token.length > 10)
    await page.getByRole('button', { name: 'I have it' }).click()
    assert.equal((await page.locator('main').innerText()).includes(token), false)
    const row = page.getByRole('row', { name })
    await row.getByRole('button', { name: 'Remove' }).click()
    await row.getByRole('button', { name: 'Yes, remove' }).click()
    await row.waitFor({ state: 'detached' })
    await close()
  },
  'the audit trail says whether it is whole': async (browser, site) => {
    if (without(site)) return without(site)
    const { page, close } = await open(browser, site, 'administration')
    await page.getByText('The chain of hashes is whole.').waitFor()
    const trail = page.locator('.scroll[aria-label="Audit trail"]')
    await trail.getByText('signed in', { exact: true }).first().waitFor()
    assert.doesNotMatch(await trail.innerText(), /session\.|account\.|token\./) // words, not the server's codes
    await close()
  },
}
