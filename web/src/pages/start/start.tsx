// SPDX-License-Identifier: Apache-2.0
// From somebody's own file to a first balance: the file, what it was taken for, the plant picked from lists, the answer.
import { useEffect, useState } from 'preact/hooks'
import { assessFile, plantOf, readFile, type FileOptions, type StartAnswer, type StartRead } from '../../api/start'
import { Failed } from '../../components/form'
import type { Lang } from '../../lib/format'
import { leftToPick, type Looked } from '../../lib/picks'
import { draftOf, sketchOf, unclearPressures, withoutItsUnit, type Draft } from '../../lib/sketch'
import { useAct } from '../../state/act'
import { useApp } from '../../state/app'
import type { Key } from '../../text/en'
import { Answer } from './answer'
import { Asked } from './asked'
import { DataFile } from './data_file'
import { Meters } from './meters'
import { Pipes } from './pipes'
import { PlantFile } from './plant_file'
import { Taken } from './taken'
import { PlantUnits } from './units'
import './start.css'

interface Work {
  file: File | null
  how: FileOptions
  read: StartRead | null
  draft: Draft | null
  answer: StartAnswer | null
  /** the plant file that the answer is of, and how many there were before it */
  asked: string
  nth: number
  /** in which language the server said it */
  readIn: Lang | null
  answerIn: Lang | null
}
/** Stays while other pages are looked at; gone with the tab. */
let kept: Work = {
  file: null,
  how: { timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, sheet: '', start: '', step: '', no_data: '', decimal: '' },
  read: null,
  draft: null,
  answer: null,
  asked: '',
  nth: 0,
  readIn: null,
  answerIn: null,
}

export function StartPage() {
  const { lang, t } = useApp()
  const [work, setWork] = useState(kept)
  const reading = useAct()
  const change = (part: Partial<Work>): void => {
    kept = { ...kept, ...part }
    setWork(kept)
  }
  const setDraft = (f: (d: Draft) => Draft): void => {
    if (kept.draft) change({ draft: f(kept.draft) })
  }
  const take = (file: File, how: FileOptions): void => {
    change({ file, how, read: null, draft: null, answer: null, readIn: lang })
    reading.run(async () => {
      const read = await readFile(lang, file, how)
      change({ read, how: { ...how, sheet: read.sheet ?? '' }, draft: draftOf(read.columns, file.name.replace(/\.[^.]*$/, '')) })
    })
  }
  useEffect(() => {
    // In the other language the server says it anew, first of the file, then of the balance; what was picked stays.
    const { file, how, read, answer, asked } = kept
    if (file === null || reading.busy) return
    if (kept.readIn !== lang && read === null) take(file, how)
    else if (kept.readIn !== lang) {
      change({ readIn: lang })
      reading.run(() => readFile(lang, file, how).then((anew) => kept.file === file && change({ read: anew })))
    } else if (answer !== null && kept.answerIn !== lang) {
      change({ answerIn: lang })
      reading.run(() => assessFile(lang, asked, file, how).then((anew) => kept.answer === answer && change({ answer: anew })))
    }
  }, [lang, reading.busy, work.answer])
  const { file, how, read, draft, answer } = work
  return (
    <>
      <p class="caption">{t('start.caption')}</p>
      <DataFile file={file} how={how} sheets={read?.sheets ?? []} asked={reading.error?.status === 400} busy={reading.busy} onTake={take} />
      <Failed of={reading} />
      <Asked error={reading.error} of="sheet" chosen={() => how.sheet} onChoose={(_, sheet) => file && take(file, { ...how, sheet })} />
      {read && draft && file && (
        <>
          <Taken read={read} />
          <PlantUnits draft={draft} models={read.models} change={setDraft} />
          <Meters draft={draft} read={read} change={setDraft} />
          <Pipes draft={draft} read={read} change={setDraft} />
          <Balance
            file={file}
            how={how}
            read={read}
            draft={draft}
            change={setDraft}
            onAnswer={(answer, asked) => change({ answer, asked, nth: kept.nth + 1, answerIn: lang })}
          />
          {answer && <Answer of={answer} nth={work.nth} name={draft.name} />}
        </>
      )}
    </>
  )
}

interface BalanceProps {
  file: File
  how: FileOptions
  read: StartRead
  draft: Draft
  change: (f: (d: Draft) => Draft) => void
  onAnswer: (a: StartAnswer, asked: string) => void
}

/** The plant file as it stands, what it lacks, and the button that asks for its balance. */
function Balance({ file, how, read, draft, change, onAnswer }: BalanceProps) {
  const { lang, t } = useApp()
  const act = useAct()
  const plant = usePlant(draft, file.name, read.windows)
  const wanting = notYet(draft, plant.looked)
  return (
    <>
      <PlantFile looked={plant.looked} error={plant.error} draft={draft} />
      <p class="ask">
        <button
          type="button"
          class="primary"
          disabled={plant.looked === null || wanting !== null || act.busy}
          aria-describedby={wanting ? 'start-not-yet' : undefined}
          onClick={() =>
            act.run(() => assessFile(lang, plant.looked!.plant.plant, file, how).then((a) => onAnswer(a, plant.looked!.plant.plant)))
          }
        >
          {act.busy ? t('start.working') : t('start.balance')}
        </button>
        {wanting && (
          <span id="start-not-yet" class="quiet">
            {t(wanting.key, wanting.values)}
          </span>
        )}
      </p>
      <Failed of={act} />
      <Asked
        error={act.error}
        of="data_unit"
        chosen={(tag) => draft.meters.find((m) => m.tag === tag)?.dataUnit ?? ''}
        onChoose={(tag, dataUnit) => change((d) => ({ ...d, meters: d.meters.map((m) => (m.tag === tag ? { ...m, dataUnit } : m)) }))}
      />
    </>
  )
}

/** Why there can be no balance yet, the first reason; null where there can. */
function notYet(draft: Draft, looked: Looked | null): { key: Key; values: Record<string, string | number> } | null {
  const { picks, others } = leftToPick(draft, looked)
  const pipes = picks.map((p) => p.pipe).join(', ')
  const tags = withoutItsUnit(draft).join(', ')
  if (!draft.meters.some((m) => m.on !== '')) return { key: 'start.no_meters', values: {} }
  if (picks.length > 0 && draft.units.length === 0) return { key: 'start.not_yet.units', values: {} }
  if (picks.length > 0) return { key: 'start.not_yet.picks', values: { pipes } }
  if (tags !== '') return { key: 'start.unitless', values: { tags } }
  const unclear = unclearPressures(draft).join(', ')
  if (unclear !== '') return { key: 'start.pressure', values: { tags: unclear } }
  if (others.length > 0) return { key: 'start.not_yet.problems', values: { n: others.length } }
  return null
}

/** What the server makes of the sketch, a moment after the last change. */
function usePlant(draft: Draft, name: string, windows: StartRead['windows']) {
  const { lang } = useApp()
  const [looked, setLooked] = useState<Looked | null>(null)
  const act = useAct()
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      act.run(() =>
        plantOf(lang, sketchOf(draft, name, windows), stop.signal).then(
          (plant) => setLooked({ at: draft, plant }),
          (e: unknown) => (stop.signal.aborted ? undefined : Promise.reject(e)),
        ),
      )
    }, 300)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [lang, draft, name, windows])
  return { looked, error: act }
}
