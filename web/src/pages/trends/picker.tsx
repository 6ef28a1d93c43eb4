// SPDX-License-Identifier: Apache-2.0
// Finds tags by name or by what they measure, and adds them to the chart.
import { useState } from 'preact/hooks'
import type { Tag } from '../../api/schemas'
import { Field } from '../../components/form'
import { fits } from '../../lib/sort'
import { prettyUnit } from '../../lib/units'
import { useApp } from '../../state/app'
import { tagName } from '../../text/words'
import { MOST_TAGS } from './model'
import './picker.css'

const MOST_SHOWN = 60
const ORDER = { measured: 0, indicator: 1, reconciled: 2, indicator_sd: 3, reconciled_sd: 3 }

export function Picker({ tags, chosen, onToggle }: { tags: readonly Tag[]; chosen: readonly string[]; onToggle: (name: string) => void }) {
  const { t } = useApp()
  const [search, setSearch] = useState('')
  const found = tags
    .filter((x) => ORDER[x.kind] < 3 && fits(search, x.name, tagName(t, x.name), x.of, x.source))
    .sort((a, b) => ORDER[a.kind] - ORDER[b.kind])
  const full = chosen.length >= MOST_TAGS
  return (
    <div class="picker">
      <Field
        type="search"
        label={t('trends.tags')}
        value={search}
        placeholder={t('trends.search')}
        onInput={(e) => setSearch(e.currentTarget.value)}
      />
      {full && <p class="small warn">{t('trends.full', { n: MOST_TAGS })}</p>}
      {found.length === 0 && <p class="quiet">{t('trends.no_match')}</p>}
      <ul>
        {found.slice(0, MOST_SHOWN).map((x) => {
          const on = chosen.includes(x.name)
          return (
            <li key={x.name}>
              <label class={on ? 'on' : ''}>
                <input type="checkbox" checked={on} disabled={full && !on} onChange={() => onToggle(x.name)} />
                <span>
                  {tagName(t, x.name)}{' '}
                  <small class="quiet">{[x.kind === 'measured' ? x.of : null, prettyUnit(x.unit)].filter(Boolean).join(' · ')}</small>
                </span>
              </label>
            </li>
          )
        })}
      </ul>
      {found.length > MOST_SHOWN && <p class="small quiet">{t('trends.more', { n: found.length - MOST_SHOWN })}</p>}
    </div>
  )
}
