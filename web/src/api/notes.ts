// SPDX-License-Identifier: Apache-2.0
// What people keep beside the readings: saved views of trends, marks on the time axis.
import { json, query, send, type Signal } from './request'
import type { TimeMark, View } from './schemas'

export const views = (signal?: Signal): Promise<{ views: View[] }> => json('/api/v1/views', { signal })
export const keepView = (v: { name: string; query: string; shared: boolean }): Promise<View> =>
  json('/api/v1/views', { method: 'POST', body: v })
export const deleteView = async (id: number): Promise<void> => void (await send(`/api/v1/views/${id}`, { method: 'DELETE' }))

export const marks = (from: number, to: number, signal?: Signal): Promise<{ marks: TimeMark[] }> =>
  json('/api/v1/marks' + query({ from: new Date(from).toISOString(), to: new Date(to).toISOString() }), { signal })
export const addMark = (time: number, kind: TimeMark['kind'], text: string): Promise<TimeMark> =>
  json('/api/v1/marks', { method: 'POST', body: { time: new Date(time).toISOString(), kind, text } })
export const deleteMark = async (id: number): Promise<void> => void (await send(`/api/v1/marks/${id}`, { method: 'DELETE' }))
