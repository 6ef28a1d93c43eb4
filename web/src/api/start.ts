// SPDX-License-Identifier: Apache-2.0
// The page Start: a file is read, a plant picked from lists, a balance made. The server keeps nothing of it.
import type { Lang } from '../lib/format'
import { ApiError, events, json, query, type Signal } from './request'
import type { Schemas } from './schemas'

export type StartRead = Schemas['StartRead']
export type StartQuantity = Schemas['StartQuantity']
export type StartPlant = Schemas['StartPlant']
export type StartAnswer = Schemas['StartAnswer']
export type StartProgress = Schemas['StartProgress']
/** Said in each language, so that another one needs no new question. */
export type Both<T> = Record<Lang, T>

/** What a person says about the file, as for `castner assess`; "" where nothing is said. */
export interface FileOptions {
  timezone: string
  sheet: string
  start: string
  step: string
  no_data: string
  /** 'point' or 'comma' */
  decimal: string
  /** 'dmy', 'mdy' or 'ymd' */
  dates: string
}
const told = (o: FileOptions) => Object.fromEntries(Object.entries(o).map(([name, text]) => [name, text.trim() || null]))

/** The file goes up, then the server tells how far it is, then the answer. What nobody listens to any more is stopped there. */
async function longWork<T>(path: string, raw: Blob, signal: Signal, onProgress: (p: StartProgress) => void): Promise<Both<T>> {
  let answer: Both<T> | null = null
  await events(path, { method: 'POST', raw, signal }, (event, data) => {
    if (event === 'progress') onProgress(JSON.parse(data) as StartProgress)
    else if (event === 'problem') throw ApiError.of(JSON.parse(data) as Schemas['Problem'])
    else if (event === 'answer') answer = JSON.parse(data) as Both<T>
  })
  if (answer === null) throw new ApiError(0, 'the server cannot be reached')
  return answer
}

export const readFile = (file: File, how: FileOptions, signal: Signal, onProgress: (p: StartProgress) => void): Promise<Both<StartRead>> =>
  longWork('/api/v1/start/read' + query({ name: file.name, ...told(how) }), file, signal, onProgress)

export const plantOf = (lang: Lang, sketch: Schemas['Sketch'], signal?: Signal): Promise<StartPlant> =>
  json('/api/v1/start/plant' + query({ lang }), { method: 'POST', body: sketch, signal })

export function assessFile(
  plant: string,
  file: File,
  how: FileOptions,
  signal: Signal,
  onProgress: (p: StartProgress) => void,
): Promise<Both<StartAnswer>> {
  const text = new Blob([plant])
  const asked = query({ plant: text.size, name: file.name, ...told(how) })
  return longWork('/api/v1/start/assess' + asked, new Blob([text, file]), signal, onProgress)
}

export const savePlant = (name: string, plant: string): Promise<{ path: string }> =>
  json('/api/v1/start/plants' + query({ name }), { method: 'POST', raw: new Blob([plant]) })
