// SPDX-License-Identifier: Apache-2.0
// What every page shares: language, light, session and address.
import { createContext } from 'preact'
import { useContext, useEffect, useMemo, useState } from 'preact/hooks'
import { session as askSession } from '../api/people'
import { asApiError, onSignedOut, type ApiError } from '../api/request'
import type { Session } from '../api/schemas'
import type { Lang } from '../lib/format'
import { parseRoute, type Route } from '../lib/route'
import { backOff } from '../lib/sse'
import { setDateForm, type DateForm } from '../lib/time'
import { sayIn, type Say } from '../text/words'

export type Theme = 'light' | 'dark'
export interface AppState {
  lang: Lang
  setLang: (l: Lang) => void
  dates: DateForm
  setDates: (d: DateForm) => void
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

/** The page and its query, from the address. */
function useRoute(): Route {
  const [route, setRoute] = useState<Route>(() => parseRoute(location.hash))
  useEffect(() => {
    const go = () => setRoute(parseRoute(location.hash))
    addEventListener('hashchange', go)
    return () => removeEventListener('hashchange', go)
  }, [])
  return route
}

/** Who is signed in: asked until the server answers, and anew when it says that nobody is any more. */
function useSession(): Pick<AppState, 'session' | 'sessionError' | 'setSession'> {
  const [session, setSession] = useState<Session | null>(null)
  const [sessionError, setError] = useState<ApiError | null>(null)
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
          setError(asApiError(e))
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
  return { session, sessionError, setSession }
}

/** For app.tsx, which provides it to all others by `App`. */
export function useAppState(): AppState {
  const [lang, setLang] = useKept<Lang>('castner.lang', () => (navigator.language.startsWith('zh') ? 'zh' : 'en'))
  const [theme, setTheme] = useKept<Theme>('castner.theme', () => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'))
  const [dates, setDates] = useKept<DateForm>('castner.dates', () => 'ymd')
  setDateForm(dates)
  const t = useMemo(() => sayIn(lang), [lang])
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
    document.documentElement.dataset['theme'] = theme
  }, [lang, theme])
  return { lang, setLang, dates, setDates, theme, setTheme, t, ...useSession(), route: useRoute() }
}
