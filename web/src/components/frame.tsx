// SPDX-License-Identifier: Apache-2.0
// The top of every page: plant, time, load, data; pages; language and light; who is signed in. And the line at its foot.
import { useEffect, useRef } from 'preact/hooks'
import { overview, signOut, type Overview } from '../api/client'
import { clock, span, when, whole } from '../lib/time'
import { href, PAGES } from '../lib/route'
import { shownSi } from '../lib/format'
import { Shape } from './notices'
import { feed, useApp, useLink, useLoaded, useNow, type Loaded } from './state'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

/** The overview's answer, which the frame loads for every page. */
const OverviewData = createContext<Loaded<Overview>>(null as unknown as Loaded<Overview>)
export const useOverview = (): Loaded<Overview> => useContext(OverviewData)

/** A server of a newer version brings newer pages: this one fetches itself anew, unless someone is typing. */
function useNewVersion(version: string | undefined): void {
  const first = useRef<string>()
  useEffect(() => {
    if (version === undefined) return
    first.current ??= version
    const typing = document.activeElement instanceof HTMLInputElement
    if (first.current !== version && !typing) location.reload()
  }, [version])
}

export function Frame({ children }: { children: preact.ComponentChildren }) {
  const { lang, t, route } = useApp()
  const loaded = useLoaded((s) => overview(lang, s), [lang], { on: ['reconciliation', 'sources'], everySeconds: 20 })
  useNewVersion(loaded.data?.castner)
  useEffect(() => {
    document.title = `${t(`page.${route.page}`)} · ${loaded.data?.plant ?? 'Castner'}`
  }, [t, route.page, loaded.data?.plant])
  const here = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    // On a phone the row of pages is longer than the screen. Only the row is moved, not the page.
    const [link, row] = [here.current, here.current?.parentElement]
    if (link && row) row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.offsetWidth) / 2
  }, [route.page, lang])
  return (
    <OverviewData.Provider value={loaded}>
      <a
        class="skip"
        href="#content"
        onClick={(e) => {
          e.preventDefault()
          document.getElementById('content')?.focus()
        }}
      >
        {t('skip')}
      </a>
      <header>
        <Status o={loaded.data} />
        <Choices />
        <nav aria-label={t('nav')}>
          {PAGES.map((p) => (
            <a key={p} ref={p === route.page ? here : null} href={href(p)} aria-current={p === route.page ? 'page' : undefined}>
              {t(`page.${p}`)}
            </a>
          ))}
        </nav>
      </header>
      <LinkDown />
      {loaded.data?.storage.error && (
        <div class="notice bad" role="alert">
          <Shape kind="bad" />
          <p>{t('storage.error', { detail: loaded.data.storage.error })}</p>
        </div>
      )}
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer>
        <span>{t('advises')}</span>
        {loaded.data && <span>{t('version', { version: loaded.data.castner })}</span>}
      </footer>
    </OverviewData.Provider>
  )
}

function Clock() {
  const { lang } = useApp()
  const now = useNow()
  return (
    <time class="clock" title={whole(now)} dateTime={new Date(now).toISOString()}>
      {clock(now, lang)}
    </time>
  )
}

function Status({ o }: { o: Overview | null }) {
  const { lang, t } = useApp()
  const load = o ? (o.load.unit === '1' ? percent(o.load.value, lang) : shownSi(o.load.value, null, o.load.unit, 'load', lang)) : null
  return (
    <div class="status">
      <h1>{o ? (o.plant ?? t('no_name')) : 'Castner'}</h1>
      <Clock />
      {load && load.value !== '' && <span>{t('load', { value: `${load.value} ${load.unit}` })}</span>}
      {o && (
        <a href={href('sources')} class="plain">
          <Shape kind={o.tags.down > 0 ? 'bad' : o.tags.late > 0 ? 'warn' : 'ok'} /> {t('data', { ok: o.tags.ok, total: o.tags.total })}
        </a>
      )}
    </div>
  )
}
const percent = (v: number | null, lang: 'en' | 'zh') =>
  shownSi(v === null ? null : Math.round(v * 1000) / 1000, null, '1', 'efficiency', lang)

function Choices() {
  const { lang, setLang, theme, setTheme, t, session } = useApp()
  const leave = (): void => {
    // Loaded anew: nothing of what was on the screen stays in memory.
    signOut()
      .catch(() => undefined)
      .finally(() => location.reload())
  }
  return (
    <div class="choices">
      <span role="group" aria-label={t('language')} class="pair">
        <button type="button" lang="en" aria-pressed={lang === 'en'} onClick={() => setLang('en')}>
          EN
        </button>
        <button type="button" lang="zh-CN" aria-pressed={lang === 'zh'} onClick={() => setLang('zh')}>
          中文
        </button>
      </span>
      <button type="button" title={t('theme')} onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}>
        <span aria-hidden="true">◐</span> {theme === 'dark' ? t('theme.light') : t('theme.dark')}
      </button>
      {session?.name ? (
        <>
          <a class="plain" href={href('administration')}>
            {session.name} · {session.role && t(`role.${session.role}`)}
          </a>
          <button type="button" onClick={leave}>
            {t('sign_out')}
          </button>
        </>
      ) : (
        <span class="quiet">{t('open_server')}</span>
      )}
    </div>
  )
}

function LinkDown() {
  const link = useLink()
  return link.up ? null : <LinkDownNotice since={link.since} retryAt={link.retryAt} />
}

function LinkDownNotice({ since, retryAt }: { since: number; retryAt: number }) {
  const { lang, t } = useApp()
  const now = useNow()
  const left = (retryAt - Date.now()) / 1000
  return (
    <div class="notice bad" role="alert">
      <Shape kind="bad" />
      <p>
        <span title={whole(since)}>{t('link.down', { time: when(since, now, lang) })}</span>{' '}
        <span aria-live="off">{left > 0 && t('link.retry', { seconds: span(Math.ceil(left), lang) })}</span> {t('link.help')}
      </p>
      <button type="button" onClick={() => feed.knock()}>
        {t('error.retry_button')}
      </button>
    </div>
  )
}
