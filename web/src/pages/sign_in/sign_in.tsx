// SPDX-License-Identifier: Apache-2.0
import { signIn } from '../../api/people'
import type { ApiError } from '../../api/request'
import { Field, Form } from '../../components/form'
import { BareFrame } from '../../components/frame'
import { LanguageChoice } from '../../components/language_choice'
import { errorText } from '../../components/notices'
import { span } from '../../lib/time'
import { useAct } from '../../state/act'
import { useApp } from '../../state/app'

export function SignIn({ ended }: { ended: boolean }) {
  const { lang, t, setSession } = useApp()
  const act = useAct()
  const submit = (values: FormData): void =>
    act.run(async () => setSession(await signIn(String(values.get('name')), String(values.get('password')))))
  const said = (e: ApiError): string => {
    if (e.status === 401) return t('sign_in.wrong')
    if (e.status === 429) return t('sign_in.wait', { seconds: span(e.retryAfter ?? 1, lang) })
    return errorText(t, lang, e)
  }
  return (
    <BareFrame>
      <h1>Castner</h1>
      {ended && <p class="quiet">{t('sign_in.ended')}</p>}
      <Form act={act} layout="stack" button={t('sign_in')} said={said} onSubmit={submit}>
        <Field name="name" label={t('sign_in.name')} autocomplete="username" required autofocus />
        <Field name="password" type="password" label={t('sign_in.password')} autocomplete="current-password" required />
      </Form>
      <p>
        <LanguageChoice />
      </p>
      <p class="quiet small">{t('advises')}</p>
    </BareFrame>
  )
}
