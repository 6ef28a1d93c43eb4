// SPDX-License-Identifier: Apache-2.0
// Each instrument in a row: what it measures, what the balances make of it, and whether they agree.
import { useState } from 'preact/hooks'
import type { PlantInstrument } from '../../api/schemas'
import { Filters } from '../../components/filters'
import { Choice } from '../../components/form'
import { Named } from '../../components/named'
import { Num } from '../../components/number'
import { Section } from '../../components/section'
import { Spark, useLastHour } from '../../components/spark'
import { isAccused, Verdict } from '../../components/states'
import { Table } from '../../components/table'
import { fixed, quantityOf, shownDifference, shownSi, shownSmallestSeen } from '../../lib/format'
import { href } from '../../lib/route'
import { fits } from '../../lib/sort'
import { parseUnit, unitForPeople, type Unit } from '../../lib/units'
import { useApp } from '../../state/app'
import { Dots } from './dots'

const VERDICTS = ['wrong', 'one_of_several', 'doubtful', 'agrees', 'hardly_checked', 'unchecked', 'not_used'] as const // the worst first

/** The instrument's own unit where this page knows it. */
const ownUnit = (i: PlantInstrument): Unit => parseUnit(i.unit, i.si_unit) ?? unitForPeople(i.si_unit, i.measured ?? 0, i.path)
const inSds = (i: PlantInstrument): number | null => (i.adjustment !== null && i.sd ? i.adjustment / i.sd : null)
const sizeInSds = (i: PlantInstrument): number | null => (inSds(i) === null ? null : Math.abs(inSds(i)!))
/** The worst verdict first, and of one verdict the largest adjustment. */
const worst = (i: PlantInstrument): number | null =>
  i.verdict === null ? null : VERDICTS.indexOf(i.verdict) * 1000 - Math.min(999, sizeInSds(i) ?? 0)

export function Instruments({ all }: { all: readonly PlantInstrument[] }) {
  const { t, route } = useApp()
  const [filter, setFilter] = useState(route.query.get('find') ?? '')
  const [verdict, setVerdict] = useState(route.query.get('verdict') ?? '')
  const rows = all.filter((i) => fits(filter, i.tag, i.path, i.description) && (verdict === '' || i.verdict === verdict))
  const verdicts = VERDICTS.map((v) => [v, `${t(`verdict.${v}`)} (${all.filter((i) => i.verdict === v).length})`] as const)
  return (
    <Section id="instruments" title={t('instruments')} caption={t('instruments.caption')}>
      <Filters text={filter} onText={setFilter} n={rows.length} total={all.length}>
        <Choice label={t('instrument.verdict')} value={verdict} options={[['', t('verdict.all')], ...verdicts]} onChange={setVerdict} />
      </Filters>
      <InstrumentTable all={all} rows={rows} />
    </Section>
  )
}

function InstrumentTable({ all, rows }: { all: readonly PlantInstrument[]; rows: readonly PlantInstrument[] }) {
  const { lang, t } = useApp()
  const hour = useLastHour(all.filter((i) => i.measured !== null).map((i) => i.tag))
  const like = (i: PlantInstrument): string => quantityOf(i.path)
  const measured = (i: PlantInstrument) => shownSi(i.measured, i.sd, i.si_unit, i.path, lang, ownUnit(i))
  const lastHour = (i: PlantInstrument) => (
    <Spark small curve={hour.curves.get(i.tag)} from={hour.from} to={hour.to} label={`${i.tag}, ${t('last_hour')}`} />
  )
  const reconciled = (i: PlantInstrument) => shownSi(i.reconciled, i.reconciled_sd, i.si_unit, i.path, lang, ownUnit(i))
  const adjustment = (i: PlantInstrument) => shownDifference(i.adjustment, i.sd, ownUnit(i), lang)
  const smallest = (i: PlantInstrument) => shownSmallestSeen(i.smallest_seen, ownUnit(i), lang)
  const seenFrom = (i: PlantInstrument) =>
    i.smallest_seen !== null ? (
      <Num of={smallest(i)} />
    ) : i.verdict === 'unchecked' ? (
      <span class="quiet">{t('instrument.not_checked')}</span>
    ) : (
      ''
    )
  const dots = (i: PlantInstrument) => {
    const sds = inSds(i)
    return <Dots sds={sds} text={sds === null ? t('not_known') : fixed(sds, 1, lang)} bad={isAccused(i)} />
  }
  return (
    <Table
      label={t('instruments')}
      rows={rows}
      id={(i) => `${i.tag} ${i.path}`}
      rowClass={(i) => (isAccused(i) ? 'abnormal' : '')}
      first={{ key: 'verdict', direction: 'up' }}
      empty={all.length === 0 ? t('instruments.none') : t('table.no_rows')}
      columns={[
        { key: 'tag', head: t('instrument.tag'), by: (i) => i.tag, cell: (i) => <a href={href('trends', { tag: i.tag })}>{i.tag}</a> },
        { key: 'of', head: t('instrument.of'), by: (i) => i.path, cell: (i) => <Named name={i.description} code={i.path} /> },
        { key: 'measured', head: `○ ${t('instrument.measured')}`, number: true, by: (i) => i.measured, figure: measured, like },
        { key: 'hour', head: t('last_hour'), cell: lastHour },
        { key: 'reconciled', head: `● ${t('instrument.reconciled')}`, number: true, by: (i) => i.reconciled, figure: reconciled, like },
        {
          key: 'adjustment',
          head: t('instrument.adjustment'),
          number: true,
          by: (i) => i.adjustment,
          figure: adjustment,
          like,
          bare: true,
        },
        { key: 'sds', head: t('instrument.in_sd'), by: sizeInSds, cell: dots },
        {
          key: 'seen',
          head: t('instrument.smallest_seen'),
          number: true,
          by: (i) => i.smallest_seen,
          cell: seenFrom, // two digits each: their decimals are not made alike
        },
        { key: 'verdict', head: t('instrument.verdict'), early: true, by: worst, cell: (i) => <Verdict of={i} /> },
      ]}
    />
  )
}
