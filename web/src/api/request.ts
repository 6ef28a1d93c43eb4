// SPDX-License-Identifier: Apache-2.0
// One request to the server: its patience, its errors, who is signed in.
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

/** The whole answer: patience covers its last byte too, or a line that dies half-way would stop a page for ever. */
export async function send(path: string, o: Options = {}): Promise<Blob> {
  const method = o.method ?? 'GET'
  const headers: Record<string, string> = { Accept: o.accept ?? 'application/json' }
  if (o.body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== 'GET' && csrf) headers['X-CSRF-Token'] = csrf
  // One controller for both ends of patience, taken apart after each request: a page makes millions in a year.
  const control = new AbortController()
  const patience = o.patience ?? PATIENCE
  let late = false
  const giveUp = (): void => control.abort()
  const timer = setTimeout(() => {
    late = true
    control.abort()
  }, patience)
  o.signal?.addEventListener('abort', giveUp)
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store', signal: control.signal }
  if (o.body !== undefined) init.body = JSON.stringify(o.body)
  if (o.raw) {
    headers['Content-Type'] = 'application/octet-stream'
    init.body = o.raw
  }
  try {
    const response = await fetch(path, init)
    const body = await response.blob()
    if (!response.ok) await refuse(path, response, body)
    return body
  } catch (e) {
    if (e instanceof ApiError || o.signal?.aborted) throw e
    throw new ApiError(0, late ? `no answer within ${patience / 1000} s` : 'the server cannot be reached')
  } finally {
    clearTimeout(timer)
    o.signal?.removeEventListener('abort', giveUp)
  }
}

async function refuse(path: string, response: Response, body: Blob): Promise<never> {
  const problem = (await body
    .text()
    .then(JSON.parse)
    .catch(() => null)) as Partial<Schemas['Problem']> | null
  const wait = Number(response.headers.get('Retry-After'))
  if (response.status === 401 && path !== '/api/v1/session') nobodySignedIn()
  throw new ApiError(
    response.status,
    problem?.detail ?? response.statusText,
    (problem?.problems as ApiError['problems'] | undefined) ?? [],
    wait > 0 ? wait : null,
    problem?.choices ?? [],
  )
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
