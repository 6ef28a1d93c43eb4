// SPDX-License-Identifier: Apache-2.0
// The only file that talks to the server: requests with their errors, and the one stream of what changes.
import { backOff, EventReader } from '../lib/sse'
import type { components } from './types.gen'

type Schemas = components['schemas']
export type Overview = Schemas['Overview']
export type Plant = Schemas['Plant']
export type PlantUnit = Schemas['PlantUnit']
export type PlantStream = Schemas['PlantStream']
export type PlantInstrument = Schemas['PlantInstrument']
export type Energy = Schemas['Energy']
export type Loss = Schemas['Loss']
export type Finding = Schemas['Finding']
export type Amount = Schemas['Amount']
export type Sources = Schemas['Sources']
export type Gaps = Schemas['Gaps']
export type Tag = Schemas['Tags']['tags'][number]
export type Latest = Schemas['Latest']
export type LatestValue = Schemas['LatestValue']
export type Curve = Schemas['Curve']
export type Session = Schemas['Session']
export type Role = Schemas['Role']
export type Account = Schemas['Account']
export type Token = Schemas['Token']
export type MadeToken = Schemas['MadeToken']
export type Audit = Schemas['Audit']
export type Lang = 'en' | 'zh'

/** What went wrong: status 0 where the server could not be reached at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly problems: { where: string; what: string; cure: string }[] = [],
    readonly retryAfter: number | null = null,
  ) {
    super(detail)
  }
}

/** Asking again would get the same answer. */
export const isFinal = (e: ApiError): boolean => e.status >= 400 && e.status < 500 && e.status !== 429

let csrf: string | null = null
let clockAhead = 0 // ms the server's clock is ahead of this machine's
const signedOut = new Set<() => void>()

/** Called when the server says that nobody is signed in any more. Returns how to stop. */
export function onSignedOut(f: () => void): () => void {
  signedOut.add(f)
  return () => signedOut.delete(f)
}

/** The server's time [ms]: ages on the screen do not depend on this machine's clock. */
export const serverNow = (): number => Date.now() + clockAhead

interface Options {
  method?: string
  body?: unknown
  accept?: string
  signal?: AbortSignal | undefined
}

const PATIENCE = 30_000 // ms until a request counts as not answered

