// SPDX-License-Identifier: Apache-2.0
// Below a chart: what each line is, what it says at the cursor, and its newest reading.
import type { LatestValue } from '../../api/schemas'
import { NotGood } from '../../components/states'
import { When } from '../../components/time'
import { sentence, shown, shownReading } from '../../lib/format'
import { valueAt } from '../../lib/series'
import { when, whole } from '../../lib/time'
import { fromSi, prettyUnit, type Unit } from '../../lib/units'
import { useApp } from '../../state/app'
import { tagName } from '../../text/words'
import { letterOf, type Drawn, type Panel } from './model'
import { Swatch } from './swatch'
import '../../components/table.css'
import './lines.css'

interface Props {
  panel: Panel
  cursor: number | null
  latest: ReadonlyMap<string, LatestValue>
  now: number
  onRemove: (name: string) => void
}

export function Lines({ panel, cursor, latest, now, onRemove }: Props) {
  const { t } = useApp()
  return (
    <table class="lines">
      <thead>
        <tr>
          <th scope="col">{t('instrument.tag')}</th>
          <th scope="col" class="n">
            {cursor === null ? ' ' : <span title={whole(cursor * 1000)}>{t('trends.at_cursor', { time: when(cursor * 1000, now) })}</span>}
          </th>
          <th scope="col" class="n">
            {t('trends.latest')}
          </th>
          <th />
        </tr>
      </thead>
      <tbody>
        {panel.drawn.map((d, line) => (
          <tr key={d.wanted.tag.name}>
            <th scope="row">
              <Name d={d} line={line} />
            </th>
            <td class="n">{cursor !== null && <AtCursor d={d} cursor={cursor} unit={d.unit.code} />}</td>
            <td class="n">
              <Newest d={d} latest={latest} unit={d.unit.code} />
            </td>
            <td class="n">
              <Remove name={d.wanted.tag.name} onRemove={onRemove} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** @param line its place in the panel */
function Name({ d, line }: { d: Drawn; line: number }) {
  const { t } = useApp()
  const { tag } = d.wanted
  return (
    <>
      {letterOf(d.place)} {d.measured && <Swatch place={d.place} line={line} estimate={false} />}{' '}
      {d.reconciled && <Swatch place={d.place} line={line} estimate />} {tagName(t, tag.name)}{' '}
      {tag.description && <small class="quiet">{tag.description}</small>}
    </>
  )
}

/** A value as it stands in a row, in the unit of the panel: a reading to its instrument's place, an estimate to that of its sd. */
function useValueText(d: Drawn, unit: string): (v: number | null, sd?: number | null) => string {
  const { lang } = useApp()
  const panelUnit: Unit = { ...d.unit, code: unit, scale: 1, offset: 0 }
  return (v, sd = null) => {
    if (v === null) return '–'
    return sentence(
      sd === null ? shownReading(v, panelUnit, d.wanted.tag.decimals, lang) : { ...shown(v, sd, lang), unit: prettyUnit(unit) },
    )
  }
}

function AtCursor({ d, cursor, unit }: { d: Drawn; cursor: number; unit: string }) {
  const { t } = useApp()
  const text = useValueText(d, unit)
  const middle = d.reconciled && valueAt(d.reconciled, cursor)
  const upper = d.band && valueAt(d.band.upper, cursor)
  const sd = upper === null || middle === null ? null : upper - middle
  return (
    <>
      {d.measured && <span title={t('kind.measured')}>○ {text(valueAt(d.measured, cursor))}</span>}{' '}
      {d.reconciled && <span title={t('kind.reconciled')}>● {text(middle, sd)}</span>}
    </>
  )
}

function Newest({ d, latest, unit }: { d: Drawn; latest: Props['latest']; unit: string }) {
  const { t } = useApp()
  const text = useValueText(d, unit)
  const v = latest.get(d.wanted.tag.name)
  if (!v || v.quality === null) return <span class="quiet">{t('quality.none')}</span>
  const sd = d.wanted.sd === null || d.measured ? undefined : latest.get(d.wanted.sd)?.value
  const value = (): string => {
    if (typeof v.value === 'number') return text(fromSi(d.unit, v.value), typeof sd === 'number' ? sd / d.unit.scale : null)
    return v.not_finite ? t(`value.${v.not_finite}`) : String(v.value ?? '–')
  }
  return (
    <>
      {value()} {v.quality !== 'good' && <NotGood quality={v.quality} />}{' '}
      {v.time && (
        <small class="quiet">
          <When ms={v.time} />
        </small>
      )}
    </>
  )
}

function Remove({ name, onRemove }: { name: string; onRemove: (name: string) => void }) {
  const { t } = useApp()
  const what = t('trends.remove', { tag: tagName(t, name) })
  return (
    <button type="button" class="small" aria-label={what} title={what} onClick={() => onRemove(name)}>
      ×
    </button>
  )
}
