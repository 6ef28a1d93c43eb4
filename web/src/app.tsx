// SPDX-License-Identifier: Apache-2.0
// The frame around every page: who is signed in, which page, which language and light, how the line to the server stands.
import { useEffect, useErrorBoundary, useState } from 'preact/hooks'
import { BareFrame, Frame } from './components/frame'
import { Waiting } from './components/notices'
import type { PageName } from './lib/route'
import { Administration } from './pages/administration/administration'
import { Balance } from './pages/balance/balance'
import { CellPage } from './pages/cell/cell'
import { CellsPage } from './pages/cells/cells'
import { EnergyPage } from './pages/energy/energy'
import { ExchangePage } from './pages/exchange/exchange'
import { OverviewPage } from './pages/overview/overview'
import { SignIn } from './pages/sign_in/sign_in'
import { SourcesPage } from './pages/sources/sources'
import { StartPage } from './pages/start/start'
import { Trends } from './pages/trends/trends'
import { App, useAppState, type AppState } from './state/app'
import { feed } from './state/live'

const PAGES: Record<PageName, () => preact.JSX.Element> = {
  overview: OverviewPage,
  cells: CellsPage,
  cell: CellPage,
  exchange: ExchangePage,
  trends: Trends,
  balance: Balance,
  energy: EnergyPage,
  sources: SourcesPage,
  start: StartPage,
  administration: Administration,
}

let chosen = false

function Page({ app }: { app: AppState }) {
  const Shown = PAGES[app.route.page]
  const [error] = useErrorBoundary()
  useEffect(() => {
    // A page that was chosen is read from its start; the first one leaves the focus at the top, with the link that skips to it.
    if (chosen) document.getElementById('content')?.focus({ preventScroll: true })
    chosen = true
    window.scrollTo(0, 0)
  }, [])
  if (error) return <p role="alert">{String(error)}</p>
  return <Shown />
}

export function Castner() {
  const app = useAppState()
  const [started, setStarted] = useState(false)
  const reads = app.session !== null && (app.session.open || app.session.name !== null)
  useEffect(() => {
    if (!reads) return
    feed.start()
    setStarted(true)
    return () => feed.stop()
  }, [reads])
  return (
    <App.Provider value={app}>
      {app.session === null ? (
        <BareFrame>
          <Waiting what="wait.session" error={app.sessionError} />
        </BareFrame>
      ) : !reads ? (
        <SignIn ended={started} />
      ) : (
        <Frame>
          <Page key={app.route.page} app={app} />
        </Frame>
      )}
    </App.Provider>
  )
}
