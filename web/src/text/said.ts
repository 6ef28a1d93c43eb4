// SPDX-License-Identifier: Apache-2.0
// What the server says in English, in the language of the page: what is wrong with a device, why a request is refused. The first
// row whose English matches says it, and {blanks} are said in turn; what no row knows is taken apart at ": ", "; " or ", ", and what is
// left stays as it came: places, tags, numbers. castner/words/said.cpp tells the rules and does the same for terminal and report.
import type { Lang } from '../lib/format'
import type { Key } from './en'
import { rows } from './said_rows'
import { zh } from './zh'

const plain = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const patterns = rows.map(([english, chinese]) => {
  const parts = english.split(/\{(\w+)\}/)
  const source = parts.map((part, i) => (i % 2 ? '(.+?)' : plain(part))).join('')
  return { names: parts.filter((_, i) => i % 2), text: new RegExp(`^${source}$`, 's'), chinese }
})

function byRow(text: string): string | null {
  for (const p of patterns) {
    const found = p.text.exec(text)
    if (found) return p.chinese.replace(/\{(\w+)\}/g, (_, name: string) => inChinese(found[p.names.indexOf(name) + 1]!))
  }
  return zh[`role.${text}` as Key] ?? null
}

function inChinese(text: string): string {
  const whole = byRow(text)
  if (whole !== null) return whole
  const joints = [...text.matchAll(/[:;,] /g)].map((joint) => joint.index)
  if (joints.length === 0) return text
  const at = joints.find((joint) => byRow(text.slice(0, joint)) !== null) ?? joints[0]!
  const head = text.slice(0, at)
  return (byRow(head) ?? head) + text.slice(at, at + 2) + inChinese(text.slice(at + 2))
}

export function said(lang: Lang, text: string): string {
  return lang === 'zh' ? inChinese(text) : text
}
