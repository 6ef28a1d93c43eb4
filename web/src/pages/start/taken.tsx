// SPDX-License-Identifier: Apache-2.0
import type { StartRead } from '../../api/start'
import { Section } from '../../components/section'
import { Shape } from '../../components/shape'
import { onItsClock, span } from '../../lib/time'
import { useApp } from '../../state/app'

/** What the reader assumed, so that a wrong guess is seen before it is a wrong number. */
export function Taken({ read }: { read: StartRead }) {
  const { lang, t } = useApp()
  const dead = read.columns.filter((c) => c.readings === 0)
  return (
    <Section id="start-taken" title={t('start.taken')}>
      <ul class="taken">
        <li>{read.taken_as}</li>
        <li>
          {t('start.rows', { rows: read.rows, columns: read.columns.length })}
          {read.step_seconds !== null && <> · {t('start.every', { step: span(read.step_seconds, lang) })}</>}
        </li>
        {read.from !== null && read.to !== null && (
          <li>
            <OfFile at={read.from} /> – <OfFile at={read.to} /> · {t('start.clock', { zone: read.clock ?? 'UTC' })}
            {read.time_zone !== null && read.time_zone !== read.clock && <> · {t('start.times_by', { zone: read.time_zone })}</>}
          </li>
        )}
        {read.gap_count > 0 && (
          <li>
            <Shape kind="warn" /> {t('start.gaps', { n: read.gap_count })}{' '}
            {read.gaps.slice(0, 3).map((g) => (
              <span key={g.from} class="gap">
                <OfFile at={g.from} /> – <OfFile at={g.to} />
              </span>
            ))}
          </li>
        )}
        {read.bad_texts > 0 && (
          <li>
            <Shape kind="warn" /> {t('start.bad_texts', { n: read.bad_texts })}
          </li>
        )}
        {dead.length > 0 && (
          <li>
            <Shape kind="warn" /> {t('start.dead', { tags: dead.map((c) => c.tag).join(', ') })}
          </li>
        )}
        {read.notes.map((note) => (
          <li key={note}>
            <Shape kind="warn" /> {note}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** On the clock of the file, wherever the browser is. */
function OfFile({ at }: { at: string }) {
  const { short, whole } = onItsClock(at)
  return (
    <time dateTime={at} title={whole}>
      {short}
    </time>
  )
}
