// SPDX-License-Identifier: Apache-2.0
// The silences of the last hours or days, the newest first, and why each was.
import { useState } from 'preact/hooks'
import { gaps } from '../../api/readings'
import type { Gaps } from '../../api/schemas'
import { serverNow } from '../../api/server_clock'
import { Load } from '../../components/notices'
import { OneOf } from '../../components/one_of'
import { Section } from '../../components/section'
import { Table } from '../../components/table'
import { When } from '../../components/time'
import { fixed } from '../../lib/format'
import { href } from '../../lib/route'
import { span } from '../../lib/time'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { said } from '../../text/said'
import '../../components/filters.css'

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

type Gap = Gaps['gaps'][number]
const length = (g: Gap): number => ((g.to ? Date.parse(g.to) : serverNow()) - Date.parse(g.from)) / 1000 // [s]

function GapTable({ all }: { all: readonly Gap[] }) {
  const { lang, t } = useApp()
  const end = (g: Gap) => (g.to ? <When ms={g.to} /> : <span class="warn">{t('gaps.open')}</span>)
  return (
    <>
      {all.length > MOST_ROWS && <p class="caption">{t('gaps.more', { n: MOST_ROWS, total: fixed(all.length, 0, lang) })}</p>}
      <Table
        label={t('gaps')}
        rows={all.slice(-MOST_ROWS).reverse()}
        id={(g) => `${g.tag} ${g.from}`}
        empty={t('gaps.none')}
        columns={[
          { key: 'tag', head: t('instrument.tag'), by: (g) => g.tag, cell: (g) => <a href={href('trends', { tag: g.tag })}>{g.tag}</a> },
          { key: 'from', head: t('gaps.from'), by: (g) => g.from, cell: (g) => <When ms={g.from} /> },
          { key: 'to', head: t('gaps.to'), by: (g) => g.to, cell: end },
          { key: 'length', head: t('gaps.length'), number: true, by: length, cell: (g) => span(length(g), lang) },
          { key: 'why', head: t('gaps.why'), by: (g) => g.why, cell: (g) => said(lang, g.why) },
        ]}
      />
    </>
  )
}
