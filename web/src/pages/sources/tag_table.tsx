// SPDX-License-Identifier: Apache-2.0
// Each tag that a source brings: whether it speaks, its newest reading, its last error.
import { useMemo, useState } from 'preact/hooks'
import { tags as askTags } from '../../api/readings'
import type { LatestValue, Sources, Tag } from '../../api/schemas'
import { Filters } from '../../components/filters'
import { Choice } from '../../components/form'
import { Named } from '../../components/named'
import { Section } from '../../components/section'
import { Health, NotGood } from '../../components/states'
import { Table } from '../../components/table'
import { TagTree } from '../../components/tag_tree'
import { When } from '../../components/time'
import { quantityOf, shownReading, type Lang, type Shown } from '../../lib/format'
import { worstFirst } from '../../lib/health'
import { href } from '../../lib/route'
import { fits } from '../../lib/sort'
import type { Placed } from '../../lib/tree'
import { parseUnit } from '../../lib/units'
import { useApp } from '../../state/app'
import { useLatest } from '../../state/live'
import { useLoaded } from '../../state/loaded'
import { said } from '../../text/said'

const MOST_ROWS = 200 // drawn at once; the filter narrows

type Row = Sources['sources'][number]['tags'][number] & { source: string }
type About = ReadonlyMap<string, Tag>

/** What the list of tags knows of each by name. */
function useAbout(): About {
  const { lang } = useApp()
  const list = useLoaded((signal) => askTags(lang, signal), [lang], { everySeconds: 600 })
  return useMemo(() => new Map((list.data?.tags ?? []).map((x) => [x.name, x])), [list.data])
}

export function TagTable({ s }: { s: Sources }) {
  const { t, lang, route } = useApp()
  const [filter, setFilter] = useState(route.query.get('find') ?? '')
  const [health, setHealth] = useState(route.query.get('health') ?? '')
  const about = useAbout()
  const all: Row[] = s.sources.flatMap((x) => x.tags.map((tag) => ({ ...tag, source: x.name })))
  const matches = (x: Row): boolean =>
    fits(
      filter,
      x.name,
      x.source,
      x.last_error && said(lang, x.last_error),
      about.get(x.name)?.of ?? '',
      about.get(x.name)?.description ?? '',
    ) &&
    (health === '' || x.health === health)
  const rows = all
    .filter(matches)
    .sort((a, b) => worstFirst(a.health) - worstFirst(b.health))
    .slice(0, MOST_ROWS)
  const placed = (x: Row): Placed => about.get(x.name) ?? { ...NOWHERE, name: x.name, source: x.source }
  const isTree = filter.trim() === '' && health === ''
  const healths = (['down', 'late', 'ok'] as const).map(
    (h) => [h, `${t(`health.${h}`)} (${all.filter((x) => x.health === h).length})`] as const,
  )
  return (
    <Section id="tags" title={t('tags.heading')}>
      <Filters text={filter} onText={setFilter} n={isTree ? all.length : rows.length} total={all.length}>
        <Choice label={t('source.health')} value={health} options={[['', t('source.all')], ...healths]} onChange={setHealth} />
      </Filters>
      {isTree ? (
        <TagTree
          items={all}
          placed={placed}
          note={(some) => <NotOk of={some} />}
          leaves={(some) => <Rows rows={some.slice(0, MOST_ROWS)} about={about} />}
        />
      ) : (
        <Rows rows={rows} about={about} />
      )}
    </Section>
  )
}

const NOWHERE = { area: null, plant_unit: null, plant_unit_title: null, quantity: null, unit: '' }

/** How many of these are late or down; nothing where all are well. */
function NotOk({ of }: { of: readonly Row[] }) {
  const { t } = useApp()
  const count = (h: Row['health']): number => of.filter((x) => x.health === h).length
  return (
    <>
      {(['down', 'late'] as const).map(
        (h) => count(h) > 0 && <span key={h} class={h === 'down' ? 'bad' : 'warn'}>{` ${count(h)} ${t(`health.${h}`)}`}</span>,
      )}
    </>
  )
}

function Rows({ rows, about }: { rows: readonly Row[]; about: About }) {
  const { t, lang } = useApp()
  const latest = useLatest(rows.map((x) => x.name))
  const link = (x: Row) => <a href={href('trends', { tag: x.name })}>{x.name}</a>
  const of = (x: Row): string => about.get(x.name)?.of ?? ''
  const described = (x: Row): string => about.get(x.name)?.description ?? ''
  const quality = (x: Row) => {
    const q = latest.get(x.name)?.quality
    if (!q) return ''
    return q === 'good' ? t('quality.good') : <NotGood quality={q} />
  }
  return (
    <Table
      label={t('tags.heading')}
      rows={rows}
      id={(x) => `${x.source} ${x.name}`}
      rowClass={(x) => (x.health === 'down' ? 'abnormal' : '')}
      columns={[
        { key: 'name', head: t('instrument.tag'), by: (x) => x.name, cell: link },
        {
          key: 'of',
          head: t('instrument.of'),
          by: (x) => described(x) || null,
          cell: (x) => of(x) && <Named name={described(x)} code={of(x)} />,
        },
        { key: 'source', head: t('source.name'), by: (x) => x.source, cell: (x) => x.source },
        { key: 'health', head: t('source.health'), by: (x) => worstFirst(x.health), cell: (x) => <Health of={x.health} /> },
        {
          key: 'value',
          head: `○ ${t('tags.value')}`,
          number: true,
          figure: (x) => newest(latest.get(x.name), about.get(x.name), lang),
          like: (x) => `${quantityOf(of(x))} ${about.get(x.name)?.decimals}`,
          cell: (x) => <Text of={latest.get(x.name)} />,
        },
        { key: 'quality', head: t('quality'), cell: quality },
        { key: 'last', head: t('source.last'), by: (x) => x.last, cell: (x) => <When ms={x.last} /> },
        {
          key: 'error',
          head: t('source.error'),
          by: (x) => x.last_error,
          cell: (x) => (x.last_error ? said(lang, x.last_error) : <span class="quiet">{t('none')}</span>),
        },
      ]}
    />
  )
}

/** The newest reading in the tag's own unit; in the server's where this page cannot convert to it. */
function newest(of: LatestValue | undefined, about: Tag | undefined, lang: Lang): Shown {
  if (typeof of?.value !== 'number') return { value: '', sd: '', unit: '' }
  const own = about?.si_unit ? parseUnit(about.unit, of.unit) : null
  return shownReading(of.value, own ?? { code: of.unit, scale: 1, offset: 0 }, (own && about?.decimals) ?? null, lang)
}

/** A reading that is no number. */
function Text({ of }: { of: LatestValue | undefined }) {
  const { t } = useApp()
  if (!of) return null
  return <>{of.value === null ? of.not_finite && t(`value.${of.not_finite}`) : String(of.value)}</>
}
