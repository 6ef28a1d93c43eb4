// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks'
import { accounts, addAccount, changeAccount, deleteAccount } from '../../api/people'
import type { Account, Role } from '../../api/schemas'
import { Failed, Field, Form } from '../../components/form'
import { Load } from '../../components/notices'
import { Section } from '../../components/section'
import { Sure } from '../../components/sure'
import { Table } from '../../components/table'
import { When } from '../../components/time'
import { useAct } from '../../state/act'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { NewPassword } from './new_password'
import { RoleChoice, ROLES } from './role_choice'

export function Accounts() {
  const { t } = useApp()
  const loaded = useLoaded((s) => accounts(s), [])
  return (
    <Section id="accounts" title={t('people.accounts')}>
      <Load of={loaded} what="wait.people">
        {(data) => <AccountTable rows={data.accounts} changed={loaded.again} />}
      </Load>
      <Add done={loaded.again} />
    </Section>
  )
}

function AccountTable({ rows, changed }: { rows: Account[]; changed: () => void }) {
  const { t } = useApp()
  const act = useAct()
  const change = (f: () => Promise<unknown>): void => act.run(() => f().then(changed))
  const role = (a: Account) => (
    <RoleChoice of={a.name} value={a.role} roles={ROLES} onChange={(role) => change(() => changeAccount(a.name, { role }))} />
  )
  const state = (a: Account) => (a.disabled ? <span class="warn">{t('people.disabled')}</span> : t('people.active'))
  const actions = (a: Account) => (
    <span class="buttons">
      <button type="button" disabled={act.busy} onClick={() => change(() => changeAccount(a.name, { disabled: !a.disabled }))}>
        {a.disabled ? t('people.enable') : t('people.disable')}
      </button>
      <SetPassword of={a.name} done={changed} />
      <Sure
        label={t('people.remove')}
        question={t('people.remove_sure', { name: a.name })}
        busy={act.busy}
        onYes={() => change(() => deleteAccount(a.name))}
      />
    </span>
  )
  return (
    <>
      <Table
        label={t('people.accounts')}
        rows={rows}
        id={(a) => a.name}
        columns={[
          { key: 'name', head: t('people.name'), by: (a) => a.name, cell: (a) => a.name },
          { key: 'role', head: t('people.role'), by: (a) => ROLES.indexOf(a.role), cell: role },
          { key: 'state', head: t('people.state'), by: (a) => (a.disabled ? 1 : 0), cell: state },
          { key: 'last', head: t('people.last_sign_in'), by: (a) => a.last_sign_in, cell: (a) => <When ms={a.last_sign_in} /> },
          { key: 'created', head: t('people.created'), by: (a) => a.created, cell: (a) => <When ms={a.created} /> },
          { key: 'actions', head: t('people.actions'), cell: actions },
        ]}
      />
      <Failed of={act} />
    </>
  )
}

/** A button that opens a form; it closes when the server has taken the password. */
function SetPassword({ of, done }: { of: string; done: () => void }) {
  const { t } = useApp()
  const act = useAct()
  const [open, setOpen] = useState(false)
  const submit = (values: FormData): void =>
    act.run(async () => {
      await changeAccount(of, { password: String(values.get('password')) })
      setOpen(false)
      done()
    })
  if (!open)
    return (
      <button type="button" onClick={() => setOpen(true)}>
        {t('people.set_password')}
      </button>
    )
  return (
    <Form act={act} button={t('people.set_password')} onSubmit={submit}>
      <NewPassword label={t('people.new_password')} bare autofocus />
    </Form>
  )
}

function Add({ done }: { done: () => void }) {
  const { t } = useApp()
  const act = useAct()
  const [role, setRole] = useState<Role>('viewer')
  const submit = (values: FormData, reset: () => void): void =>
    act.run(async () => {
      await addAccount({ name: String(values.get('name')), role, password: String(values.get('password')) })
      reset()
      done()
    })
  return (
    <Form act={act} button={t('people.add')} onSubmit={submit}>
      <Field name="name" label={t('people.name')} maxLength={64} autocomplete="off" required />
      <RoleChoice value={role} roles={ROLES} onChange={setRole} />
      <NewPassword label={t('sign_in.password')} hint={t('people.password_rule')} />
    </Form>
  )
}
