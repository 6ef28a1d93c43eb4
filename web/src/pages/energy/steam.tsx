// SPDX-License-Identifier: Apache-2.0
// Where each tonne of steam comes from and goes, and what is paid for it: only what comes from outside the plant file is bought.
import { plant } from '../../api/plant'
import type { Energy, PlantStream } from '../../api/schemas'
import { Load } from '../../components/notices'
import { Named } from '../../components/named'
import { SiNum } from '../../components/number'
import { Section } from '../../components/section'
import { Behind, Table } from '../../components/table'
import { currencyOf, money } from '../../lib/format'
import { steamOf } from '../../lib/losses'
import { href } from '../../lib/route'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { Bar, Bars } from '../../components/bars'

const DAY = 86_400 // [s]

type Price = Energy['prices']['steam']

export function Steam({ price }: { price: Price }) {
  const { lang, t } = useApp()
  const p = useLoaded((s) => plant(lang, s), [lang], { on: ['reconciliation'] })
  const rows = steamOf(p.data?.streams ?? [])
  if (p.data && rows.length === 0) return null
  return (
    <Section id="steam" title={t('steam')} caption={t('steam.note')}>
      <Load of={p} what="wait.plant">
        {() => <SteamBars rows={rows} price={price} />}
      </Load>
    </Section>
  )
}

function SteamBars({ rows, price }: { rows: PlantStream[]; price: Price }) {
  const { lang, t } = useApp()
  const currency = currencyOf(price.unit)
  const cost = (s: PlantStream): number | null => (s.from === null && price.value !== null ? s.flow.value! * price.value * DAY : null)
  const costText = (s: PlantStream): string => {
    const c = cost(s)
    const sd = s.flow.sd === null ? null : s.flow.sd * (price.value ?? 0) * DAY
    return c === null || currency === null ? '' : t('per_day', { money: money(c, sd, currency, lang) })
  }
  const link = (s: PlantStream) => (
    <a href={href('trends', { tag: `reconciled:${s.flow.path}` })}>
      <Named name={s.title} code={s.name} />
    </a>
  )
  const flow = ({ flow: f }: PlantStream) => <SiNum value={f.value} sd={f.sd} unit={f.unit} />
  const from = (s: PlantStream): string => s.from ?? t('steam.outside')
  const to = (s: PlantStream): string => s.to ?? t('steam.outside')
  const most = Math.max(...rows.map((s) => s.flow.value! + (s.flow.sd ?? 0)))
  return (
    <>
      <Bars>
        {rows.map((s) => (
          <Bar
            key={s.name}
            what={
              <>
                {link(s)} {`${from(s)} → ${to(s)}`}
              </>
            }
            value={s.flow.value}
            sd={s.flow.sd}
            most={most}
            quiet={s.from !== null}
            amounts={[flow(s), costText(s)]}
          />
        ))}
      </Bars>
      <Behind label={t('table.behind')}>
        {() => (
          <Table
            label={t('steam')}
            rows={rows}
            id={(s) => s.name}
            columns={[
              { key: 'name', head: t('stream.name'), by: (s) => s.name, cell: link },
              { key: 'from', head: t('stream.from'), by: (s) => s.from, cell: from },
              { key: 'to', head: t('stream.to'), by: (s) => s.to, cell: to },
              { key: 'flow', head: t('stream.flow'), number: true, by: (s) => s.flow.value, cell: flow },
              { key: 'cost', head: t('loss.cost_day'), number: true, by: cost, cell: costText },
            ]}
          />
        )}
      </Behind>
    </>
  )
}
