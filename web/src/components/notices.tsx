// SPDX-License-Identifier: Apache-2.0
// Waiting says for what; an error says what happened, what still works and what to do.
import { isFinal, type ApiError } from '../api/request'
import { serverNow } from '../api/server_clock'
import type { Lang } from '../lib/format'
import { when, whole } from '../lib/time'
import { useApp } from '../state/app'
import type { Loaded } from '../state/loaded'
import type { Key } from '../text/en'
import { said } from '../text/said'
import type { Say } from '../text/words'
import { Prose } from './prose'
import { Shape } from './shape'
import './notices.css'

export function errorText(t: Say, lang: Lang, e: ApiError): string {
  const more = e.problems.map((p) => [p.where, said(lang, p.what), said(lang, p.cure)].filter(Boolean).join(': ')).join('; ')
  const detail = more || said(lang, e.message)
  if (e.status === 0) return t('error.unreachable', { detail })
  if (e.status === 403) return t('error.forbidden', { detail })
  if (e.status >= 500) return t('error.server', { status: e.status, detail })
  return t('error.refused', { detail })
}

interface WaitingProps {
  what: Key
  values?: Record<string, string | number>
  error?: ApiError | null
}

export function Waiting({ what, values = {}, error = null }: WaitingProps) {
  const { t, lang } = useApp()
  return (
    <p class="waiting" role="status">
      {error ? <Shape kind="warn" /> : <Spinner />}{' '}
      <Prose text={error ? `${errorText(t, lang, error)} ${t('error.retry')}` : t(what, values)} />
    </p>
  )
}

function Spinner() {
  return <span class="spinner" aria-hidden="true" />
}

interface NoticeProps {
  kind?: 'warn' | 'bad'
  role: 'alert' | 'status'
  title?: string | undefined
  button?: { text: string; onClick: () => void }
  children: preact.ComponentChildren
}

/** A framed sentence across the page, with the button that answers it. */
export function Notice({ kind, role, title, button, children }: NoticeProps) {
  return (
    <div class={kind ? `notice ${kind}` : 'notice'} role={role}>
      {kind && <Shape kind={kind} />}
      <p title={title}>{children}</p>
      {button && (
        <button type="button" onClick={button.onClick}>
          {button.text}
        </button>
      )}
    </div>
  )
}

interface LoadProps<T> {
  of: Loaded<T>
  what: Key
  values?: Record<string, string | number>
  children: (data: T) => preact.ComponentChildren
}

/** Shows children as soon as there are data, and above them what went wrong since. */
export function Load<T>({ of, what, values = {}, children }: LoadProps<T>) {
  return (
    <>
      {of.error && <LoadFailed error={of.error} at={of.at} again={of.again} />}
      {of.data !== null ? children(of.data) : !of.error && <Waiting what={what} values={values} />}
    </>
  )
}

function LoadFailed({ error, at, again }: { error: ApiError; at: number | null; again: () => void }) {
  const { t, lang } = useApp()
  const left = at === null ? t('error.else') : t('error.keeps', { time: when(at, serverNow()) })
  return (
    <Notice kind="warn" role="alert" title={at === null ? undefined : whole(at)} button={{ text: t('error.retry_button'), onClick: again }}>
      <Prose text={errorText(t, lang, error)} /> {left} {!isFinal(error) && t('error.retry')}
    </Notice>
  )
}
