// SPDX-License-Identifier: Apache-2.0
// What every page shares: language, light, session, address, the feed of changes; and how a page loads and keeps its data.
import { createContext } from 'preact'
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import {
  ApiError,
  Feed,
  isFinal,
  onSignedOut,
  serverNow,
  session as askSession,
  type LatestValue,
  type LinkState,
  type Session,
} from '../api/client'
import type { Lang } from '../lib/format'
import { backOff } from '../lib/sse'
import { parseRoute, type Route } from '../lib/route'
import { sayIn, type Say } from '../text/words'

export type Theme = 'light' | 'dark'
export interface AppState {
  lang: Lang
  setLang: (l: Lang) => void
  theme: Theme
  setTheme: (t: Theme) => void
  t: Say
  session: Session | null
  sessionError: ApiError | null
  setSession: (s: Session) => void
  route: Route
}

export const App = createContext<AppState>(null as unknown as AppState)
export const useApp = (): AppState => useContext(App)
export const feed = new Feed()

/** A choice of this browser; a browser that keeps nothing is no error. */
function useKept<T extends string>(key: string, first: () => T): [T, (v: T) => void] {
  const [value, set] = useState<T>(() => {
    try {
      return (localStorage.getItem(key) as T | null) ?? first()
    } catch {
      return first()
    }
  })
  return [
    value,
    (v) => {
      set(v)
      try {
        localStorage.setItem(key, v)
      } catch {
        // it lasts until the page is closed
      }
    },
  ]
}

export function useAppState(): AppState {
  const [lang, setLang] = useKept<Lang>('castner.lang', () => (navigator.language.startsWith('zh') ? 'zh' : 'en'))
  const [theme, setTheme] = useKept<Theme>('castner.theme', () => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'))
  const [session, setSession] = useState<Session | null>(null)
  const [sessionError, setError] = useState<ApiError | null>(null)
  const [route, setRoute] = useState<Route>(() => parseRoute(location.hash))
  const t = useMemo(() => sayIn(lang), [lang])

  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
    document.documentElement.dataset['theme'] = theme
  }, [lang, theme])
  useEffect(() => {
    const go = () => setRoute(parseRoute(location.hash))
    addEventListener('hashchange', go)
    return () => removeEventListener('hashchange', go)
  }, [])
  useEffect(() => {
    let timer: number | undefined
    let gone = false
    const ask = (failures: number): void => {
      askSession().then(
        (s) => {
          if (gone) return
          setSession(s)
          setError(null)
        },
        (e: unknown) => {
          if (gone) return
          setError(e instanceof ApiError ? e : new ApiError(0, String(e)))
          timer = window.setTimeout(() => ask(failures + 1), backOff(failures + 1, Math.random()))
        },
      )
    }
    ask(0)
    const stop = onSignedOut(() => ask(0))
    return () => {
      gone = true
      window.clearTimeout(timer)
      stop()
    }
  }, [])
  return { lang, setLang, theme, setTheme, t, session, sessionError, setSession, route }
}

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
  const [state, set] = useState<{ data: T | null; at: number | null; error: ApiError | null; busy: boolean }>({
    data: null,
    at: null,
    error: null,
    busy: true,
  })
  const run = useRef<() => void>(() => undefined)
  const latest = useRef(load)
  latest.current = load
  const { everySeconds = 60 } = o
  const events = (o.on ?? []).join(' ')

  useEffect(() => {
    let control: AbortController | null = null
    let timer: number | undefined
    let failures = 0
    let dirty = false
    const later = (ms: number): void => {
      window.clearTimeout(timer)
      timer = window.setTimeout(start, ms)
    }
    const start = (): void => {
      if (control) {
        dirty = true // one request at a time; what changed meanwhile is asked for after it
        return
      }
      const mine = (control = new AbortController())
      set((s) => ({ ...s, busy: true }))
      latest.current(mine.signal).then(
        (data) => {
          if (mine.signal.aborted) return
          control = null
          failures = 0
          set({ data, at: serverNow(), error: null, busy: false })
          if (dirty) later(0)
          else if (everySeconds !== null) later(everySeconds * 1000)
          dirty = false
        },
        (e: unknown) => {
          if (mine.signal.aborted) return
          control = null
          failures += 1
          const error = e instanceof ApiError ? e : new ApiError(0, String(e))
          set((s) => ({ ...s, error, busy: false }))
          if (!isFinal(error)) later(error.retryAfter !== null ? error.retryAfter * 1000 : backOff(failures, Math.random()))
        },
      )
    }
    run.current = start
    start()
    const stops = events
      .split(' ')
      .filter(Boolean)
      .map((e) => feed.on(e as 'reconciliation', start))
    return () => {
      control?.abort()
      window.clearTimeout(timer)
      stops.forEach((stop) => stop())
    }
  }, [...keys, events, everySeconds])
  return { ...state, again: useCallback(() => run.current(), []) }
}

/** The newest reading of each of these tags, as the stream brings them; redrawn at most once a second. */
export function useLatest(names: readonly string[]): ReadonlyMap<string, LatestValue> {
  const [values, set] = useState<ReadonlyMap<string, LatestValue>>(new Map())
  const key = names.join('\n')
  useEffect(() => {
    if (names.length === 0) return
    const wanted = new Set(names)
    const held = new Map<string, LatestValue>() // never more than the tags asked for
    const leave = feed.want(names)
    const stop = feed.on('latest', (changed) => {
      let any = false
      for (const v of changed)
        if (wanted.has(v.tag)) {
          held.set(v.tag, v)
          any = true
        }
      if (any) set(new Map(held))
    })
    return () => {
      stop()
      leave()
    }
  }, [key])
  return values
}

export function useLink(): LinkState {
  const [state, set] = useState(feed.state)
  useEffect(() => feed.on('link', set), [])
  return state
}

/** The server's time, which moves on: every second, or as often as said. */
export function useNow(everySeconds = 1): number {
  const [now, set] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => set(serverNow()), everySeconds * 1000)
    return () => clearInterval(timer)
  }, [everySeconds])
  return now
}
