// SPDX-License-Identifier: Apache-2.0
// The table behind the picture.
import { Named } from '../../components/named'
import { Table } from '../../components/table'
import { shownSi } from '../../lib/format'
import { useApp } from '../../state/app'
import { sayCode } from '../../text/words'
import { trendOf, type Stream } from './picture_words'

export function StreamTable({ streams }: { streams: readonly Stream[] }) {
  const { lang, t } = useApp()
  const flow = ({ s: { flow: f } }: Stream) => shownSi(f.value, f.sd, f.unit, f.path, lang)
  const link = (s: Stream['s']) => (
    <a href={trendOf(s)}>
      <Named name={s.title} code={s.name} />
    </a>
  )
  const end = (unit: string | null, outside: string) => unit ?? <span class="quiet">{outside}</span>
  return (
    <Table
      label={t('picture')}
      rows={streams}
      id={(d) => d.s.name}
      columns={[
        { key: 'name', head: t('stream.name'), by: (d) => d.s.name, cell: (d) => link(d.s) },
        { key: 'from', head: t('stream.from'), by: (d) => d.s.from, cell: (d) => end(d.s.from, t('picture.feed')) },
        { key: 'to', head: t('stream.to'), by: (d) => d.s.to, cell: (d) => end(d.s.to, t('picture.product')) },
        { key: 'flow', head: t('stream.flow'), number: true, by: (d) => d.s.flow.value, figure: flow },
        {
          key: 'class',
          head: t('stream.class'),
          by: (d) => d.s.flow.class,
          cell: (d) => (d.s.flow.class ? sayCode(t, 'class', d.s.flow.assumed ? 'assumed' : d.s.flow.class) : ''),
        },
      ]}
    />
  )
}
