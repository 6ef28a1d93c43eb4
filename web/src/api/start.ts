// SPDX-License-Identifier: Apache-2.0
// The page Start: a file is read, a plant picked from lists, a balance made. The server keeps nothing of it.
import type { Lang } from '../lib/format'
import { json, query, type Signal } from './request'
import type { Schemas } from './schemas'

export type StartRead = Schemas['StartRead']
export type StartQuantity = Schemas['StartQuantity']
export type StartPlant = Schemas['StartPlant']
export type StartAnswer = Schemas['StartAnswer']

/** What a person says about the file, as for `castner assess`; "" where nothing is said. */
export interface FileOptions {
  timezone: string
  sheet: string
  start: string
  step: string
  no_data: string
  /** 'point' or 'comma' */
  decimal: string
}
const told = (o: FileOptions) => Object.fromEntries(Object.entries(o).map(([name, text]) => [name, text.trim() || null]))

const LONG = 300_000 // ms: a large file takes its time on a slow line and a slow machine

export const readFile = (lang: Lang, file: File, how: FileOptions): Promise<StartRead> =>
  json('/api/v1/start/read' + query({ lang, name: file.name, ...told(how) }), { method: 'POST', raw: file, patience: LONG })

export const plantOf = (lang: Lang, sketch: Schemas['Sketch'], signal?: Signal): Promise<StartPlant> =>
  json('/api/v1/start/plant' + query({ lang }), { method: 'POST', body: sketch, signal })

export function assessFile(lang: Lang, plant: string, file: File, how: FileOptions): Promise<StartAnswer> {
  const text = new Blob([plant])
  const asked = query({ lang, plant: text.size, name: file.name, ...told(how) })
  return json('/api/v1/start/assess' + asked, { method: 'POST', raw: new Blob([text, file]), patience: LONG })
}

export const savePlant = (name: string, plant: string): Promise<{ path: string }> =>
  json('/api/v1/start/plants' + query({ name }), { method: 'POST', raw: new Blob([plant]) })
