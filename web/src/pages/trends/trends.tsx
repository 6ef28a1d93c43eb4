// SPDX-License-Identifier: Apache-2.0
// Any tags over any time, from seconds to years: measured and reconciled together, with their quality.
import { useEffect, useMemo, useState } from 'preact/hooks'
import { tags as askTags } from '../../api/readings'
import type { Tag } from '../../api/schemas'
import { Load } from '../../components/notices'
import { href, parseRoute } from '../../lib/route'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { addressOfLook, lookOf, type Look } from './look'
import { MOST_TAGS, namesToAsk, wantedOf } from './model'
import { Panels } from './panels'
import { Picker } from './picker'
import { startersOf } from './starters'
import { Toolbar } from './toolbar'
import { addressOf, useRange } from './use_range'
import { Views } from './views'
import './trends.css'

export function Trends() {
  const { lang } = useApp()
  const list = useLoaded((s) => askTags(lang, s), [lang], { everySeconds: 600 })
  const [view, setView] = useState(0) // the page begins anew with each view that is opened
  const open = (query: string): void => {
    history.pushState(null, '', `#/trends?${query}`)
    setView((n) => n + 1)
  }
  return (
    <Load of={list} what="wait.tags">
      {(data) => (
        <>
          <Views onOpen={open} />
          <TrendsOf key={view} tags={data.tags} />
        </>
      )}
    </Load>
  )
}

function TrendsOf({ tags }: { tags: Tag[] }) {
  const known = useMemo(() => new Map(tags.map((x) => [x.name, x])), [tags])
  const [route] = useState(() => parseRoute(location.hash))
  const fromAddress = () => route.query.getAll('tag').filter((name) => known.has(name))
  const [chosen, setChosen] = useState<string[]>(() => fromAddress().slice(0, MOST_TAGS))
  const [look, setLook] = useState<Look>(() => lookOf(route))
  const way = useRange(route)
  const { range } = way
  const address = href('trends', { tag: chosen, ...addressOf(range), ...addressOfLook(look) })
  useEffect(() => history.replaceState(null, '', address), [address])
  const toggle = (name: string): void =>
    setChosen((c) => (c.includes(name) ? c.filter((x) => x !== name) : [...c, name].slice(0, MOST_TAGS)))
  const wanted = useMemo(() => wantedOf(chosen, known, look.withReconciled), [chosen, known, look.withReconciled])
  return (
    <div class="trends">
      <Picker tags={tags} chosen={chosen} onToggle={toggle} />
      <div class="panels">
        <Toolbar {...way} names={namesToAsk(wanted)} look={look} setLook={setLook} />
        {wanted.length === 0 ? (
          <Begin tags={tags} onBegin={setChosen} />
        ) : (
          <Panels wanted={wanted} look={look} {...way} onRemove={toggle} />
        )}
      </div>
    </div>
  )
}

/** Nothing is chosen: what the plant has that is looked at most. */
function Begin({ tags, onBegin }: { tags: readonly Tag[]; onBegin: (names: string[]) => void }) {
  const { t } = useApp()
  const starters = useMemo(() => startersOf(tags), [tags])
  return (
    <>
      <p class="quiet">{t('trends.empty')}</p>
      {starters.length > 0 && (
        <>
          <p>{t('trends.begin')}</p>
          <ul class="begin">
            {starters.map((s) => (
              <li key={`${s.area} ${s.quantity}`}>
                <button type="button" onClick={() => onBegin(s.tags)}>
                  {s.area === null ? t('tree.whole') : `${s.area} · ${s.quantity}`}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
