// SPDX-License-Identifier: Apache-2.0
// Doing something on the server: busy while it runs, and what went wrong beside the button.
import { useState } from 'preact/hooks'
import { ApiError } from '../../api/client'
import { errorText, Shape } from '../../components/notices'
import { useApp } from '../../components/state'

export interface Act {
  busy: boolean
  error: ApiError | null
  run: (f: () => Promise<unknown>) => void
}

export function useAct(): Act {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const run = (f: () => Promise<unknown>): void => {
    setBusy(true)
    setError(null)
    f()
      .catch((e: unknown) => setError(e instanceof ApiError ? e : new ApiError(0, String(e))))
      .finally(() => setBusy(false))
  }
  return { busy, error, run }
}

export function Failed({ of }: { of: Act }) {
  const { t } = useApp()
  return of.error ? (
    <p role="alert" class="bad">
      <Shape kind="bad" /> {errorText(t, of.error)}
    </p>
  ) : null
}

/** A small form with one button. */
export function Ask({
  act,
  button,
  onSubmit,
  children,
}: {
  act: Act
  button: string
  onSubmit: (form: FormData, reset: () => void) => void
  children: preact.ComponentChildren
}) {
  return (
    <>
      <form
        class="inline"
        onSubmit={(e) => {
          e.preventDefault()
          const form = e.currentTarget
          onSubmit(new FormData(form), () => form.reset())
        }}
      >
        {children}
        <button disabled={act.busy}>{button}</button>
      </form>
      <Failed of={act} />
    </>
  )
}

/** Asks once more before what cannot be undone. */
export function Sure({ label, question, busy, onYes }: { label: string; question: string; busy: boolean; onYes: () => void }) {
  const { t } = useApp()
  const [asking, setAsking] = useState(false)
  if (!asking)
    return (
      <button type="button" disabled={busy} onClick={() => setAsking(true)}>
        {label}
      </button>
    )
  return (
    <span class="sure">
      {question}{' '}
      <button
        type="button"
        class="danger"
        disabled={busy}
        onClick={() => {
          setAsking(false)
          onYes()
        }}
      >
        {t('people.yes_remove')}
      </button>{' '}
      <button type="button" autofocus onClick={() => setAsking(false)}>
        {t('people.cancel')}
      </button>
    </span>
  )
}
