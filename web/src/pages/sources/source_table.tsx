// SPDX-License-Identifier: Apache-2.0
// Each source in a row: whether it speaks, its last error, and how many readings it has brought.
import type { Sources } from '../../api/schemas'
import { Section } from '../../components/section'
import { Health } from '../../components/states'
import { Table } from '../../components/table'
import { When } from '../../components/time'
import { fixed } from '../../lib/format'
import { worstFirst } from '../../lib/health'
import { useApp } from '../../state/app'
import { said } from '../../text/said'

type Source = Sources['sources'][number]

export function SourceTable({ rows }: { rows: readonly Source[] }) {
  const { lang, t } = useApp()
  const count = (key: string, head: string, of: (x: Source) => number) => ({
    key,
    head,
    number: true,
    by: of,
    cell: (x: Source) => fixed(of(x), 0, lang),
  })
  return (
    <Section id="sources" title={t('sources.heading')}>
      <Table
        label={t('sources.heading')}
        rows={rows}
        id={(x) => x.name}
        empty={t('source.none')}
        rowClass={(x) => (x.health === 'down' ? 'abnormal' : '')}
        columns={[
          { key: 'name', head: t('source.name'), by: (x) => x.name, cell: (x) => x.name },
          { key: 'health', head: t('source.health'), by: (x) => worstFirst(x.health), cell: (x) => <Health of={x.health} /> },
          { key: 'last', head: t('source.last'), by: (x) => x.last, cell: (x) => <When ms={x.last} /> },
          { key: 'error', head: t('source.error'), by: (x) => x.last_error_at, cell: (x) => <LastError of={x} /> },
          count('tags', t('source.tags'), (x) => x.tags.length),
          count('readings', t('source.readings'), (x) => x.readings),
          count('rejected', t('source.rejected'), (x) => x.rejected),
          count('lost', t('source.lost'), (x) => x.lost),
          count('ahead', t('source.ahead'), (x) => x.ahead),
        ]}
      />
    </Section>
  )
}

function LastError({ of }: { of: Source }) {
  const { t, lang } = useApp()
  // Readings came after it: an error of the past is none of now.
  const past = of.health === 'ok' && of.last !== null && of.last_error_at !== null && Date.parse(of.last) > Date.parse(of.last_error_at)
  if (!of.last_error) return <span class="quiet">{of.assumed ? said(lang, of.assumed) : t('none')}</span>
  return (
    <span class={past ? 'quiet' : ''}>
      {past && `${t('source.error_before')} `}
      {said(lang, of.last_error)}{' '}
      {of.last_error_at && (
        <span class="quiet">
          (<When ms={of.last_error_at} />)
        </span>
      )}
    </span>
  )
}
