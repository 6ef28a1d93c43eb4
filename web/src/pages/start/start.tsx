// SPDX-License-Identifier: Apache-2.0
// From somebody's own file to a first balance: the file, what it was taken for, the plant picked from lists, the answer.
import { useEffect, useState } from 'preact/hooks'
import { assessFile, plantOf, readFile, type FileOptions, type StartAnswer, type StartPlant, type StartRead } from '../../api/start'
import { Failed } from '../../components/form'
import { draftOf, sketchOf, withoutItsUnit, type Draft } from '../../lib/sketch'
import { useAct } from '../../state/act'
import { useApp } from '../../state/app'
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
}
/** Stays while other pages are looked at; gone with the tab. */
let kept: Work = {
  file: null,
  how: { timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, sheet: '', start: '', step: '', no_data: '', decimal: '' },
  read: null,
  draft: null,
  answer: null,
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
    change({ file, how, read: null, draft: null, answer: null })
    reading.run(async () => {
      const read = await readFile(lang, file, how)
      change({ read, how: { ...how, sheet: read.sheet ?? '' }, draft: draftOf(read.columns, file.name.replace(/\.[^.]*$/, '')) })
    })
  }
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
          <Balance file={file} how={how} read={read} draft={draft} change={setDraft} onAnswer={(a) => change({ answer: a })} />
          {answer && <Answer of={answer} name={draft.name} />}
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
  onAnswer: (a: StartAnswer) => void
}

/** The plant file as it stands, what it lacks, and the button that asks for its balance. */
function Balance({ file, how, read, draft, change, onAnswer }: BalanceProps) {
  const { lang, t } = useApp()
  const act = useAct()
  const plant = usePlant(draft, file.name, read.windows)
  const unitless = withoutItsUnit(draft)
  const ready = plant.of !== null && plant.of.problems.length === 0 && unitless.length === 0 && plant.of.redundancy !== null
  return (
    <>
      <PlantFile of={plant.of} error={plant.error} unitless={unitless} name={draft.name} />
      <p class="ask">
        <button
          type="button"
          class="primary"
          disabled={!ready || act.busy}
          onClick={() => act.run(async () => onAnswer(await assessFile(lang, plant.of!.plant, file, how)))}
        >
          {act.busy ? t('start.working') : t('start.balance')}
        </button>
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

/** What the server makes of the sketch, a moment after the last change. */
function usePlant(draft: Draft, name: string, windows: StartRead['windows']) {
  const { lang } = useApp()
  const [of, setOf] = useState<StartPlant | null>(null)
  const act = useAct()
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      act.run(() =>
        plantOf(lang, sketchOf(draft, name, windows), stop.signal).then(setOf, (e: unknown) =>
          stop.signal.aborted ? undefined : Promise.reject(e),
        ),
      )
    }, 300)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [lang, draft, name, windows])
  return { of, error: act }
}
