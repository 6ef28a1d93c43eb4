// SPDX-License-Identifier: Apache-2.0
// Waiting says for what; an error says what happened, what still works and what to do.
import { isFinal, serverNow, type ApiError } from '../api/client'
import { when, whole } from '../lib/time'
import type { Key } from '../text/en'
import type { Say } from '../text/words'
import { useApp, type Loaded } from './state'

export function errorText(t: Say, e: ApiError): string {
  const more = e.problems.map((p) => [p.where, p.what, p.cure].filter(Boolean).join(': ')).join('; ')
  const detail = more || e.message
  if (e.status === 0) return t('error.unreachable', { detail })
  if (e.status === 403) return t('error.forbidden', { detail })
  if (e.status >= 500) return t('error.server', { status: e.status, detail })
  return t('error.refused', { detail })
}

export function Waiting({
  what,
  values = {},
  error = null,
}: {
  what: Key
  values?: Record<string, string | number>
  error?: ApiError | null
}) {
  const { t } = useApp()
  return (
    <p class="waiting" role="status">
      {error ? <Shape kind="warn" /> : <span class="spinner" aria-hidden="true" />}{' '}
      {error ? `${errorText(t, error)} ${t('error.retry')}` : t(what, values)}
    </p>
  )
}

/** Shows children as soon as there are data, and above them what went wrong since. */
export function Load<T>({
  of,
  what,
  values = {},
  children,
}: {
  of: Loaded<T>
  what: Key
  values?: Record<string, string | number>
  children: (data: T) => preact.ComponentChildren
}) {
  const { t, lang } = useApp()
  return (
    <>
      {of.error && (
        <div class="notice warn" role="alert">
          <Shape kind="warn" />
          <p title={of.at === null ? undefined : whole(of.at)}>
            {errorText(t, of.error)} {of.at === null ? t('error.else') : t('error.keeps', { time: when(of.at, serverNow(), lang) })}{' '}
            {!isFinal(of.error) && t('error.retry')}
          </p>
          <button type="button" onClick={of.again}>
            {t('error.retry_button')}
          </button>
        </div>
      )}
      {of.data !== null ? children(of.data) : !of.error && <Waiting what={what} values={values} />}
    </>
  )
}

/** The shapes that stand beside every colour: a diamond is worse than a triangle, a ring is calm, a dash is silence. */
export function Shape({ kind }: { kind: 'ok' | 'warn' | 'bad' | 'none' }) {
  return (
    <svg class={`shape ${kind}`} viewBox="0 0 12 12" aria-hidden="true">
      {kind === 'ok' && <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="1.6" />}
      {kind === 'warn' && <path d="M6 1 11.5 11H.5z" fill="currentColor" />}
      {kind === 'bad' && <path d="M6 0 12 6 6 12 0 6z" fill="currentColor" />}
      {kind === 'none' && <path d="M2 6h8" stroke="currentColor" stroke-width="1.6" />}
    </svg>
  )
}
