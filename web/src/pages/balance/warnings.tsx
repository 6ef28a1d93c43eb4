// SPDX-License-Identifier: Apache-2.0
// What the balance is outside of: each limit that a reconciled value leaves, in words and in numbers.
import type { PlantWarning } from '../../api/schemas'
import { SiNum } from '../../components/number'
import { Prose } from '../../components/prose'
import { Section } from '../../components/section'
import { Table } from '../../components/table'
import { useApp } from '../../state/app'

export function Warnings({ all }: { all: readonly PlantWarning[] }) {
  const { t } = useApp()
  if (all.length === 0) return null
  const number = (w: PlantWarning, of: number | null) => w.path && <SiNum value={of} unit={w.unit ?? ''} about={w.path} />
  return (
    <Section id="warnings" title={t('balance.warnings')} caption={t('balance.warnings.caption')}>
      <Table
        label={t('balance.warnings')}
        rows={all}
        id={(w) => w.text}
        columns={[
          { key: 'what', head: t('warning.what'), by: (w) => w.text, cell: (w) => <Prose text={w.text} /> },
          { key: 'value', head: `● ${t('warning.value')}`, number: true, by: (w) => w.value, cell: (w) => number(w, w.value) },
          { key: 'limit', head: t('warning.limit'), number: true, by: (w) => w.limit, cell: (w) => number(w, w.limit) },
          { key: 'source', head: t('warning.source'), by: (w) => w.source, cell: (w) => w.source ?? '' },
        ]}
      />
    </Section>
  )
}