/** The whole answer: patience covers its last byte too, or a line that dies half-way would stop a page for ever. */
async function send(path: string, o: Options = {}): Promise<Blob> {
  const method = o.method ?? 'GET'
  const headers: Record<string, string> = { Accept: o.accept ?? 'application/json' }
  if (o.body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== 'GET' && csrf) headers['X-CSRF-Token'] = csrf
  // One controller for both ends of patience, taken apart after each request: a page makes millions in a year.
  const control = new AbortController()
  let late = false
  const giveUp = (): void => control.abort()
  const timer = setTimeout(() => {
    late = true
    control.abort()
  }, PATIENCE)
  o.signal?.addEventListener('abort', giveUp)
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store', signal: control.signal }
  if (o.body !== undefined) init.body = JSON.stringify(o.body)
  try {
    const response = await fetch(path, init)
    const body = await response.blob()
    if (!response.ok) await refuse(path, response, body)
    return body
  } catch (e) {
    if (e instanceof ApiError || o.signal?.aborted) throw e
    throw new ApiError(0, late ? `no answer within ${PATIENCE / 1000} s` : 'the server cannot be reached')
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
  if (response.status === 401 && path !== '/api/v1/session') signedOut.forEach((f) => f())
  throw new ApiError(
    response.status,
    problem?.detail ?? response.statusText,
    (problem?.problems as ApiError['problems'] | undefined) ?? [],
    wait > 0 ? wait : null,
  )
}

async function json<T>(path: string, o: Options = {}): Promise<T> {
  return JSON.parse(await (await send(path, o)).text()) as T
}

/** "?a=1&a=2"; null and undefined are left out. */
function query(values: Record<string, string | number | readonly string[] | null | undefined>): string {
  const q = new URLSearchParams()
  for (const [key, value] of Object.entries(values))
    if (value !== null && value !== undefined)
      for (const v of Array.isArray(value) ? (value as string[]) : [String(value)]) q.append(key, v)
  const text = q.toString()
  return text ? `?${text}` : ''
}

type Signal = AbortSignal | undefined

export async function overview(lang: Lang, signal?: Signal): Promise<Overview> {
  const o = await json<Overview>('/api/v1/overview' + query({ lang }), { signal })
  clockAhead = Date.parse(o.time) - Date.now()
  return o
}
export const plant = (lang: Lang, signal?: Signal): Promise<Plant> => json('/api/v1/plant' + query({ lang }), { signal })
export const energy = (lang: Lang, signal?: Signal): Promise<Energy> => json('/api/v1/energy' + query({ lang }), { signal })
export const sources = (signal?: Signal): Promise<Sources> => json('/api/v1/sources', { signal })
export const tags = (signal?: Signal): Promise<{ tags: Tag[] }> => json('/api/v1/tags', { signal })
/** Of the tags named, or of all. */
export const gaps = (from: number, to: number, signal?: Signal, names: readonly string[] = []): Promise<Gaps> =>
  json('/api/v1/gaps' + query({ tag: names, from: iso(from), to: iso(to) }), { signal })
export const reconcileNow = (lang: Lang): Promise<unknown> => json('/api/v1/assess' + query({ lang }), { method: 'POST' })

const iso = (ms: number): string => new Date(ms).toISOString()

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

// People.
export async function session(): Promise<Session> {
  return keep(await json<Session>('/api/v1/session'))
}
export async function signIn(name: string, password: string): Promise<Session> {
  return keep(await json<Session>('/api/v1/session', { method: 'POST', body: { name, password } }))
}
export async function signOut(): Promise<void> {
  await send('/api/v1/session', { method: 'DELETE' })
  csrf = null
}
function keep(s: Session): Session {
  csrf = s.csrf
  return s
}
export const changePassword = async (current: string, next: string): Promise<void> =>
  void (await send('/api/v1/session/password', { method: 'PUT', body: { current, new: next } }))

export const accounts = (signal?: Signal): Promise<{ accounts: Account[] }> => json('/api/v1/accounts', { signal })
export const addAccount = (a: Schemas['NewAccount']): Promise<Account> => json('/api/v1/accounts', { method: 'POST', body: a })
export const changeAccount = (name: string, change: { role?: Role; password?: string; disabled?: boolean }): Promise<Account> =>
  json(`/api/v1/accounts/${encodeURIComponent(name)}`, { method: 'PATCH', body: change })
export const deleteAccount = async (name: string): Promise<void> =>
  void (await send(`/api/v1/accounts/${encodeURIComponent(name)}`, { method: 'DELETE' }))

export const tokens = (signal?: Signal): Promise<{ tokens: Token[] }> => json('/api/v1/tokens', { signal })
export const addToken = (t: Schemas['NewToken']): Promise<MadeToken> => json('/api/v1/tokens', { method: 'POST', body: t })
export const deleteToken = async (id: number): Promise<void> => void (await send(`/api/v1/tokens/${id}`, { method: 'DELETE' }))
export const audit = (before: number | null, signal?: Signal): Promise<Audit> =>
  json('/api/v1/audit' + query({ limit: 100, before }), { signal })

// What changes.
export type LinkState = { up: true } | { up: false; since: number; retryAt: number }

interface Listeners {
  latest: (values: LatestValue[]) => void
  reconciliation: () => void
  sources: () => void
  link: (state: LinkState) => void
}

const SILENCE = 40_000 // ms; the server says something every 15 s, so this is a dead line
const ASLEEP = 10_000 // ms a one-second tick may be late before the machine must have slept

/** One stream for the whole page, which comes back by itself: after a restart, a dead line, a sleeping laptop. */
export class Feed {
  #listeners: { [K in keyof Listeners]: Set<Listeners[K]> } = {
    latest: new Set(),
    reconciliation: new Set(),
    sources: new Set(),
    link: new Set(),
  }
  #wanted = new Map<object, readonly string[]>()
  #names: readonly string[] = []
  #control: AbortController | null = null
  #failures = 0
  #retryAt = 0
  #heard = 0
  #ticked = Date.now()
  #timer: number | undefined
  state: LinkState = { up: true }

  start(): void {
    this.#timer ??= window.setInterval(() => this.#tick(), 1000)
    this.#connect()
  }
  stop(): void {
    window.clearInterval(this.#timer)
    this.#timer = undefined
    this.#drop()
  }
  on<K extends keyof Listeners>(what: K, f: Listeners[K]): () => void {
    this.#listeners[what].add(f)
    return () => this.#listeners[what].delete(f)
  }
  /** Asks for the newest readings of these tags until the function it returns is called. */
  want(names: readonly string[]): () => void {
    const owner = {}
    this.#wanted.set(owner, names)
    this.#renew()
    return () => {
      this.#wanted.delete(owner)
      this.#renew()
    }
  }
  knock(): void {
    this.#failures = 0
    if (!this.state.up) this.#connect()
  }

  #renew(): void {
    const names = [...new Set([...this.#wanted.values()].flat())].sort()
    if (names.join('\n') === this.#names.join('\n')) return
    this.#names = names
    if (this.#timer !== undefined) this.#connect()
  }
  #tick(): void {
    const now = Date.now()
    const slept = now - this.#ticked > ASLEEP
    this.#ticked = now
    if (slept || (this.state.up && this.#control && now - this.#heard > SILENCE)) this.#connect()
    else if (!this.#control && this.#retryAt > 0 && now >= this.#retryAt) this.#connect()
  }
  #drop(): void {
    this.#control?.abort()
    this.#control = null
  }
  #say(state: LinkState): void {
    this.state = state
    this.#listeners.link.forEach((f) => f(state))
  }
  #connect(): void {
    this.#drop()
    this.#retryAt = 0
    this.#heard = Date.now()
    const control = (this.#control = new AbortController())
    this.#read(control.signal).then(
      () => this.#lost(control),
      () => this.#lost(control),
    )
  }
  async #read(signal: AbortSignal): Promise<void> {
    const response = await fetch('/api/v1/stream' + query({ tag: this.#names }), {
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { Accept: 'text/event-stream' },
      signal,
    })
    if (response.status === 401) signedOut.forEach((f) => f())
    if (!response.ok || !response.body) throw new ApiError(response.status, response.statusText)
    this.#failures = 0
    if (!this.state.up) this.#back()
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    const events = new EventReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      this.#heard = Date.now()
      for (const e of events.read(value)) this.#hear(e.event, e.data)
    }
  }
  /** All may have changed while the line was down. */
  #back(): void {
    this.#say({ up: true })
    this.#listeners.reconciliation.forEach((f) => f())
    this.#listeners.sources.forEach((f) => f())
  }
  #hear(event: string, data: string): void {
    if (event === 'latest') {
      const values = (JSON.parse(data) as Latest).values
      this.#listeners.latest.forEach((f) => f(values))
    } else if (event === 'reconciliation') this.#listeners.reconciliation.forEach((f) => f())
    else if (event === 'sources') this.#listeners.sources.forEach((f) => f())
  }
  #lost(control: AbortController): void {
    if (control !== this.#control) return // another took its place
    this.#control = null
    this.#failures += 1
    this.#retryAt = Date.now() + backOff(this.#failures, Math.random())
    this.#say({ up: false, since: this.state.up ? serverNow() : this.state.since, retryAt: this.#retryAt })
  }
}
