// SPDX-License-Identifier: Apache-2.0
// The top of every page: plant, time, load, data; pages; language and light; who is signed in. And the line at its foot.
import { useEffect, useRef } from 'preact/hooks'
import { signOut } from '../api/people'
import { overview } from '../api/plant'
import type { Overview } from '../api/schemas'
import { shownSi, type Lang } from '../lib/format'
import { href, inRow, PAGES } from '../lib/route'
import { clock, when, whole } from '../lib/time'
import { useApp } from '../state/app'
import { useNow } from '../state/live'
import { useLoaded } from '../state/loaded'
import { OverviewData } from '../state/overview'
import { said } from '../text/said'
import { DateChoice } from './date_choice'
import { LanguageChoice } from './language_choice'
import { LinkDown } from './link_down'
import { Notice } from './notices'
import { Shape } from './shape'
import './frame.css'

export function Frame({ children }: { children: preact.ComponentChildren }) {
  const { lang, t, route } = useApp()
  const loaded = useLoaded((s) => overview(lang, s), [lang], { on: ['reconciliation', 'sources'], everySeconds: 20 })
  useNewVersion(loaded.data?.castner)
  useEffect(() => {
    document.title = `${t(`page.${route.page}`)} · ${loaded.data?.plant ?? 'Castner'}`
  }, [t, route.page, loaded.data?.plant])
  return (
    <OverviewData.Provider value={loaded}>
      <Skip />
      <header>
        <Status o={loaded.data} />
        <Choices />
        <Pages withCells={!!loaded.data?.cells} />
      </header>
      <LinkDown />
      {loaded.data?.storage.error && (
        <Notice kind="bad" role="alert">
          {t('storage.error', { detail: said(lang, loaded.data.storage.error) })}
        </Notice>
      )}
      {loaded.data?.storage.records_error && (
        <Notice kind="bad" role="alert">
          {t('storage.records_error', { detail: said(lang, loaded.data.storage.records_error) })}
        </Notice>
      )}
      {loaded.data?.storage.deletion_waits && <DeletionWaits of={loaded.data.storage.deletion_waits} />}
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer>
        <span>{t('advises')}</span>
        <DateChoice />
        {loaded.data && <span>{t('version', { version: loaded.data.castner })}</span>}
      </footer>
    </OverviewData.Provider>
  )
}

function DeletionWaits({ of }: { of: NonNullable<Overview['storage']['deletion_waits']> }) {
  const { t } = useApp()
  const now = useNow()
  const [oldest, before] = [of.oldest, of.before].map((time) => when(Date.parse(time), now)) as [string, string]
  return (
    <Notice kind="warn" role="status">
      {t('storage.deletion_waits', { count: of.readings, oldest, before, page: t('page.administration') })}
    </Notice>
  )
}

/** Before anyone is signed in: one narrow column, no pages to go to. */
export function BareFrame({ children }: { children: preact.ComponentChildren }) {
  return <main class="lonely">{children}</main>
}

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

function Skip() {
  const { t } = useApp()
  const go = (e: Event): void => {
    e.preventDefault()
    document.getElementById('content')?.focus()
  }
  return (
    <a class="skip" href="#content" onClick={go}>
      {t('skip')}
    </a>
  )
}

function Status({ o }: { o: Overview | null }) {
  const { t } = useApp()
  return (
    <div class="status">
      <h1>{o ? (o.plant ?? t('no_name')) : 'Castner'}</h1>
      {o?.made_up && (
        <span class="made-up" title={t('made_up.more')}>
          {t('made_up')}
        </span>
      )}
      <Clock />
      {o && <Load load={o.load} />}
      {o && (
        <a href={href('sources')} class="plain">
          <Data o={o} />
        </a>
      )}
    </div>
  )
}

/** How many of the tags speak; of a server that watches no source, that readings are pushed to it. */
function Data({ o }: { o: Overview }) {
  const { t } = useApp()
  const { ok, late, down } = o.sources
  if (ok + late + down === 0) return <>{t('data.pushed')}</>
  return (
    <>
      <Shape kind={o.tags.down > 0 ? 'bad' : o.tags.late > 0 ? 'warn' : 'ok'} /> {t('data', { ok: o.tags.ok, total: o.tags.total })}
    </>
  )
}

function Clock() {
  const now = useNow()
  return (
    <time class="clock" title={whole(now)} dateTime={new Date(now).toISOString()}>
      {clock(now)}
    </time>
  )
}

function Load({ load }: { load: Overview['load'] }) {
  const { lang, t } = useApp()
  const shown = load.unit === '1' ? percent(load.value, lang) : shownSi(load.value, null, load.unit, 'load', lang)
  if (shown.value === '') return null
  return <span>{t('load', { value: `${shown.value} ${shown.unit}` })}</span>
}

const percent = (v: number | null, lang: Lang) => shownSi(v === null ? null : Math.round(v * 1000) / 1000, null, '1', 'efficiency', lang)

function Choices() {
  const { theme, setTheme, t, session } = useApp()
  const leave = (): void => {
    // Loaded anew: nothing of what was on the screen stays in memory.
    signOut()
      .catch(() => undefined)
      .finally(() => location.reload())
  }
  return (
    <div class="choices">
      <LanguageChoice />
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

function Pages({ withCells }: { withCells: boolean }) {
  const { lang, t, route } = useApp()
  const here = useRef<HTMLAnchorElement>(null)
  const page = route.page === 'cell' ? 'cells' : route.page
  useEffect(() => {
    // On a phone the row of pages is longer than the screen. Only the row is moved, not the page.
    const [link, row] = [here.current, here.current?.parentElement]
    if (link && row) row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.offsetWidth) / 2
  }, [page, lang, withCells])
  return (
    <nav aria-label={t('nav')}>
      {PAGES.filter((p) => inRow(p, page, withCells)).map((p) => (
        <a key={p} ref={p === page ? here : null} href={href(p)} aria-current={p === page ? 'page' : undefined}>
          {t(`page.${p}`)}
        </a>
      ))}
    </nav>
  )
}
