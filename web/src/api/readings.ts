// SPDX-License-Identifier: Apache-2.0
// Readings: where they come from, which tags there are, how they went, when none came.
import type { Lang } from '../lib/format'
import { json, query, send, type Signal } from './request'
import type { Curve, Gaps, Sources, Tag } from './schemas'

const iso = (ms: number): string => new Date(ms).toISOString()

export const sources = (signal?: Signal): Promise<Sources> => json('/api/v1/sources', { signal })
export const tags = (lang: Lang, signal?: Signal): Promise<{ tags: Tag[] }> => json('/api/v1/tags' + query({ lang }), { signal })
/** Of the tags named, or of all. */
export const gaps = (from: number, to: number, signal?: Signal, names: readonly string[] = []): Promise<Gaps> =>
  json('/api/v1/gaps' + query({ tag: names, from: iso(from), to: iso(to) }), { signal })

/** Curves of at most so many points, SI, peaks kept. */
export async function curves(names: readonly string[], from: number, to: number, points: number, signal?: Signal): Promise<Curve[]> {
  if (names.length === 0) return []
  const h = await json<{ series: Curve[] }>('/api/v1/history' + query({ tag: names, from: iso(from), to: iso(to), points, units: 'si' }), {
    signal,
  })
  return h.series
}

/** CSV as the server writes it for Excel, byte order mark and all. */
export const historyCsv = (names: readonly string[], from: number, to: number, points: number): Promise<Blob> =>
  send('/api/v1/history' + query({ tag: names, from: iso(from), to: iso(to), points }), { accept: 'text/csv' })
