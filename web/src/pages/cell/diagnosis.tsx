// SPDX-License-Identifier: Apache-2.0
// What is probably wrong, how sure that is, what shows it, what to do now, and which test would tell more.
import type { CellFinding } from '../../api/schemas'
import { Bar, Bars } from '../../components/bars'
import { CellFindings, SinceAndCost } from '../../components/cell_findings'
import { Prose } from '../../components/prose'
import { Section } from '../../components/section'
import { Shape } from '../../components/shape'
import { When } from '../../components/time'
import { Behind } from '../../components/table'
import { fixed } from '../../lib/format'
import { useApp } from '../../state/app'

export function Diagnosis({ of }: { of: readonly CellFinding[] }) {
  const { t } = useApp()
  const [open, ended] = [of.filter((f) => f.ended === null), of.filter((f) => f.ended !== null)]
  return (
    <Section id="diagnosis" title={t('room.diagnosis')}>
      {open.map((f, k) => (
        <Told key={f.id} f={f} first={k === 0} />
      ))}
      {ended.length > 0 && <Behind label={t('room.ended')}>{() => <CellFindings of={ended} none="" />}</Behind>}
    </Section>
  )
}

/** @param first  stands with its title at the top of the page */
function Told({ f, first }: { f: CellFinding; first: boolean }) {
  const { t } = useApp()
  return (
    <>
      {!first && (
        <p>
          <Shape kind={f.severity === 'critical' ? 'bad' : 'warn'} /> <Prose text={f.title} />
          {t('list.gap')}
          <SinceAndCost f={f} />
        </p>
      )}
      <p class="small quiet">
        {t('room.detected')} <When ms={f.detected} />
      </p>
      <Causes f={f} />
      <dl class="told">
        {f.advice && (
          <>
            <dt>{t('room.advice')}</dt>
            <dd>
              <Prose text={f.advice} />
            </dd>
          </>
        )}
        {f.test_text && f.test_text !== f.advice && (
          <>
            <dt>{t('room.test')}</dt>
            <dd>
              <Prose text={f.test_text} />
            </dd>
          </>
        )}
        {f.evidence.length > 0 && (
          <>
            <dt>{t('findings.evidence')}</dt>
            <dd>
              <ul class="evidence">
                {f.evidence.map((e, i) => (
                  <li key={i}>
                    <Prose text={e.text} />
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
    </>
  )
}

/** Each cause with its probability; what is left is that of all others. */
function Causes({ f }: { f: CellFinding }) {
  const { lang, t } = useApp()
  const own = f.cause === 'unknown' || f.probability === null ? [] : [{ text: f.cause_text, probability: f.probability }]
  const all = [...own, ...f.alternatives.map(({ text, probability }) => ({ text, probability }))]
  if (all.length === 0) return null
  const rest = 1 - all.reduce((sum, a) => sum + a.probability, 0)
  if (rest > 0.005) all.push({ text: t('room.other_causes'), probability: rest })
  return (
    <Bars amounts={1}>
      {all.map((a) => (
        <Bar
          key={a.text}
          what={a.text}
          value={a.probability}
          sd={null}
          most={1}
          quiet={a.text === t('room.other_causes')}
          amounts={[`${fixed(100 * a.probability, 0, lang)} %`]}
        />
      ))}
    </Bars>
  )
}
