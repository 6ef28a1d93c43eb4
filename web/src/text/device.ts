// SPDX-License-Identifier: Apache-2.0
// Sources say in English what is wrong with a device: "10.0.0.7:1883: the broker does not answer". The rows device.* are patterns
// of these texts, so that a page says them in its language. What stands before ": " names a place and stays; a text that no
// row knows stays as it is.
import { en, type Key } from './en'
import type { Say } from './words'

interface Pattern {
  key: Key
  names: string[]
  text: RegExp
}

const plain = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function pattern(key: Key): Pattern {
  const parts = en[key].split(/\{(\w+)\}/)
  const source = parts.map((part, i) => (i % 2 ? '(.+)' : plain(part))).join('')
  return { key, names: parts.filter((_, i) => i % 2), text: new RegExp(`^${source}$`, 's') }
}

const patterns = (Object.keys(en) as Key[]).filter((key) => key.startsWith('device.')).map(pattern)

export function deviceText(t: Say, text: string): string {
  for (const p of patterns) {
    const found = p.text.exec(text)
    if (found === null) continue
    const values = p.names.map((name, i) => [name, name === 'why' ? deviceText(t, found[i + 1]!) : found[i + 1]!] as const)
    return t(p.key, Object.fromEntries(values))
  }
  const place = text.indexOf(': ')
  return place < 0 ? text : text.slice(0, place + 2) + deviceText(t, text.slice(place + 2))
}
