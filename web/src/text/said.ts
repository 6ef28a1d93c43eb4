// SPDX-License-Identifier: Apache-2.0
// What the server says in English, in the language of the page: what is wrong with a device, why a request is refused. The first
// row whose English matches says it, by the rules that castner/words/said.cpp tells: what stands in quotes is kept together, what
// fills a blank stays as it came but in {blank:said}, {blank:role} and the end of {blank:names}, and what no row knows is taken apart at its joints.
import type { Lang } from '../lib/format'
import type { Key } from './en'
import { rows } from './said_rows'
import { zh } from './zh'

const BLANK = /\{(\w+(?::\w+)?)\}/
const plain = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

// What a blank matches, by its kind: quotes count as brackets in the first passage over the rows, as letters in the second.
const whole: Record<string, string> = {
  said: '(?:"[^"]*"|[^"])+?',
  name: '(?:"[^"]*"|;(?! )|[^";])+?',
  number: '\\d+',
  word: '(?:"[^"]*"|[^\\s"]+)',
  role: '\\S+',
}
const loose: Record<string, string> = { ...whole, said: '.+?', name: '(?:;(?! )|[^;])+?' }
for (const matches of [whole, loose]) matches.names = matches.name!

const patterns = [whole, loose].flatMap((matches) =>
  rows.map(([english, chinese]) => {
    const parts = english.split(BLANK)
    const blanks = parts.filter((_, i) => i % 2).map((blank) => blank.split(':'))
    const source = parts.map((part, i) => (i % 2 ? `(${matches[part.split(':')[1] ?? 'name']})` : plain(part))).join('')
    return { blanks, text: new RegExp(`^${source}$`, 's'), chinese }
  }),
)

/** "a, b" as Chinese lists it; a comma in a name that stands in quotes stays. */
const chineseList = (names: string): string => names.replace(/"[^"]*"|, /g, (part) => (part === ', ' ? '、' : part))

function content(kind: string | undefined, text: string): string {
  if (kind === 'names') return chineseList(text.replace(/^(.+) and (\d+) more$/s, '$1 以及另外 $2 项'))
  return kind === 'said' ? inChinese(text) : kind === 'role' ? (zh[`role.${text}` as Key] ?? text) : text
}

function byRow(text: string): string | null {
  for (const { blanks, text: pattern, chinese } of patterns) {
    const found = pattern.exec(text)
    if (!found) continue
    const said = new Map(blanks.map(([name, kind], i) => [name, content(kind, found[i + 1]!)]))
    return chinese.replace(/\{(\w+)\}/g, (_, name: string) => said.get(name)!)
  }
  return null
}

function inChinese(text: string): string {
  const whole = byRow(text)
  if (whole !== null) return whole
  const joints = [...text.matchAll(/"[^"]*"|[:;,] /g)].filter((m) => !m[0].startsWith('"')).map((m) => m.index)
  if (joints.length === 0) return text
  const at = joints.find((joint) => text[joint] !== ':' && byRow(text.slice(0, joint)) !== null) ?? joints[0]!
  const head = text.slice(0, at)
  return (text[at] === ':' ? head : (byRow(head) ?? head)) + text.slice(at, at + 2) + inChinese(text.slice(at + 2))
}

export function said(lang: Lang, text: string): string {
  return lang === 'zh' ? inChinese(text) : text
}
