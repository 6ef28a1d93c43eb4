// SPDX-License-Identifier: Apache-2.0
// Doing something on the server: busy while it runs, and what went wrong.
import { useState } from 'preact/hooks'
import { asApiError, type ApiError } from '../api/request'

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
      .catch((e: unknown) => setError(asApiError(e)))
      .finally(() => setBusy(false))
  }
  return { busy, error, run }
}
