// SPDX-License-Identifier: Apache-2.0
// Any tags over any time, from seconds to years: measured and reconciled together, with their quality.
import { useEffect, useMemo, useState } from 'preact/hooks'
import { tags as askTags } from '../../api/readings'
import type { Tag } from '../../api/schemas'
import { Load } from '../../components/notices'
import { href } from '../../lib/route'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { MOST_TAGS, namesToAsk, wantedOf } from './model'
import { Panels } from './panels'
import { Picker } from './picker'
import { Toolbar } from './toolbar'
import { addressOf, useRange } from './use_range'
import './trends.css'

export function Trends() {
  const { lang } = useApp()
  const list = useLoaded((s) => askTags(lang, s), [lang], { everySeconds: 600 })
  return (
    <Load of={list} what="wait.tags">
      {(data) => <TrendsOf tags={data.tags} />}
    </Load>
  )
}

function TrendsOf({ tags }: { tags: Tag[] }) {
  const { t, route } = useApp()
  const known = useMemo(() => new Map(tags.map((x) => [x.name, x])), [tags])
  const fromAddress = () => route.query.getAll('tag').filter((name) => known.has(name))
  const [chosen, setChosen] = useState<string[]>(() => fromAddress().slice(0, MOST_TAGS))
  const [withReconciled, setWith] = useState(true)
  const way = useRange(route)
  const { range } = way
  useEffect(() => {
    history.replaceState(null, '', href('trends', { tag: chosen, ...addressOf(range) }))
  }, [chosen, range])
  const toggle = (name: string): void =>
    setChosen((c) => (c.includes(name) ? c.filter((x) => x !== name) : [...c, name].slice(0, MOST_TAGS)))
  const wanted = useMemo(() => wantedOf(chosen, known, withReconciled), [chosen, known, withReconciled])
  return (
    <div class="trends">
      <Picker tags={tags} chosen={chosen} onToggle={toggle} />
      <div class="panels">
        <Toolbar {...way} names={namesToAsk(wanted)} withReconciled={withReconciled} setWith={setWith} />
        {wanted.length === 0 ? <p class="quiet">{t('trends.empty')}</p> : <Panels wanted={wanted} {...way} onRemove={toggle} />}
      </div>
    </div>
  )
}
