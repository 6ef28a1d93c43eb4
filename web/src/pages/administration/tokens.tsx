// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks'
import { addToken, deleteToken, tokens, type MadeToken, type Role } from '../../api/client'
import { fromInput } from '../../lib/time'
import { Load } from '../../components/notices'
import { useApp, useLoaded } from '../../components/state'
import { Table } from '../../components/table'
import { When } from '../../components/time'
import { RoleChoice } from './accounts'
import { Ask, Sure, useAct } from './act'

const ROLES: Role[] = ['viewer', 'operator', 'engineer'] // no token may be administrator

export function Tokens() {
  const { t } = useApp()
  const loaded = useLoaded((s) => tokens(s), [])
  const act = useAct()
  const [role, setRole] = useState<Role>('engineer')
  const [made, setMade] = useState<MadeToken | null>(null)
  const add = (form: FormData, reset: () => void): void =>
    act.run(async () => {
      const until = fromInput(String(form.get('expires')))
      setMade(
        await addToken({
          name: String(form.get('name')),
          role: role as 'viewer',
          ...(until === null ? {} : { expires: new Date(until).toISOString() }),
        }),
      )
      reset()
      loaded.again()
    })
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">{t('tokens')}</h2>
      <p class="caption">{t('tokens.caption')}</p>
      {made && (
        <div class="notice" role="status">
          <p>
            {t('tokens.made', { name: made.name })} <code>{made.token}</code>
          </p>
          <button type="button" onClick={() => setMade(null)}>
            {t('tokens.done')}
          </button>
        </div>
      )}
      <Load of={loaded} what="wait.people">
        {(data) => (
          <Table
            label={t('tokens')}
            rows={data.tokens}
            id={(x) => String(x.id)}
            empty={t('tokens.none')}
            columns={[
              { key: 'name', head: t('tokens.name'), by: (x) => x.name, cell: (x) => x.name },
              { key: 'role', head: t('people.role'), by: (x) => x.role, cell: (x) => t(`role.${x.role}`) },
              { key: 'created', head: t('people.created'), by: (x) => x.created, cell: (x) => <When ms={x.created} /> },
              {
                key: 'expires',
                head: t('tokens.expires'),
                by: (x) => x.expires,
                cell: (x) => (x.expires ? <When ms={x.expires} /> : <span class="quiet">{t('people.never')}</span>),
              },
              { key: 'last', head: t('tokens.last_used'), by: (x) => x.last_used, cell: (x) => <When ms={x.last_used} /> },
              {
                key: 'actions',
                head: t('people.actions'),
                cell: (x) => (
                  <Sure
                    label={t('people.remove')}
                    question={t('people.remove_sure', { name: x.name })}
                    busy={act.busy}
                    onYes={() =>
                      act.run(async () => {
                        await deleteToken(x.id)
                        loaded.again()
                      })
                    }
                  />
                ),
              },
            ]}
          />
        )}
      </Load>
      <Ask act={act} button={t('tokens.add')} onSubmit={add}>
        <label>
          {t('tokens.name')}
          <input name="name" maxLength={64} autocomplete="off" required />
        </label>
        <label>
          {t('people.role')}
          <RoleChoice label={t('people.role')} value={role} roles={ROLES} onChange={setRole} />
        </label>
        <label>
          {t('tokens.expires')}
          <input name="expires" type="datetime-local" />
        </label>
      </Ask>
    </section>
  )
}
