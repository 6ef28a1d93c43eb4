// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks'
import { changePassword } from '../../api/people'
import { Field, Form } from '../../components/form'
import { Section } from '../../components/section'
import { useAct } from '../../state/act'
import { useApp } from '../../state/app'
import { NewPassword } from './new_password'

export function OwnPassword() {
  const { t } = useApp()
  const act = useAct()
  const [done, setDone] = useState(false)
  const submit = (values: FormData, reset: () => void): void => {
    setDone(false)
    act.run(async () => {
      await changePassword(String(values.get('current')), String(values.get('password')))
      setDone(true)
      reset()
    })
  }
  return (
    <Section id="own" title={t('people.own_password')}>
      <Form act={act} button={t('people.change')} onSubmit={submit}>
        <Field name="current" type="password" label={t('people.current_password')} autocomplete="current-password" required />
        <NewPassword label={t('people.new_password')} hint={t('people.password_rule')} />
      </Form>
      {done && <p role="status">{t('people.changed')}</p>}
    </Section>
  )
}
