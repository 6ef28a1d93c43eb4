// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks'
import { ApiError, signIn } from '../../api/client'
import { span } from '../../lib/time'
import { errorText, Shape } from '../../components/notices'
import { useApp } from '../../components/state'

export function SignIn({ ended }: { ended: boolean }) {
  const { lang, setLang, t, setSession } = useApp()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const submit = (e: SubmitEvent): void => {
    e.preventDefault()
    const form = new FormData(e.currentTarget as HTMLFormElement)
    setBusy(true)
    setError(null)
    signIn(String(form.get('name')), String(form.get('password')))
      .then(setSession, (x: unknown) => setError(x instanceof ApiError ? x : new ApiError(0, String(x))))
      .finally(() => setBusy(false))
  }
  const said = (x: ApiError): string =>
    x.status === 401
      ? t('sign_in.wrong')
      : x.status === 429
        ? t('sign_in.wait', { seconds: span(x.retryAfter ?? 1, lang) })
        : errorText(t, x)
  return (
    <main class="lonely">
      <h1>Castner</h1>
      {ended && <p class="quiet">{t('sign_in.ended')}</p>}
      <form class="stack" onSubmit={submit}>
        <label>
          {t('sign_in.name')}
          <input name="name" autocomplete="username" required autofocus />
        </label>
        <label>
          {t('sign_in.password')}
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        {error && (
          <p role="alert" class="bad">
            <Shape kind="bad" /> {said(error)}
          </p>
        )}
        <button class="primary" disabled={busy}>
          {t('sign_in')}
        </button>
      </form>
      <p class="pair">
        <button type="button" lang="en" aria-pressed={lang === 'en'} onClick={() => setLang('en')}>
          EN
        </button>
        <button type="button" lang="zh-CN" aria-pressed={lang === 'zh'} onClick={() => setLang('zh')}>
          中文
        </button>
      </p>
      <p class="quiet small">{t('advises')}</p>
    </main>
  )
}
