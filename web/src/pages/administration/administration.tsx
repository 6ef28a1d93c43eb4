// SPDX-License-Identifier: Apache-2.0
// Who may do what: one's own password, and for administrators accounts, tokens and the audit trail.
import { useState } from 'preact/hooks'
import { changePassword } from '../../api/client'
import { useApp } from '../../components/state'
import { Accounts } from './accounts'
import { AuditTrail } from './audit'
import { Ask, useAct } from './act'
import { Tokens } from './tokens'

export function Administration() {
  const { t, session } = useApp()
  if (!session?.name) return <p>{session?.open ? t('people.no_accounts') : t('people.need_administrator')}</p>
  return (
    <>
      {session.role === 'administrator' ? (
        <>
          <Accounts />
          <Tokens />
          <AuditTrail />
        </>
      ) : (
        <p class="quiet">{t('people.need_administrator')}</p>
      )}
      <OwnPassword />
    </>
  )
}

function OwnPassword() {
  const { t } = useApp()
  const act = useAct()
  const [done, setDone] = useState(false)
  const submit = (form: FormData, reset: () => void): void => {
    setDone(false)
    act.run(async () => {
      await changePassword(String(form.get('current')), String(form.get('new')))
      setDone(true)
      reset()
    })
  }
  return (
    <section aria-labelledby="own">
      <h2 id="own">{t('people.own_password')}</h2>
      <Ask act={act} button={t('people.change')} onSubmit={submit}>
        <label>
          {t('people.current_password')}
          <input name="current" type="password" autocomplete="current-password" required />
        </label>
        <label>
          {t('people.new_password')} <small class="quiet">{t('people.password_rule')}</small>
          <input name="new" type="password" autocomplete="new-password" minLength={10} required />
        </label>
      </Ask>
      {done && <p role="status">{t('people.changed')}</p>}
    </section>
  )
}
