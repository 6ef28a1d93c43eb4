// SPDX-License-Identifier: Apache-2.0
// The one stream of what changes: newest readings, new balances, the state of the sources.
import { backOff, EventReader } from '../lib/sse'
import { ApiError, nobodySignedIn, query } from './request'
import type { Latest, LatestValue } from './schemas'
import { serverNow } from './server_clock'

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
    if (response.status === 401) nobodySignedIn()
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
