// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'preact/hooks'
import type { StartAnswer } from '../../api/start'
import { Prose } from '../../components/prose'
import { Section } from '../../components/section'
import { Shape } from '../../components/shape'
import { VERDICT } from '../../components/states'
import { Table } from '../../components/table'
import { fixed } from '../../lib/format'
import { saveAs } from '../../lib/save'
import { useApp } from '../../state/app'
import { Dots } from '../balance/dots'
import { GivePrice } from './prices'
import { takeAs } from './work'

type Instrument = StartAnswer['instruments'][number]
type Shown = Instrument['measured']

const HEALTH = { ok: 'ok', look: 'warn', act: 'bad', cannot_tell: 'none' } as const
/** Those of which "not checked" is an answer. */
const CHECKED = new Set(['hardly_checked', 'unchecked'])

/** First the answer, then the instruments, then the report to keep. */
export function Answer({ of, nth, name }: { of: StartAnswer; nth: number; name: string }) {
  const { lang, t } = useApp()
  const here = useRef<HTMLDivElement>(null)
  useEffect(() => {
    here.current?.scrollIntoView({ block: 'start' })
    here.current?.focus({ preventScroll: true })
  }, [nth]) // the same in the other language stays where it is
  const number = (s: Shown, sign = false) =>
    s.value === null ? (
      t('not_known')
    ) : (
      <>
        {sign && Number(s.value) > 0 ? '+' : ''}
        {s.value.replace('-', '−')}
        {s.sd !== null && !sign && <span class="quiet"> ± {s.sd}</span>} {s.unit}
      </>
    )
  const dots = (i: Instrument) => (
    <Dots sds={i.in_sd} text={i.in_sd === null ? '' : fixed(i.in_sd, 1, lang)} bad={VERDICT[i.verdict] === 'bad'} />
  )
  return (
    <div ref={here} tabIndex={-1} class="first-answer">
      <Section id="start-answer" title={t('start.answer')} caption={of.period}>
        <p>
          <Shape kind={HEALTH[of.health]} /> <Prose text={of.sentences[0]!} />
        </p>
        {of.sentences.slice(1).map((s) => (
          <p key={s}>
            <Prose text={s} />
          </p>
        ))}
        {of.steady < of.windows && (
          <p class="quiet">
            {of.unsteady_tags.length > 0
              ? t('start.unsteady.tags', { n: of.windows - of.steady, tags: of.unsteady_tags.slice(0, 12).join(', ') })
              : t('start.unsteady', { n: of.windows - of.steady })}
          </p>
        )}
        {of.findings.length > 0 && (
          <ol class="found">
            {of.findings.map((f) => (
              <li key={f.title}>
                <Prose text={f.title} /> {f.instead && <TakeAs of={f.instead} />}
                {f.price && <GivePrice of={f.price} />}
                {f.stops && (
                  <p>
                    <Prose text={f.stops} />
                  </p>
                )}
                {f.next && (
                  <span class="quiet">
                    {' '}
                    <Prose text={t('attention.next', { text: f.next })} />
                  </span>
                )}
              </li>
            ))}
          </ol>
        )}
        <p class="buttons">
          <button type="button" onClick={() => saveAs(`${name || 'castner'}.html`, 'text/html', of.report)}>
            {t('start.download_report')}
          </button>
        </p>
        <Table
          label={t('instruments')}
          rows={of.instruments}
          id={(i) => `${i.tag} ${i.path}`}
          rowClass={(i) => (VERDICT[i.verdict] === 'bad' ? 'abnormal' : '')}
          columns={[
            { key: 'tag', head: t('instrument.tag'), by: (i) => i.tag, cell: (i) => i.tag },
            { key: 'of', head: t('instrument.of'), by: (i) => i.path, cell: (i) => i.path },
            { key: 'measured', head: `○ ${t('instrument.measured')}`, number: true, cell: (i) => number(i.measured) },
            { key: 'reconciled', head: `● ${t('instrument.reconciled')}`, number: true, cell: (i) => number(i.reconciled) },
            { key: 'adjustment', head: t('instrument.adjustment'), number: true, cell: (i) => number(i.adjustment, true) },
            { key: 'sds', head: t('instrument.in_sd'), by: (i) => (i.in_sd === null ? null : Math.abs(i.in_sd)), cell: dots },
            {
              key: 'seen',
              head: t('instrument.smallest_seen'),
              number: true,
              cell: (i) =>
                i.smallest_seen.value !== null ? number(i.smallest_seen) : CHECKED.has(i.verdict) ? t('instrument.not_checked') : '',
            },
            {
              key: 'verdict',
              head: t('instrument.verdict'),
              early: true,
              by: (i) => i.verdict,
              cell: (i) => (
                <span class={`verdict ${VERDICT[i.verdict]}`}>
                  <Shape kind={VERDICT[i.verdict]} /> {i.verdict_words}
                </span>
              ),
            },
          ]}
        />
      </Section>
    </div>
  )
}

/** The cure at a click: the meter measures the other one, and the balance is asked for again. */
function TakeAs({ of: { tag, quantity, title } }: { of: NonNullable<StartAnswer['findings'][number]['instead']> }) {
  const { t } = useApp()
  return (
    <button type="button" class="small" onClick={() => takeAs(tag, quantity)}>
      {t('start.take_as', { tag, quantity: title })}
    </button>
  )
}
