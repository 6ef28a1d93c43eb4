// SPDX-License-Identifier: Apache-2.0
// Whether data come in: each source, each instrument with its last error, and the ledger of gaps.
import { sources } from '../../api/readings'
import type { Sources } from '../../api/schemas'
import { Load } from '../../components/notices'
import { Shape } from '../../components/shape'
import { When } from '../../components/time'
import { fixed } from '../../lib/format'
import { healthOf } from '../../lib/health'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { GapLedger } from './gap_ledger'
import { SourceTable } from './source_table'
import { TagTable } from './tag_table'

export function SourcesPage() {
  const loaded = useLoaded((s) => sources(s), [], { on: ['sources'], everySeconds: 10 })
  return (
    <>
      <Load of={loaded} what="wait.sources">
        {(data) => (
          <>
            <Answer s={data} />
            <SourceTable rows={data.sources} />
            <TagTable s={data} />
          </>
        )}
      </Load>
      <GapLedger />
    </>
  )
}

/** Whether data come in; if not, how many are missing and since when. */
function Answer({ s }: { s: Sources }) {
  const { lang, t } = useApp()
  const { sources: of, tags, silentSince } = healthOf(s.sources)
  const kind = of.down + tags.down > 0 ? 'bad' : of.late + tags.late > 0 ? 'warn' : 'ok'
  const n = (x: number): string => fixed(x, 0, lang)
  if (s.sources.length === 0) return null
  const notOk = {
    down: n(of.down),
    late: n(of.late),
    n: n(s.sources.length),
    tags_down: n(tags.down),
    tags_late: n(tags.late),
    tags: n(tags.down + tags.late + tags.ok),
  }
  return (
    <p class={kind === 'ok' ? 'answer-line' : `answer-line ${kind}`}>
      <span>
        <Shape kind={kind} /> {kind === 'ok' ? t('sources.all_ok', { n: n(of.ok), tags: n(tags.ok) }) : t('sources.not_ok', notOk)}
      </span>
      {silentSince !== null && (
        <span>
          {t('sources.silent_since')} <When ms={silentSince} />
        </span>
      )}
    </p>
  )
}
