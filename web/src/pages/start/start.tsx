// SPDX-License-Identifier: Apache-2.0
// From somebody's own file to a first balance: the file, what it was taken for, the plant picked from lists, the answer.
import { useEffect, useState } from 'preact/hooks'
import { plantOf, type StartRead } from '../../api/start'
import { Failed } from '../../components/form'
import { leftToPick, type Looked } from '../../lib/picks'
import { unclearPressures } from '../../lib/asked'
import { sketchOf, withoutItsUnit, type Draft } from '../../lib/sketch'
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
import { balance, balanceSoon, setDraft, take, useWork, type Work } from './work'
import { Working } from './working'
import './start.css'

export function StartPage() {
  const { lang, t } = useApp()
  const work = useWork()
  const { file, how, draft, answer, busy } = work
  const read = work.read?.[lang] ?? null
  const error = work.error?.kind === 'read' ? work.error.of : null
  return (
    <>
      <p class="caption">{t('start.caption')}</p>
      <DataFile
        file={file}
        how={how}
        sheets={read?.sheets ?? []}
        asked={error?.status === 400}
        busy={busy?.kind === 'read'}
        onTake={take}
      />
      {busy?.kind === 'read' && <Working of={busy} />}
      <Failed of={{ error }} />
      <Asked error={error} of="sheet" chosen={() => how.sheet} onChoose={(_, sheet) => file && take(file, { ...how, sheet })} />
      <Asked error={error} of="dates" chosen={() => how.dates} onChoose={(_, dates) => file && take(file, { ...how, dates })} />
      {read && draft && file && (
        <>
          <Taken read={read} />
          <PlantUnits draft={draft} models={read.models} change={setDraft} />
          <MetersToBalance work={work} file={file} read={read} draft={draft} />
          {answer && <Answer of={answer[lang]} nth={work.nth} name={draft.name} />}
        </>
      )}
    </>
  )
}

interface BalanceProps {
  work: Work
  file: File
  read: StartRead
  draft: Draft
}

/** The meters and the pipes, with what the server makes of them; the plant file as it stands, what it lacks, and the button that asks for
 *  its balance. */
function MetersToBalance({ work, file, read, draft }: BalanceProps) {
  const { t } = useApp()
  const plant = usePlant(draft, file.name, read.windows)
  const wanting = notYet(draft, plant.looked)
  const busy = work.busy?.kind === 'balance' ? work.busy : null
  const error = work.error?.kind === 'balance' ? work.error.of : null
  const ready = plant.looked?.at === draft && wanting === null
  useEffect(() => {
    if (!work.again || plant.looked?.at !== draft) return
    if (ready) balance(plant.looked.plant.plant)
    else balanceSoon(false) // what was changed last lacks something: it is told, and asked for anew once it is there
  }, [work.again, ready, plant.looked, draft])
  return (
    <>
      <Meters draft={draft} read={read} looked={plant.looked} change={setDraft} />
      <Pipes draft={draft} read={read} looked={plant.looked} change={setDraft} />
      <PlantFile looked={plant.looked} error={plant.error} draft={draft} change={setDraft} />
      <p class="ask" aria-busy={plant.looked?.at !== draft}>
        <button
          type="button"
          class="primary"
          disabled={plant.looked === null || wanting !== null || busy !== null}
          aria-describedby={wanting ? 'start-not-yet' : undefined}
          onClick={() => balanceSoon(true)}
        >
          {busy ? t('start.working') : t('start.balance')}
        </button>
        {wanting && (
          <span id="start-not-yet" class="quiet">
            {t(wanting.key, wanting.values)}
          </span>
        )}
      </p>
      {busy && <Working of={busy} />}
      <Failed of={{ error }} />
      <Asked
        error={error}
        of="data_unit"
        chosen={(tag) => draft.meters.find((m) => m.tag === tag)?.dataUnit ?? ''}
        onChoose={(tag, dataUnit) => setDraft((d) => ({ ...d, meters: d.meters.map((m) => (m.tag === tag ? { ...m, dataUnit } : m)) }))}
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
