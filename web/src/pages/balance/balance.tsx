// SPDX-License-Identifier: Apache-2.0
// Every instrument: measured, reconciled, adjustment, verdict. Every unit: whether its mass closes.
import { plant } from '../../api/plant'
import { accusedShape, accusedText, Age, AsOf, Closes } from '../../components/balance_state'
import { Load } from '../../components/notices'
import { Shape } from '../../components/shape'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { useOverview } from '../../state/overview'
import { Instruments } from './instruments'
import { Units } from './units'
import { Warnings } from './warnings'

export function Balance() {
  const { lang } = useApp()
  const p = useLoaded((s) => plant(lang, s), [lang], { on: ['reconciliation'] })
  return (
    <Load of={p} what="wait.plant">
      {(data) => (
        <>
          <Age />
          <Answer />
          <AsOf from={data.from} to={data.to} />
          <Instruments all={data.instruments} />
          <Units all={data.units} />
          <Warnings all={data.warnings} />
        </>
      )}
    </Load>
  )
}

/** First whether it closes and whom it accuses; then the rows. */
function Answer() {
  const { t } = useApp()
  const b = useOverview().data?.balance
  if (!b || b.made === null) return null
  const bad = (b.accused ?? 0) > 0
  return (
    <div class="answer-line">
      <Closes b={b} />
      <p class={bad ? 'bad' : ''}>
        <Shape kind={accusedShape(b)} /> {accusedText(t, b)}
      </p>
      {(b.warnings ?? 0) > 0 && (
        <p class="warn">
          <Shape kind="warn" /> {t('balance.warnings.n', { n: b.warnings ?? 0 })}
        </p>
      )}
    </div>
  )
}
