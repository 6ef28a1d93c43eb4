// SPDX-License-Identifier: Apache-2.0
// Where each tonne of steam comes from and goes, and what is paid for it: only what comes from outside the plant file is bought.
import { plant, type Energy, type PlantStream } from '../../api/client'
import { currencyOf, money } from '../../lib/format'
import { steamOf } from '../../lib/losses'
import { href } from '../../lib/route'
import { Load } from '../../components/notices'
import { useApp, useLoaded } from '../../components/state'
import { Behind, Table } from '../../components/table'
import { SiNum } from '../../components/value'
import { Whisker } from './whisker'

const DAY = 86_400 // [s]

export function Steam({ price }: { price: Energy['prices']['steam'] }) {
  const { lang, t } = useApp()
  const p = useLoaded((s) => plant(lang, s), [lang], { on: ['reconciliation'] })
  const rows = steamOf(p.data?.streams ?? [])
  const currency = currencyOf(price.unit)
  const cost = (s: PlantStream): number | null => (s.from === null && price.value !== null ? s.flow.value! * price.value * DAY : null)
  const costText = (s: PlantStream): string => {
    const c = cost(s)
    return c === null || currency === null
      ? ''
      : t('per_day', { money: money(c, s.flow.sd === null ? null : s.flow.sd * price.value! * DAY, currency, lang) })
  }
  const link = (s: PlantStream) => <a href={href('trends', { tag: `reconciled:${s.flow.path}` })}>{s.name}</a>
  const way = (s: PlantStream): string => `${s.from ?? t('steam.outside')} → ${s.to ?? t('steam.outside')}`
  const most = Math.max(...rows.map((s) => s.flow.value! + (s.flow.sd ?? 0)))
  if (p.data && rows.length === 0) return null
  return (
    <section aria-labelledby="steam">
      <h2 id="steam">{t('steam')}</h2>
      <p class="caption">{t('steam.note')}</p>
      <Load of={p} what="wait.plant">
        {() => (
          <>
            <ul class="bars">
              {rows.map((s) => (
                <li key={s.name}>
                  <span class="what">
                    {link(s)} {way(s)}
                  </span>
                  <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                    <rect class={s.from === null ? 'bar' : 'bar-quiet'} width={Math.max(0.4, (s.flow.value! / most) * 100)} height="10" />
                    <Whisker value={s.flow.value} sd={s.flow.sd} most={most} />
                  </svg>
                  <span class="amount">
                    <SiNum value={s.flow.value} sd={s.flow.sd} unit={s.flow.unit} />
                  </span>
                  <span class="amount">{costText(s)}</span>
                </li>
              ))}
            </ul>
            <Behind label={t('table.behind')}>
              {() => (
                <Table
                  label={t('steam')}
                  rows={rows}
                  id={(s) => s.name}
                  columns={[
                    { key: 'name', head: t('stream.name'), by: (s) => s.name, cell: link },
                    { key: 'from', head: t('stream.from'), by: (s) => s.from, cell: (s) => s.from ?? t('steam.outside') },
                    { key: 'to', head: t('stream.to'), by: (s) => s.to, cell: (s) => s.to ?? t('steam.outside') },
                    {
                      key: 'flow',
                      head: t('stream.flow'),
                      number: true,
                      by: (s) => s.flow.value,
                      cell: (s) => <SiNum value={s.flow.value} sd={s.flow.sd} unit={s.flow.unit} />,
                    },
                    { key: 'cost', head: t('loss.cost_day'), number: true, by: cost, cell: costText },
                  ]}
                />
              )}
            </Behind>
          </>
        )}
      </Load>
    </section>
  )
}
