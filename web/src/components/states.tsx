// SPDX-License-Identifier: Apache-2.0
// A state in a shape and a word: the verdict on an instrument, the health of a source or a tag, the quality of a reading.
import type { PlantInstrument } from '../api/schemas'
import { useApp } from '../state/app'
import type { Key } from '../text/en'
import { Shape } from './shape'

/** The shape of each verdict. */
export const VERDICT = {
  agrees: 'ok',
  wrong: 'bad',
  one_of_several: 'bad',
  doubtful: 'warn',
  hardly_checked: 'ring',
  unchecked: 'ring',
  not_used: 'none',
} as const

/** Drawn open: it is one of several, or accused in some windows only. */
const OPEN: ReadonlySet<string> = new Set(['one_of_several', 'doubtful'])

/** The balances accuse it, alone or with others. */
export const isAccused = (of: PlantInstrument | undefined): boolean => of?.verdict === 'wrong' || of?.verdict === 'one_of_several'

export function Verdict({ of }: { of: PlantInstrument }) {
  const { t } = useApp()
  if (of.verdict === null) return <span class="quiet">{t('not_known')}</span>
  const why = of.why_not !== null && `why_not.${of.why_not}`
  return (
    <span class={`nowrap ${VERDICT[of.verdict]}`}>
      <Shape kind={VERDICT[of.verdict]} open={OPEN.has(of.verdict)} /> {t(`verdict.${of.verdict}`)}
      {why && <span class="quiet"> ({t(why as Key)})</span>}
    </span>
  )
}

const HEALTH = { ok: 'ok', late: 'warn', down: 'bad' } as const

export function Health({ of }: { of: keyof typeof HEALTH }) {
  const { t } = useApp()
  return (
    <span class={`nowrap ${HEALTH[of]}`}>
      <Shape kind={HEALTH[of]} /> {t(`health.${of}`)}
    </span>
  )
}

/** What stands for a reading that is not good, in a chart too. */
export const QUALITY_MARK = { uncertain: '△', bad: '✕' } as const

export function NotGood({ quality }: { quality: keyof typeof QUALITY_MARK }) {
  const { t } = useApp()
  return (
    <span class={quality === 'bad' ? 'bad' : 'warn'}>
      {QUALITY_MARK[quality]} {t(`quality.${quality}`)}
    </span>
  )
}
