// SPDX-License-Identifier: Apache-2.0
// A plant whose newest readings are of the past, out of files: of when they are, the way to them, and to their balances.
import { useState } from 'preact/hooks'
import { askBalances, latest } from '../api/plant'
import { serverNow } from '../api/server_clock'
import { pastData, type PastData as Past } from '../lib/past'
import { href } from '../lib/route'
import { useAct } from '../state/act'
import { useApp } from '../state/app'
import { useLoaded } from '../state/loaded'
import { Failed } from './form'
import { Notice } from './notices'
import { When } from './time'

export function PastData() {
  const { lang } = useApp()
  const all = useLoaded((s) => latest(lang, s), [lang], { everySeconds: 300 }).data
  const past = all && pastData(all.values, serverNow())
  return past ? <OfThen past={past} /> : null
}

function OfThen({ past }: { past: Past }) {
  const { lang, t, session } = useApp()
  const act = useAct()
  const [asked, setAsked] = useState(false)
  const may = session?.open || session?.role === 'engineer' || session?.role === 'administrator'
  const iso = (ms: number): string => new Date(ms).toISOString()
  const ask = (): void => act.run(() => askBalances(lang, iso(past.from), iso(past.newest + 1)).then(() => setAsked(true)))
  const trends = href('trends', { tag: past.tags, from: String(past.from), to: String(past.newest) })
  return (
    <Notice role="status" {...(may && !asked && !act.busy ? { button: { text: t('past.make'), onClick: ask } } : {})}>
      {t('past.newest')} <When ms={iso(past.newest)} />. <a href={trends}>{t('past.trends')}</a>
      {asked && <> {t('past.asked')}</>}
      <Failed of={act} />
    </Notice>
  )
}
