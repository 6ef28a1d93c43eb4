// SPDX-License-Identifier: Apache-2.0
// Above the charts: how long a time they show, which, and what is drawn with them; and the same readings as CSV.
import { historyCsv } from '../../api/readings'
import { serverNow } from '../../api/server_clock'
import { Choice, Failed } from '../../components/form'
import { OneOf } from '../../components/one_of'
import { TimeField } from '../../components/time_field'
import { following, moved, within, zoomedIn, zoomedOut, type Range } from '../../lib/range'
import { forFile } from '../../lib/time'
import { useAct } from '../../state/act'
import { useApp } from '../../state/app'
import type { Look } from './look'
import { pictureOf, saveAs } from './save'
import { LENGTHS, type Length, type Ranging } from './use_range'
import '../../components/filters.css'

const BESIDES = ['none', 'day', 'week'] as const

interface Props extends Ranging {
  names: readonly string[]
  look: Look
  setLook: (l: Look) => void
}

export function Toolbar({ range, go, goBack, goForward, names, look, setLook }: Props) {
  const { t } = useApp()
  const csv = useAct()
  const png = useAct()
  return (
    <>
      <div class="filters toolbar" role="toolbar" aria-label={t('trends.range')}>
        <Lengths range={range} go={go} />
        <Steps range={range} go={go} goBack={goBack} goForward={goForward} />
        <Edges range={range} go={go} />
        <Tick label={t('trends.with_reconciled')} on={look.withReconciled} onTick={(on) => setLook({ ...look, withReconciled: on })} />
        <Tick label={t('trends.axes')} on={look.twoAxes} onTick={(on) => setLook({ ...look, twoAxes: on })} />
        <Choice
          label={t('trends.beside')}
          value={look.beside}
          options={BESIDES.map((b) => [b, t(`trends.beside.${b}`)] as const)}
          onChange={(beside) => setLook({ ...look, beside })}
        />
        <button type="button" disabled={names.length === 0 || csv.busy} onClick={() => csv.run(() => saveCsv(names, range))}>
          {t('trends.csv')}
        </button>
        <button type="button" disabled={names.length === 0 || png.busy} onClick={() => png.run(() => savePng(range))}>
          {t('trends.png')}
        </button>
      </div>
      <Failed of={csv} />
      <Failed of={png} />
    </>
  )
}

function Tick({ label, on, onTick }: { label: string; on: boolean; onTick: (on: boolean) => void }) {
  return (
    <label>
      <input type="checkbox" checked={on} onChange={(e) => onTick(e.currentTarget.checked)} /> {label}
    </label>
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
  saveAs(await historyCsv(names, range.from, range.to, 10_000), `castner-${forFile(range.from)}.csv`)
}

async function savePng(range: Range): Promise<void> {
  saveAs(await pictureOf([...document.querySelectorAll<HTMLElement>('.panel')], range), `castner-${forFile(range.from)}.png`)
}
