// SPDX-License-Identifier: Apache-2.0
import type { StartQuantity, StartRead } from '../../api/start'
import { Section } from '../../components/section'
import { Table } from '../../components/table'
import { byMass, unclearPressures, vapourOf, withPressure, withVapour } from '../../lib/asked'
import type { Looked } from '../../lib/picks'
import { freeName, likelyFirst, moved, quantitiesAt, type Draft, type DraftMeter } from '../../lib/sketch'
import { useApp } from '../../state/app'
import { sayCode } from '../../text/words'
import { OneOf } from './asked'

interface Props {
  draft: Draft
  read: StartRead
  looked: Looked | null
  change: (f: (d: Draft) => Draft) => void
}

const NEW = ' new' // no name has a blank

/** Each column of the file: what it measures, where, in which unit, how sure. */
export function Meters({ draft, read, looked, change }: Props) {
  const { lang, t } = useApp()
  const notes = new Map(looked?.plant.meter_notes.map((n) => [n.tag, n.text]))
  const column = new Map(read.columns.map((c) => [c.tag, c]))
  const put = (tag: string, part: Partial<DraftMeter>): void =>
    change((d) => ({ ...d, meters: d.meters.map((m) => (m.tag === tag ? { ...m, ...part } : m)) }))
  /** As it was named at first, where that is free: S110 for LIC110. */
  const newPipe = (d: Draft, tag: string): string => {
    const guess = column.get(tag)!.guess
    return guess.of_unit || [...d.units, ...d.pipes].some((x) => x.name === guess.name) ? freeName(d, 'S') : guess.name
  }
  const place = (tag: string, on: string): void =>
    change((d) => {
      const made = on === NEW ? newPipe(d, tag) : on
      const pipes = on === NEW ? [...d.pipes, { name: made, from: '', to: '', contents: '' }] : d.pipes
      const known = quantitiesAt({ ...d, pipes }, read, made)
      const first = known[0]?.name ?? ''
      const fits = (quantity: string): string => (made === '' || known.some((q) => q.name === quantity) ? quantity : first)
      const meter = d.meters.find((m) => m.tag === tag)!
      return moved({ ...d, pipes }, tag, { on: made, quantity: fits(meter.quantity) })
    })
  const quantities = (m: DraftMeter): readonly StartQuantity[] => {
    const known = quantitiesAt(draft, read, m.on)
    return known.some((q) => q.name === m.quantity) ? known : [{ name: m.quantity, title: m.quantity }, ...known]
  }
  const number = (v: number | null): string => (v === null ? '' : new Intl.NumberFormat(lang, { maximumSignificantDigits: 5 }).format(v))
  const select = (label: string, value: string, onChange: (v: string) => void, options: preact.ComponentChildren) => (
    <select aria-label={label} value={value} onChange={(e) => onChange(e.currentTarget.value)}>
      {options}
    </select>
  )
  const text = (label: string, value: string, width: number, missing: boolean, onInput: (v: string) => void) => (
    <input
      aria-label={label}
      aria-invalid={missing || undefined}
      size={width}
      value={value}
      onInput={(e) => onInput(e.currentTarget.value)}
    />
  )
  const mean = (m: DraftMeter) => {
    const c = column.get(m.tag)!
    return (
      <span title={`${number(c.low)} – ${number(c.high)}`}>
        {number(c.mean)} {c.unit ?? ''}
      </span>
    )
  }
  const where = (m: DraftMeter) =>
    select(
      `${t('start.on')} ${m.tag}`,
      m.on,
      (on) => place(m.tag, on),
      <>
        <option value="">{t('start.left_out')}</option>
        <optgroup label={t('start.pipes')}>
          {draft.pipes.map((p) => (
            <option key={p.name}>{p.name}</option>
          ))}
          <option value={NEW}>{t('start.new_pipe')}</option>
        </optgroup>
        {draft.units.length > 0 && (
          <optgroup label={t('start.units')}>
            {draft.units.map((u) => (
              <option key={u.name} value={u.name}>
                {u.name} ({sayCode(t, 'model', u.model)})
              </option>
            ))}
          </optgroup>
        )}
      </>,
    )
  const vapour = (m: DraftMeter) => vapourOf(draft, looked?.plant.pipes ?? [], m)
  const what = (m: DraftMeter) => (
    <>
      {select(
        `${t('start.measures')} ${m.tag}`,
        m.quantity,
        (quantity) => put(m.tag, { quantity }),
        <Quantities of={likelyFirst(quantities(m), column.get(m.tag)!.may_be, m.quantity)} />,
      )}
      {vapour(m) && (
        <OneOf
          label={t('start.vapour', { tag: m.tag })}
          chosen={vapour(m)!}
          options={[
            ['dry', t('start.vapour.dry')],
            ['moist', t('start.vapour.moist')],
          ]}
          onChoose={(kind) => put(m.tag, { quantity: withVapour(m.quantity, kind) })}
        />
      )}
      {m.on !== '' && notes.has(m.tag) && <small class="quiet note">{notes.get(m.tag)}</small>}
    </>
  )
  const gases = (mass: boolean): string =>
    draft.meters
      .filter((m) => vapour(m) && byMass(m.quantity) === mass)
      .map((m) => m.tag)
      .join(', ')
  const unclear = new Set(unclearPressures(draft))
  const unit = (m: DraftMeter) => (
    <>
      {text(`${t('start.unit')} ${m.tag}`, m.unit, 8, m.on !== '' && m.unit === '', (unit) =>
        put(m.tag, { unit, dataUnit: '', absolute: false }),
      )}
      {unclear.has(m.tag) && (
        <OneOf
          label={t('start.pressure', { tags: m.tag })}
          options={[
            ['gauge', t('start.pressure.gauge')],
            ['absolute', t('start.pressure.absolute')],
          ]}
          onChoose={(kind) => put(m.tag, withPressure(m, kind))}
        />
      )}
    </>
  )
  const sd = (m: DraftMeter) => (
    <>
      {text(`${t('start.sd')} ${m.tag}`, m.sd, 7, false, (sd) => put(m.tag, { sd }))}
      {m.on !== '' && <PartOfAPercentage of={m} mean={column.get(m.tag)!.mean} />}
    </>
  )
  return (
    <Section id="start-meters" title={t('start.meters')} caption={t('start.meters.caption')}>
      {gases(false) && <p class="quiet vapour">{t('start.vapour.why', { tags: gases(false) })}</p>}
      {gases(true) && <p class="quiet vapour">{t('start.vapour.why_mass', { tags: gases(true) })}</p>}
      <Table
        stacks
        label={t('start.meters')}
        rows={draft.meters}
        id={(m) => m.tag}
        rowClass={(m) => (m.on === '' ? 'left-out' : '')}
        columns={[
          { key: 'tag', head: t('instrument.tag'), cell: (m) => m.tag },
          { key: 'mean', head: t('start.mean'), number: true, cell: mean },
          { key: 'on', head: t('start.on'), cell: where },
          { key: 'what', head: t('start.measures'), cell: what },
          { key: 'unit', head: t('start.unit'), cell: unit },
          { key: 'sd', head: t('start.sd'), cell: sd },
        ]}
      />
    </Section>
  )
}

/** Those of the column's unit first, the rest behind them. */
function Quantities({ of: { likely, others } }: { of: ReturnType<typeof likelyFirst<StartQuantity>> }) {
  const { t } = useApp()
  const options = (some: readonly StartQuantity[]) =>
    some.map((q) => (
      <option key={q.name} value={q.name}>
        {q.title}
      </option>
    ))
  if (others.length === 0) return <>{options(likely)}</>
  return (
    <>
      {options(likely)}
      <optgroup label={t('start.others')}>{options(others)}</optgroup>
    </>
  )
}

/** "1 %" of a meter that shows per cent is a part of its reading, not a point: said with its number. */
function PartOfAPercentage({ of, mean }: { of: DraftMeter; mean: number | null }) {
  const { lang, t } = useApp()
  const part = /^([0-9.]+)\s*%$/.exec(of.sd.trim())?.[1]
  if (of.unit.trim() !== '%' || part === undefined || mean === null) return null
  const points = new Intl.NumberFormat(lang, { maximumSignificantDigits: 2 }).format(Math.abs(mean) * Number(part) * 0.01)
  return (
    <small class="quiet points" title={t('start.sd.points.hint')}>
      {t('start.sd.points', { points })}
    </small>
  )
}
