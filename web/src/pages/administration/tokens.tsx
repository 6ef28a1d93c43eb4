// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks'
import { addToken, deleteToken, tokens } from '../../api/people'
import type { MadeToken, Role, Token } from '../../api/schemas'
import { Failed, Field, Form } from '../../components/form'
import { Load, Notice } from '../../components/notices'
import { Section } from '../../components/section'
import { Sure } from '../../components/sure'
import { Table } from '../../components/table'
import { When } from '../../components/time'
import { TimeField } from '../../components/time_field'
import { fromInput } from '../../lib/time'
import { useAct } from '../../state/act'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { RoleChoice, ROLES } from './role_choice'

const TOKEN_ROLES = ROLES.filter((r) => r !== 'administrator') // no token may be administrator

export function Tokens() {
  const { t } = useApp()
  const loaded = useLoaded((s) => tokens(s), [])
  const [made, setMade] = useState<MadeToken | null>(null)
  const add = (token: MadeToken): void => {
    setMade(token)
    loaded.again()
  }
  return (
    <Section id="tokens" title={t('tokens')} caption={t('tokens.caption')}>
      {made && (
        <Notice role="status" button={{ text: t('tokens.done'), onClick: () => setMade(null) }}>
          {t('tokens.made', { name: made.name })} <code>{made.token}</code>
        </Notice>
      )}
      <Load of={loaded} what="wait.people">
        {(data) => <TokenTable rows={data.tokens} changed={loaded.again} />}
      </Load>
      <Add done={add} />
    </Section>
  )
}

function TokenTable({ rows, changed }: { rows: Token[]; changed: () => void }) {
  const { t } = useApp()
  const act = useAct()
  const expires = (x: Token) => (x.expires ? <When ms={x.expires} /> : <span class="quiet">{t('people.never')}</span>)
  const remove = (x: Token) => (
    <Sure
      label={t('people.remove')}
      question={t('people.remove_sure', { name: x.name })}
      busy={act.busy}
      onYes={() => act.run(() => deleteToken(x.id).then(changed))}
    />
  )
  return (
    <>
      <Table
        label={t('tokens')}
        rows={rows}
        id={(x) => String(x.id)}
        empty={t('tokens.none')}
        columns={[
          { key: 'name', head: t('tokens.name'), by: (x) => x.name, cell: (x) => x.name },
          { key: 'role', head: t('people.role'), by: (x) => x.role, cell: (x) => t(`role.${x.role}`) },
          { key: 'created', head: t('people.created'), by: (x) => x.created, cell: (x) => <When ms={x.created} /> },
          { key: 'expires', head: t('tokens.expires'), by: (x) => x.expires, cell: expires },
          { key: 'last', head: t('tokens.last_used'), by: (x) => x.last_used, cell: (x) => <When ms={x.last_used} /> },
          { key: 'actions', head: t('people.actions'), cell: remove },
        ]}
      />
      <Failed of={act} />
    </>
  )
}

function Add({ done }: { done: (made: MadeToken) => void }) {
  const { t } = useApp()
  const act = useAct()
  const [role, setRole] = useState<Role>('engineer')
  const [made, setMade] = useState(0) // tokens; each begins with an empty field
  const submit = (values: FormData, reset: () => void): void =>
    act.run(async () => {
      const until = fromInput(String(values.get('expires')))
      const expires = until === null ? {} : { expires: new Date(until).toISOString() }
      const token = await addToken({ name: String(values.get('name')), role: role as 'viewer', ...expires })
      reset()
      setMade((n) => n + 1)
      done(token)
    })
  return (
    <Form act={act} button={t('tokens.add')} onSubmit={submit}>
      <Field name="name" label={t('tokens.name')} maxLength={64} autocomplete="off" required />
      <RoleChoice value={role} roles={TOKEN_ROLES} onChange={setRole} />
      <TimeField key={made} name="expires" label={t('tokens.expires')} value={null} />
    </Form>
  )
}
