// SPDX-License-Identifier: Apache-2.0
// Above the charts: how long a time they show, which, and what is drawn with them; and the same readings as CSV.
import { historyCsv } from '../../api/readings'
import { serverNow } from '../../api/server_clock'
import { Failed } from '../../components/form'
import { OneOf } from '../../components/one_of'
import { TimeField } from '../../components/time_field'
import { following, moved, within, zoomedIn, zoomedOut, type Range } from '../../lib/range'
import { forFile } from '../../lib/time'
import { useAct } from '../../state/act'
import { useApp } from '../../state/app'
import { LENGTHS, type Length, type Ranging } from './use_range'
import '../../components/filters.css'

interface Props extends Ranging {
  names: readonly string[]
  withReconciled: boolean
  setWith: (b: boolean) => void
}

export function Toolbar({ range, go, goBack, goForward, names, withReconciled, setWith }: Props) {
  const { t } = useApp()
  const csv = useAct()
  return (
    <>
      <div class="filters toolbar" role="toolbar" aria-label={t('trends.range')}>
        <Lengths range={range} go={go} />
        <Steps range={range} go={go} goBack={goBack} goForward={goForward} />
        <Edges range={range} go={go} />
        <label>
          <input type="checkbox" checked={withReconciled} onChange={(e) => setWith(e.currentTarget.checked)} />{' '}
          {t('trends.with_reconciled')}
        </label>
        <button type="button" disabled={names.length === 0 || csv.busy} onClick={() => csv.run(() => saveCsv(names, range))}>
          {t('trends.csv')}
        </button>
      </div>
      <Failed of={csv} />
    </>
  )
}

type Part = Pick<Props, 'range' | 'go'>

function Lengths({ range, go }: Part) {
  const { t } = useApp()
  const lengths = Object.keys(LENGTHS) as Length[]
  const seconds = Math.round((range.to - range.from) / 1000)
  const pressed = range.follows ? lengths.find((k) => LENGTHS[k] === seconds) : undefined
  return (
    <OneOf
      label={t('trends.range')}
      options={lengths.map((k) => [k, t(`range.${k}`)] as const)}
      value={pressed ?? null}
      onChange={(k) => go(following(LENGTHS[k] * 1000, serverNow()))}
    />
  )
}

function Steps({ range, go, goBack, goForward }: Ranging) {
  const { t } = useApp()
  const step = (shape: string, key: 'earlier' | 'zoom_in' | 'zoom_out' | 'later', to: (now: number) => Range) => (
    <button
      type="button"
      title={t(`trends.${key}`)}
      aria-label={t(`trends.${key}`)}
      disabled={key === 'later' && range.follows}
      onClick={() => go(to(serverNow()))}
    >
      {shape}
    </button>
  )
  const way = (shape: string, key: 'back' | 'forward', along: (() => void) | null) => (
    <button type="button" title={t(`trends.${key}`)} aria-label={t(`trends.${key}`)} disabled={!along} onClick={() => along?.()}>
      {shape}
    </button>
  )
  return (
    <span class="pair">
      {way('↶', 'back', goBack)}
      {way('↷', 'forward', goForward)}
      {step('◂', 'earlier', (now) => moved(range, -0.5, now))}
      {step('+', 'zoom_in', (now) => zoomedIn(range, now))}
      {step('−', 'zoom_out', (now) => zoomedOut(range, now))}
      {step('▸', 'later', (now) => moved(range, 0.5, now))}
      <button type="button" aria-pressed={range.follows} onClick={() => go(following(range.to - range.from, serverNow()))}>
        {t('trends.now')}
      </button>
    </span>
  )
}

function Edges({ range, go }: Part) {
  const { t } = useApp()
  const edge = (which: 'from' | 'to') => {
    const set = (ms: number): void => {
      const next = { ...range, [which]: ms, follows: false }
      if (next.to > next.from) go(within(next, serverNow()))
    }
    return <TimeField label={t(`trends.${which}`)} value={range[which]} onTime={set} />
  }
  return (
    <>
      {edge('from')}
      {edge('to')}
    </>
  )
}

async function saveCsv(names: readonly string[], range: Range): Promise<void> {
  const blob = await historyCsv(names, range.from, range.to, 10_000)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = `castner-${forFile(range.from)}.csv`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
