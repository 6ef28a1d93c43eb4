// SPDX-License-Identifier: Apache-2.0
// The map of the past: a slider over a day, a week or a month, which plays by itself when it is asked to.
import { useEffect, useState } from 'preact/hooks'
import type { ApiError } from '../../api/request'
import { serverNow } from '../../api/server_clock'
import { Choice, Failed } from '../../components/form'
import { when } from '../../lib/time'
import { useApp } from '../../state/app'

import './time_slider.css'

const STEPS = 96
const SPANS = { day: 86_400_000, week: 604_800_000, month: 30 * 86_400_000 } as const // [ms]
type Span = keyof typeof SPANS
const PAUSE = 250 // [ms] that each map stands while it plays

interface Props {
  /** that is shown [ms]; null: now */
  at: number | null
  onAt: (at: number | null) => void
  /** the map of `at` is on the screen */
  ready: boolean
  error: ApiError | null
  /** the map shows what has no past */
  off: boolean
}

export function TimeSlider({ at, onAt, ready, error, off }: Props) {
  const { t } = useApp()
  const [span, setSpan] = useState<Span>('day')
  const [end, setEnd] = useState(serverNow)
  const [playing, setPlaying] = useState(false)
  const step = at === null ? STEPS : Math.round(((at - (end - SPANS[span])) / SPANS[span]) * STEPS)
  const go = (k: number): void => {
    if (at === null) setEnd(serverNow())
    const to = at === null ? serverNow() : end
    onAt(k >= STEPS ? null : to - SPANS[span] + (k / STEPS) * SPANS[span])
  }
  useEffect(() => {
    if (!playing || !ready) return
    const timer = setTimeout(() => {
      if (at === null) setPlaying(false)
      else go(step + 1)
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [playing, ready, at])
  const play = (): void => {
    setPlaying(!playing)
    if (!playing && at === null) go(0)
  }
  const time = at === null ? t('room.now') : when(at, serverNow())
  return (
    <div class="time-slider filters">
      <button type="button" disabled={off} aria-pressed={playing} onClick={play}>
        <span aria-hidden="true">{playing ? '❚❚' : '▶'}</span> {playing ? t('room.pause') : t('room.play')}
      </button>
      <input
        type="range"
        min={0}
        max={STEPS}
        value={step}
        disabled={off}
        aria-label={t('room.time')}
        aria-valuetext={time}
        onInput={(e) => {
          setPlaying(false)
          go(Number(e.currentTarget.value))
        }}
      />
      <output class="nowrap">{time}</output>
      <Choice
        bare
        label={t('room.span')}
        value={span}
        options={(['day', 'week', 'month'] as const).map((s) => [s, t(`room.span.${s}`)] as const)}
        onChange={(s) => {
          setSpan(s)
          setPlaying(false)
          onAt(null)
        }}
      />
      {off && <span class="quiet">{t('room.no_past')}</span>}
      <Failed of={{ error }} />
    </div>
  )
}
