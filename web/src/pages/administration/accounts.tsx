// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks'
import { accounts, addAccount, changeAccount, deleteAccount, type Account, type Role } from '../../api/client'
import { Load } from '../../components/notices'
import { useApp, useLoaded } from '../../components/state'
import { Table } from '../../components/table'
import { When } from '../../components/time'
import { Ask, Failed, Sure, useAct } from './act'

export const ROLES: Role[] = ['viewer', 'operator', 'engineer', 'administrator']

export function Accounts() {
  const { t } = useApp()
  const loaded = useLoaded((s) => accounts(s), [])
  const act = useAct()
  const change = (f: () => Promise<unknown>): void =>
    act.run(async () => {
      await f()
      loaded.again()
    })
  return (
    <section aria-labelledby="accounts">
      <h2 id="accounts">{t('people.accounts')}</h2>
      <Load of={loaded} what="wait.people">
        {(data) => (
          <Table
            label={t('people.accounts')}
            rows={data.accounts}
            id={(a) => a.name}
            columns={[
              { key: 'name', head: t('people.name'), by: (a) => a.name, cell: (a) => a.name },
              {
                key: 'role',
                head: t('people.role'),
                by: (a) => ROLES.indexOf(a.role),
                cell: (a) => (
                  <RoleChoice
                    label={`${t('people.role')}: ${a.name}`}
                    value={a.role}
                    roles={ROLES}
                    onChange={(role) => change(() => changeAccount(a.name, { role }))}
                  />
                ),
              },
              {
                key: 'state',
                head: t('people.state'),
                by: (a) => (a.disabled ? 1 : 0),
                cell: (a) => (a.disabled ? <span class="warn">{t('people.disabled')}</span> : t('people.active')),
              },
              { key: 'last', head: t('people.last_sign_in'), by: (a) => a.last_sign_in, cell: (a) => <When ms={a.last_sign_in} /> },
              { key: 'created', head: t('people.created'), by: (a) => a.created, cell: (a) => <When ms={a.created} /> },
              { key: 'actions', head: t('people.actions'), cell: (a) => <Actions a={a} busy={act.busy} change={change} /> },
            ]}
          />
        )}
      </Load>
      <Failed of={act} />
      <Add done={loaded.again} />
    </section>
  )
}

export function RoleChoice({
  label,
  value,
  roles,
  onChange,
}: {
  label: string
  value: Role
  roles: readonly Role[]
  onChange: (r: Role) => void
}) {
  const { t } = useApp()
  return (
    <select aria-label={label} value={value} onChange={(e) => onChange(e.currentTarget.value as Role)}>
      {roles.map((r) => (
        <option key={r} value={r}>
          {t(`role.${r}`)}
        </option>
      ))}
    </select>
  )
}

function Actions({ a, busy, change }: { a: Account; busy: boolean; change: (f: () => Promise<unknown>) => void }) {
  const { t } = useApp()
  const [asking, setAsking] = useState(false)
  return (
    <span class="buttons">
      <button type="button" disabled={busy} onClick={() => change(() => changeAccount(a.name, { disabled: !a.disabled }))}>
        {a.disabled ? t('people.enable') : t('people.disable')}
      </button>
      {asking ? (
        <form
          class="inline"
          onSubmit={(e) => {
            e.preventDefault()
            const password = String(new FormData(e.currentTarget).get('password'))
            setAsking(false)
            change(() => changeAccount(a.name, { password }))
          }}
        >
          <input
            name="password"
            type="password"
            autocomplete="new-password"
            aria-label={t('people.new_password')}
            placeholder={t('people.new_password')}
            minLength={10}
            required
            autofocus
          />
          <button disabled={busy}>{t('people.set_password')}</button>
        </form>
      ) : (
        <button type="button" onClick={() => setAsking(true)}>
          {t('people.set_password')}
        </button>
      )}
      <Sure
        label={t('people.remove')}
        question={t('people.remove_sure', { name: a.name })}
        busy={busy}
        onYes={() => change(() => deleteAccount(a.name))}
      />
    </span>
  )
}

function Add({ done }: { done: () => void }) {
  const { t } = useApp()
  const act = useAct()
  const [role, setRole] = useState<Role>('viewer')
  return (
    <Ask
      act={act}
      button={t('people.add')}
      onSubmit={(form, reset) =>
        act.run(async () => {
          await addAccount({ name: String(form.get('name')), role, password: String(form.get('password')) })
          reset()
          done()
        })
      }
    >
      <label>
        {t('people.name')}
        <input name="name" maxLength={64} autocomplete="off" required />
      </label>
      <label>
        {t('people.role')}
        <RoleChoice label={t('people.role')} value={role} roles={ROLES} onChange={setRole} />
      </label>
      <label>
        {t('sign_in.password')} <small class="quiet">{t('people.password_rule')}</small>
        <input name="password" type="password" autocomplete="new-password" minLength={10} required />
      </label>
    </Ask>
  )
}
