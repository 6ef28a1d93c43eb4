// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks'
import { savePlant, type StartPlant } from '../../api/start'
import { Failed, Field, Form } from '../../components/form'
import { Prose } from '../../components/prose'
import { Section } from '../../components/section'
import { Shape } from '../../components/shape'
import { Behind } from '../../components/table'
import { fixOf, leftToPick, meetings, type Looked } from '../../lib/picks'
import { saveAs } from '../../lib/save'
import { unclearPressures } from '../../lib/asked'
import { withoutItsUnit, type Draft } from '../../lib/sketch'
import { useAct, type Act } from '../../state/act'
import { useApp } from '../../state/app'
import { OneOf } from './asked'
import { ShowRow } from './show_row'

interface Props {
  looked: Looked | null
  error: Act
  draft: Draft
  change: (f: (d: Draft) => Draft) => void
}

/** What is wrong with the plant so far, what its meters can tell, and the file itself. */
export function PlantFile({ looked, error, draft, change }: Props) {
  const { t } = useApp()
  const of = looked?.plant ?? null
  const stale = looked?.at !== draft // the last change is not in it yet
  const { picks, others } = leftToPick(draft, looked)
  const unitless = withoutItsUnit(draft)
  const unclear = unclearPressures(draft)
  const problem = (p: StartPlant['problems'][number]) => {
    const fix = fixOf(draft, of!.plant, p)
    const text = fix ? `${p.what}; ${t(`start.cure.${fix.key}`, { name: fix.name, cure: p.cure })}` : `${p.where}: ${p.what}; ${p.cure}`
    return (
      <>
        <Prose text={text} /> {fix && <ShowRow table={fix.table} row={fix.row} />}
      </>
    )
  }
  return (
    <Section id="start-plant" title={t('start.plant')} caption={t('start.plant.caption')}>
      <Failed of={error} />
      {picks.length > 0 && (
        <ul class="to-pick" aria-label={t('start.to_pick')}>
          {picks.map((p) => (
            <li key={p.pipe}>
              <Shape kind="none" />{' '}
              {t(`start.to_pick.${p.what}`, {
                pipe: p.pipe,
                tags: p.tags.join(', ') || t('start.no_meter'),
                ...(p.mayBe && { one: p.mayBe[0], other: p.mayBe[1] }),
              })}{' '}
              <ShowRow table={4} row={p.pipe} />
            </li>
          ))}
        </ul>
      )}
      {unitless.length > 0 && (
        <p class="warn">
          <Shape kind="warn" /> {t('start.unitless', { tags: unitless.join(', ') })}
        </p>
      )}
      {unclear.length > 0 && (
        <p class="warn">
          <Shape kind="warn" /> {t('start.pressure', { tags: unclear.join(', ') })}
        </p>
      )}
      {others.map((p) => (
        <p class="warn" key={`${p.where} ${p.what}`}>
          <Shape kind="warn" /> {problem(p)}
        </p>
      ))}
      {meetings(draft).map(({ port, pipes }) => (
        <p class="quiet" key={port}>
          {t('start.meet', { port, pipes: pipes.join(', ') })}
        </p>
      ))}
      {of && of.problems.length === 0 && of.divisions.length > 0 && (
        <div class="divided">
          {of.divisions.map((d) => (
            <p key={d.feed}>
              <Shape kind="none" /> {d.text}
            </p>
          ))}
          <OneOf
            label={t('start.divided')}
            chosen={draft.divided ?? 'by_current'}
            options={[
              ['by_current', t('start.divided.by_current')],
              ['unknown', t('start.divided.unknown')],
            ]}
            onChoose={(divided) => change((d) => ({ ...d, divided }))}
          />
        </div>
      )}
      {of && of.problems.length === 0 && <Redundancy of={of} draft={draft} />}
      {of && of.assumed.length > 0 && (
        <>
          <ul class="assumed">
            {of.assumed.map((a) => (
              <li key={a}>{a}</li>
            ))}
          </ul>
          <p class="quiet">{t('start.assumed.how')}</p>
        </>
      )}
      {of && (
        <>
          <Behind label="plant.toml">
            {() => (
              <ol class="source">
                {of.plant.split('\n').map((line, k) => (
                  <li key={k}>
                    <code>{line || ' '}</code>
                  </li>
                ))}
              </ol>
            )}
          </Behind>
          <p class="buttons">
            <button type="button" disabled={stale || of.problems.length > 0} onClick={() => saveAs('plant.toml', 'text/plain', of.plant)}>
              {t('start.download_plant')}
            </button>
          </p>
          {of.problems.length === 0 && <Keep plant={of.plant} name={draft.name} />}
        </>
      )}
    </Section>
  )
}

function Redundancy({ of, draft }: { of: StartPlant; draft: Draft }) {
  const { t } = useApp()
  if (of.redundancy === null && !of.advice) return <p class="quiet">{t('start.no_meters')}</p>
  if (of.redundancy === null)
    return (
      <p class="warn">
        <Shape kind="warn" /> <Prose text={t('start.checks.not_found', { advice: of.advice! })} />
      </p>
    )
  const loose = draft.pipes.some((p) => p.from === '' && p.to === '')
  return (
    <>
      <p class={of.redundancy === 0 ? 'warn' : ''}>
        <Shape kind={of.redundancy === 0 ? 'warn' : 'ok'} />{' '}
        {of.redundancy === 0 ? t(loose ? 'start.no_checks' : 'start.no_checks.joined') : t('start.checks', { n: of.redundancy })}
      </p>
      {of.redundancy > 0 && of.unchecked_words && <p class="quiet">{of.unchecked_words}</p>}
      {of.advice && (
        <p class="warn">
          <Shape kind="warn" /> <Prose text={of.advice} />
        </p>
      )}
    </>
  )
}

/** An engineer may put it beside castner.toml, under a new name. */
function Keep({ plant, name }: { plant: string; name: string }) {
  const { t, session } = useApp()
  const act = useAct()
  const [kept, setKept] = useState('')
  if (session?.role !== 'engineer' && session?.role !== 'administrator') return null
  const keep = async (as: string): Promise<void> => setKept((await savePlant(as, plant)).path)
  return (
    <>
      <Form act={act} button={t('start.keep')} onSubmit={(values) => act.run(() => keep(String(values.get('name'))))}>
        <Field
          name="name"
          label={t('start.keep_as')}
          hint={t('start.keep.hint')}
          required
          pattern="[A-Za-z0-9_\-]{1,64}"
          defaultValue={name.replace(/[^A-Za-z0-9_-]+/g, '_')}
        />
      </Form>
      {kept && <p role="status">{t('start.kept', { path: kept })}</p>}
    </>
  )
}
