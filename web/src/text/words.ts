// SPDX-License-Identifier: Apache-2.0
// Looks words up: t('age', { age: '3 min' }).
import type { Lang } from '../lib/format'
import { en, type Key, type Words } from './en'
import { zh } from './zh'

export type Say = (key: Key, values?: Record<string, string | number>) => string

const tables: Record<Lang, Words> = { en, zh }

export function sayIn(lang: Lang): Say {
  return (key, values = {}) => tables[lang][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** For keys that end with a word of the server: what it sends unknown to this page is shown as it is. */
export function sayCode(t: Say, head: string, code: string): string {
  const key = `${head}.${code}`
  return key in en ? t(key as Key) : code.replace(/_/g, ' ')
}

/** "E1.current_efficiency" is the current efficiency of E1. */
export function indicatorName(t: Say, name: string): string {
  const at = name.lastIndexOf('.')
  return at < 0 ? sayCode(t, 'indicator', name) : `${name.slice(0, at)}: ${sayCode(t, 'indicator', name.slice(at + 1))}`
}

/** What a person calls a tag: an instrument by its tag, what Castner computes by what it is. */
export function tagName(t: Say, name: string): string {
  if (name.startsWith('indicator:')) return indicatorName(t, name.slice('indicator:'.length))
  return name.replace(/^reconciled:/, '● ')
}
