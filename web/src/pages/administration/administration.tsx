// SPDX-License-Identifier: Apache-2.0
// Who may do what: one's own password, and for administrators accounts, tokens and the audit trail.
import { useApp } from '../../state/app'
import { Accounts } from './accounts'
import { AuditTrail } from './audit'
import { Deletion } from './deletion'
import { OwnPassword } from './own_password'
import { Tokens } from './tokens'

export function Administration() {
  const { t, session } = useApp()
  if (!session?.name) return <p>{session?.open ? t('people.no_accounts') : t('people.need_administrator')}</p>
  return (
    <>
      {session.role === 'administrator' ? (
        <>
          <Deletion />
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
