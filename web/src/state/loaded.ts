// SPDX-License-Identifier: Apache-2.0
// How a page loads its data and keeps them: when it asks again, and what stays on the screen when an answer fails.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { asApiError, isFinal, type ApiError } from '../api/request'
import { serverNow } from '../api/server_clock'
import { backOff } from '../lib/sse'
import { feed } from './live'

/** Data on the screen: the newest good answer is kept when a later request fails. */
export interface Loaded<T> {
  data: T | null
  /** server time of the answer [ms] */
  at: number | null
  error: ApiError | null
  busy: boolean
  again: () => void
}

/** Loads when `keys` change, on the events named, every so often, and by itself again after a failure. */
export function useLoaded<T>(
  load: (signal: AbortSignal) => Promise<T>,
  keys: readonly unknown[],
  o: { on?: ('reconciliation' | 'sources')[]; everySeconds?: number | null } = {},
): Loaded<T> {
  const [state, set] = useState<Omit<Loaded<T>, 'again'>>({ data: null, at: null, error: null, busy: true })
  const loader = useRef<Loader>()
  const latest = useRef(load)
  latest.current = load
  const { everySeconds = 60 } = o
  const events = (o.on ?? []).join(' ')

  useEffect(() => {
    const mine = keepLoading((signal) => latest.current(signal), everySeconds, {
      asked: () => set((s) => ({ ...s, busy: true })),
      answered: (data) => set({ data, at: serverNow(), error: null, busy: false }),
      failed: (error) => set((s) => ({ ...s, error, busy: false })),
    })
    loader.current = mine
    const stops = (o.on ?? []).map((event) => feed.on(event, mine.again))
    return () => {
      mine.stop()
      stops.forEach((stop) => stop())
    }
  }, [...keys, events, everySeconds])
  return { ...state, again: useCallback(() => loader.current?.again(), []) }
}

interface Loader {
  again: () => void
  stop: () => void
}

/** Asks now, then after every answer again, and after a failure ever later. One request is under way at a time. */
function keepLoading<T>(
  load: (signal: AbortSignal) => Promise<T>,
  everySeconds: number | null,
  tell: { asked: () => void; answered: (data: T) => void; failed: (error: ApiError) => void },
): Loader {
  let control: AbortController | null = null
  let timer: number | undefined
  let failures = 0
  let dirty = false
  const later = (ms: number): void => {
    window.clearTimeout(timer)
    timer = window.setTimeout(again, ms)
  }
  const answered = (data: T): void => {
    failures = 0
    tell.answered(data)
    if (dirty) later(0)
    else if (everySeconds !== null) later(everySeconds * 1000)
    dirty = false
  }
  const failed = (error: ApiError): void => {
    failures += 1
    tell.failed(error)
    if (!isFinal(error)) later(error.retryAfter !== null ? error.retryAfter * 1000 : backOff(failures, Math.random()))
  }
  const again = (): void => {
    if (control) {
      dirty = true // what changed meanwhile is asked for after the answer
      return
    }
    const mine = (control = new AbortController())
    /** Leaves out an answer that comes after stop(). */
    const unlessAborted =
      <X>(f: (x: X) => void) =>
      (x: X): void => {
        if (mine.signal.aborted) return
        control = null
        f(x)
      }
    tell.asked()
    load(mine.signal).then(
      unlessAborted(answered),
      unlessAborted((e: unknown) => failed(asApiError(e))),
    )
  }
  again()
  return {
    again,
    stop: () => {
      control?.abort()
      window.clearTimeout(timer)
    },
  }
}
