// SPDX-License-Identifier: Apache-2.0
// Server-sent events, read from the bytes as they come; and how long to wait before knocking again.

export interface ServerEvent {
  event: string
  data: string
}

const LONGEST = 4_000_000 // characters of one event; more is no event of ours, and memory is not endless

/** Takes pieces of the stream, gives whole events; comments (": still here") give none. Throws on an endless event. */
export class EventReader {
  #rest = ''
  #end = '' // of what came, where the end of an event may begin
  constructor(readonly longest = LONGEST) {}

  read(piece: string): ServerEvent[] {
    this.#rest += piece
    const looked = this.#end + piece
    this.#end = looked.slice(-2)
    // A large event comes in many pieces: it is looked through once.
    if (this.#rest.length <= this.longest && !/\n\r?\n/.test(looked)) return []
    const blocks = this.#rest.split(/\r?\n\r?\n/)
    this.#rest = blocks.pop() ?? ''
    if (this.#rest.length > this.longest) throw new Error('an event without end')
    return blocks.flatMap((block) => {
      let event = 'message'
      const data: string[] = []
      for (const line of block.split(/\r?\n/)) {
        const m = /^(event|data): ?(.*)$/.exec(line)
        if (m?.[1] === 'event') event = m[2]!
        else if (m) data.push(m[2]!)
      }
      return data.length ? [{ event, data: data.join('\n') }] : []
    })
  }
}

/** 1, 2, 4 ... 30 s, less up to a quarter by chance, so that all screens do not return in one instant. @param chance 0 to 1 */
export function backOff(failures: number, chance: number): number {
  return Math.min(30_000, 1000 * 2 ** Math.max(0, failures - 1)) * (1 - 0.25 * chance)
}
