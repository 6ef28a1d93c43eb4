// SPDX-License-Identifier: Apache-2.0
// The tree of tags, or those that a search finds by name or by what they measure; a tick adds one to the chart.
import { useMemo, useState } from 'preact/hooks'
import type { Tag } from '../../api/schemas'
import { Field } from '../../components/form'
import { TagTree } from '../../components/tag_tree'
import { fits } from '../../lib/sort'
import { prettyUnit } from '../../lib/units'
import { useApp } from '../../state/app'
import { tagName } from '../../text/words'
import { MOST_TAGS } from './model'
import './picker.css'

const MOST_SHOWN = 60
const ORDER = { measured: 0, indicator: 1, reconciled: 2, indicator_sd: 3, reconciled_sd: 3 }

interface Props {
  tags: readonly Tag[]
  chosen: readonly string[]
  onToggle: (name: string) => void
}

export function Picker({ tags, chosen, onToggle }: Props) {
  const { t } = useApp()
  const [search, setSearch] = useState('')
  const shown = useMemo(() => tags.filter((x) => ORDER[x.kind] < 3), [tags])
  const found = shown
    .filter((x) => fits(search, x.name, tagName(t, x.name), x.of, x.source, x.description, x.area, x.plant_unit_title))
    .sort((a, b) => ORDER[a.kind] - ORDER[b.kind])
  const full = chosen.length >= MOST_TAGS
  const leaves = (some: readonly Tag[]) => <Leaves of={some} chosen={chosen} full={full} onToggle={onToggle} />
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
      {shown.length === 0 && <p class="quiet">{t('tree.none')}</p>}
      {search.trim() === '' ? (
        <TagTree items={shown} placed={(x) => x} leaves={leaves} />
      ) : (
        <>
          {found.length === 0 && <p class="quiet">{t('trends.no_match')}</p>}
          {leaves(found.slice(0, MOST_SHOWN))}
          {found.length > MOST_SHOWN && <p class="small quiet">{t('trends.more', { n: found.length - MOST_SHOWN })}</p>}
        </>
      )}
    </div>
  )
}

function Leaves({ of, chosen, full, onToggle }: { of: readonly Tag[]; full: boolean } & Omit<Props, 'tags'>) {
  const { t } = useApp()
  return (
    <ul>
      {of.map((x) => {
        const on = chosen.includes(x.name)
        return (
          <li key={x.name}>
            <label class={on ? 'on' : ''}>
              <input type="checkbox" checked={on} disabled={full && !on} onChange={() => onToggle(x.name)} />
              <span>
                {tagName(t, x.name)}{' '}
                <small class="quiet">
                  {[x.kind === 'indicator' ? null : x.description, prettyUnit(x.unit)].filter(Boolean).join(' · ')}
                </small>
              </span>
            </label>
          </li>
        )
      })}
    </ul>
  )
}
