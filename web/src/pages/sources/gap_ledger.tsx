// SPDX-License-Identifier: Apache-2.0
// The silences of the last hours or days, the newest first, and why each was.
import { useState } from 'preact/hooks'
import { gaps } from '../../api/readings'
import { serverNow } from '../../api/server_clock'
import { Load } from '../../components/notices'
import { OneOf } from '../../components/one_of'
import { Section } from '../../components/section'
import { Table } from '../../components/table'
import { When } from '../../components/time'
import { fixed } from '../../lib/format'
import { silences, type Gap, type Silence } from '../../lib/gaps'
import { href } from '../../lib/route'
import { span } from '../../lib/time'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { said } from '../../text/said'
import '../../components/filters.css'
import './gap_ledger.css'

const HOUR = 3_600_000 // [ms]
const LOOK_BACK = { '8h': 8, '1d': 24, '7d': 168, '30d': 720 } as const // [h]
type Back = keyof typeof LOOK_BACK
const MOST_ROWS = 200

export function GapLedger() {
  const { t } = useApp()
  const [back, setBack] = useState<Back>('1d')
  const look = (signal: AbortSignal) => gaps(serverNow() - LOOK_BACK[back] * HOUR, serverNow(), signal)
  const loaded = useLoaded(look, [back], { on: ['sources'] })
  const ranges = (Object.keys(LOOK_BACK) as Back[]).map((k) => [k, t(`range.${k}`)] as const)
  return (
    <Section id="gaps" title={t('gaps')} caption={t('gaps.caption')}>
      <div class="filters">
        <OneOf label={t('gaps.range')} options={ranges} value={back} onChange={setBack} />
      </div>
      <Load of={loaded} what="wait.gaps">
        {(data) => <GapTable all={data.gaps} />}
      </Load>
    </Section>
  )
}

const length = (g: Silence): number => ((g.to ? Date.parse(g.to) : serverNow()) - Date.parse(g.from)) / 1000 // [s]

/** One is a link; many are a line that opens. */
function Tags({ of }: { of: readonly string[] }) {
  const { t } = useApp()
  const link = (tag: string) => (
    <a key={tag} href={href('trends', { tag })}>
      {tag}
    </a>
  )
  if (of.length === 1) return link(of[0]!)
  return (
    <details class="tags">
      <summary>{t('gaps.tags', { n: of.length })}</summary>
      {of.map(link)}
    </details>
  )
}

function GapTable({ all }: { all: readonly Gap[] }) {
  const { lang, t } = useApp()
  const rows = silences(all)
  const end = (g: Silence) => (g.to ? <When ms={g.to} /> : <span class="warn">{t('gaps.open')}</span>)
  return (
    <>
      {rows.length > MOST_ROWS && <p class="caption">{t('gaps.more', { n: MOST_ROWS, total: fixed(rows.length, 0, lang) })}</p>}
      <Table
        label={t('gaps')}
        rows={rows.slice(-MOST_ROWS).reverse()}
        id={(g) => `${g.tags[0]} ${g.from} ${g.why}`}
        empty={t('gaps.none')}
        columns={[
          { key: 'tag', head: t('instrument.tag'), by: (g) => g.tags[0]!, cell: (g) => <Tags of={g.tags} /> },
          { key: 'from', head: t('gaps.from'), by: (g) => g.from, cell: (g) => <When ms={g.from} /> },
          { key: 'to', head: t('gaps.to'), by: (g) => g.to, cell: end },
          { key: 'length', head: t('gaps.length'), number: true, by: length, cell: (g) => span(length(g), lang) },
          { key: 'why', head: t('gaps.why'), by: (g) => g.why, cell: (g) => said(lang, g.why) },
        ]}
      />
    </>
  )
}
