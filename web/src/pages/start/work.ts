// SPDX-License-Identifier: Apache-2.0
// What is worked on at the page Start: the file, what was picked, the answer, and long work that the server does meanwhile. It stays while
// other pages are looked at, and is gone with the tab, whose end the server notices.
import { useEffect, useState } from 'preact/hooks'
import { assessFile, readFile, type Both, type FileOptions, type StartAnswer, type StartProgress, type StartRead } from '../../api/start'
import { asApiError, type ApiError } from '../../api/request'
import { draftOf, type Draft } from '../../lib/sketch'

/** What the server is asked to do */
export type Kind = 'read' | 'balance'

export interface Work {
  file: File | null
  how: FileOptions
  read: Both<StartRead> | null
  draft: Draft | null
  answer: Both<StartAnswer> | null
  /** how many answers there were before it */
  nth: number
  /** the plant was changed by a click that asks for its balance anew */
  again: boolean
  /** since when [ms], and how far it is */
  busy: { kind: Kind; since: number; progress: StartProgress | null; cancel: () => void } | null
  error: { kind: Kind; of: ApiError } | null
}

let kept: Work = {
  file: null,
  how: { timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, sheet: '', start: '', step: '', no_data: '', decimal: '', dates: '' },
  read: null,
  draft: null,
  answer: null,
  nth: 0,
  again: false,
  busy: null,
  error: null,
}
let redraw = (): void => {}

function change(part: Partial<Work>): void {
  kept = { ...kept, ...part }
  redraw()
}

export function useWork(): Work {
  const [work, setWork] = useState(kept)
  useEffect(() => {
    redraw = () => setWork(kept)
    redraw() // what came meanwhile
    return () => {
      redraw = () => {}
    }
  }, [])
  return work
}

/** One thing at a time: what was begun before is cancelled. */
function run<T>(
  kind: Kind,
  ask: (signal: AbortSignal, onProgress: (p: StartProgress) => void) => Promise<T>,
  answered: (answer: T) => Partial<Work>,
): void {
  kept.busy?.cancel()
  const control = new AbortController()
  const mine = (f: () => Partial<Work>): void => {
    if (!control.signal.aborted) change(f())
  }
  const cancel = (): void => {
    control.abort()
    change({ busy: null })
  }
  change({ busy: { kind, since: Date.now(), progress: null, cancel }, error: null })
  ask(control.signal, (progress) => mine(() => ({ busy: kept.busy && { ...kept.busy, progress } }))).then(
    (answer) => mine(() => ({ ...answered(answer), busy: null })),
    (e: unknown) => mine(() => ({ busy: null, error: { kind, of: asApiError(e) } })),
  )
}

export function take(file: File, how: FileOptions): void {
  change({ file, how, read: null, draft: null, answer: null })
  run(
    'read',
    (signal, onProgress) => readFile(file, how, signal, onProgress),
    (read) => ({ read, how: { ...how, sheet: read.en.sheet ?? '' }, draft: draftOf(read.en, file.name.replace(/\.[^.]*$/, '')) }),
  )
}

export function balance(plant: string): void {
  const { file, how } = kept
  change({ again: false })
  if (!file) return
  run(
    'balance',
    (signal, onProgress) => assessFile(plant, file, how, signal, onProgress),
    (answer) => ({ answer, nth: kept.nth + 1 }),
  )
}

export function setDraft(f: (d: Draft) => Draft): void {
  if (kept.draft) change({ draft: f(kept.draft) })
}

/** The balance is asked for as soon as the plant file has the last change in it; or no longer. */
export function balanceSoon(again: boolean): void {
  change({ again })
}

/** A meter measures something else than was picked, which changes the balance. */
export function takeAs(tag: string, quantity: string): void {
  setDraft((d) => ({ ...d, meters: d.meters.map((m) => (m.tag === tag ? { ...m, quantity } : m)) }))
  balanceSoon(true)
}
