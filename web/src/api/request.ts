// SPDX-License-Identifier: Apache-2.0
// One request to the server: its patience, its errors, who is signed in.
import { EventReader } from '../lib/sse'
import type { Schemas } from './schemas'

/** What went wrong: status 0 where the server could not be reached at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly problems: { where: string; what: string; cure: string }[] = [],
    readonly retryAfter: number | null = null,
    /** what may be chosen from, where the server asks back */
    readonly choices: NonNullable<Schemas['Problem']['choices']> = [],
  ) {
    super(detail)
  }
  /** Of a document that the server sent (RFC 9457). */
  static of(p: Partial<Schemas['Problem']> & { status: number; detail: string }, retryAfter: number | null = null): ApiError {
    return new ApiError(p.status, p.detail, (p.problems as ApiError['problems'] | undefined) ?? [], retryAfter, p.choices ?? [])
  }
}

/** Asking again would get the same answer. */
export const isFinal = (e: ApiError): boolean => e.status >= 400 && e.status < 500 && e.status !== 429
export const asApiError = (e: unknown): ApiError => (e instanceof ApiError ? e : new ApiError(0, String(e)))

let csrf: string | null = null
const signedOut = new Set<() => void>()

/** Every change carries the token of the session from now on; null forgets it. */
export function keepCsrf(token: string | null): void {
  csrf = token
}

/** Calls f whenever the server says that nobody is signed in any more. Returns how to stop. */
export function onSignedOut(f: () => void): () => void {
  signedOut.add(f)
  return () => signedOut.delete(f)
}

/** The server has just said so. */
export const nobodySignedIn = (): void => signedOut.forEach((f) => f())

export type Signal = AbortSignal | undefined

interface Options {
  method?: string
  body?: unknown
  /** a body as it is, instead of JSON */
  raw?: Blob
  /** ms until it counts as not answered */
  patience?: number
  accept?: string
  signal?: Signal
}

const PATIENCE = 30_000 // ms until a request counts as not answered

/** One controller for both ends of patience, taken apart after each request: a page makes millions in a year. */
async function patiently<T>(o: Options, f: (init: RequestInit, goOn: (ms: number) => void) => Promise<T>): Promise<T> {
  const method = o.method ?? 'GET'
  const headers: Record<string, string> = { Accept: o.accept ?? 'application/json' }
  if (o.body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== 'GET' && csrf) headers['X-CSRF-Token'] = csrf
  const control = new AbortController()
  let patience = o.patience ?? PATIENCE
  let late = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const goOn = (ms: number): void => {
    clearTimeout(timer)
    patience = ms
    timer = setTimeout(() => {
      late = true
      control.abort()
    }, ms)
  }
  goOn(patience)
  const giveUp = (): void => control.abort()
  if (o.signal?.aborted) giveUp()
  o.signal?.addEventListener('abort', giveUp)
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store', signal: control.signal }
  if (o.body !== undefined) init.body = JSON.stringify(o.body)
  if (o.raw) {
    headers['Content-Type'] = 'application/octet-stream'
    init.body = o.raw
  }
  try {
    return await f(init, goOn)
  } catch (e) {
    if (e instanceof ApiError || o.signal?.aborted) throw e
    throw new ApiError(0, late ? `no answer within ${patience / 1000} s` : 'the server cannot be reached')
  } finally {
    clearTimeout(timer)
    o.signal?.removeEventListener('abort', giveUp)
  }
}

/** The whole answer: patience covers its last byte too, or a line that dies half-way would stop a page for ever. */
export const send = (path: string, o: Options = {}): Promise<Blob> =>
  patiently(o, async (init) => {
    const response = await fetch(path, init)
    const body = await response.blob()
    if (!response.ok) await refuse(path, response, body)
    return body
  })

const LONG = 300_000 // ms: a large file takes its time on a slow line
const SILENCE = 40_000 // ms; the server says something every second, so this is a dead line
const LONGEST = 200_000_000 // characters of an event: a report of a year, in two languages

/** An answer that goes on, until its end. An error that `hear` throws ends it. */
export const events = (path: string, o: Options, hear: (event: string, data: string) => void): Promise<void> =>
  patiently({ ...o, accept: 'text/event-stream', patience: LONG }, async (init, goOn) => {
    const response = await fetch(path, init)
    if (!response.ok || !response.body) await refuse(path, response, await response.blob())
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    const read = new EventReader(LONGEST)
    for (;;) {
      goOn(SILENCE)
      const { done, value } = await reader.read()
      if (done) return
      for (const e of read.read(value)) hear(e.event, e.data)
    }
  })

async function refuse(path: string, response: Response, body: Blob): Promise<never> {
  const problem = (await body
    .text()
    .then(JSON.parse)
    .catch(() => null)) as Partial<Schemas['Problem']> | null
  const wait = Number(response.headers.get('Retry-After'))
  if (response.status === 401 && path !== '/api/v1/session') nobodySignedIn()
  throw ApiError.of({ status: response.status, detail: response.statusText, ...problem }, wait > 0 ? wait : null)
}

export async function json<T>(path: string, o: Options = {}): Promise<T> {
  return JSON.parse(await (await send(path, o)).text()) as T
}

/** "?a=1&a=2"; null and undefined are left out. */
export function query(values: Record<string, string | number | readonly string[] | null | undefined>): string {
  const q = new URLSearchParams()
  for (const [key, value] of Object.entries(values))
    if (value !== null && value !== undefined)
      for (const v of Array.isArray(value) ? (value as string[]) : [String(value)]) q.append(key, v)
  const text = q.toString()
  return text ? `?${text}` : ''
}
