// SPDX-License-Identifier: Apache-2.0
// Tags as a tree by area, unit and kind, so that 600 cell voltages are one line that opens.

import { prettyUnit } from './units'

/** Where a tag belongs; null where nobody knows. */
export interface Placed {
  name: string
  area: string | null
  plant_unit: string | null
  plant_unit_title: string | null
  quantity: string | null
  source: string | null
  /** the unit of its numbers */
  unit: string
}
export interface Branch<T> {
  key: string
  name: string
  /** small beside the name */
  code: string
  /** all below it, in the order they came */
  items: T[]
  branches: Branch<T>[]
  /** its items that stand in no branch of their own */
  leaves: T[]
}
/** What branches without a name of the plant are called. */
export interface BranchWords {
  whole: string // of the plant as a whole: its key numbers
  elsewhere: string // in no plant file
  pushed: string // from no source
}

const FEW = 12 // leaves that need no branches of their own
const MOST_LOOSE = 24 // leaves of small branches that stand together instead

interface Name {
  name: string
  code?: string
}
type Level = (p: Placed, words: BranchWords) => Name | null

const isWhole = (p: Placed): boolean => p.name.startsWith('indicator') && p.area === null
/** "EI" of "EI-1101-001": what instruments of one kind begin with. */
const stem = (name: string): string => /^[^\d]*/.exec(name)![0].replace(/[-_.\s]+$/, '') || name
const upToLastPart = (name: string): string => name.replace(/[-_.]?[^-_.]*$/, '') || name

const LEVELS: readonly Level[] = [
  (p, words) => ({ name: isWhole(p) ? words.whole : (p.area ?? words.elsewhere) }),
  (p, words) => {
    if (isWhole(p)) return null
    if (p.area === null) return { name: p.source ?? words.pushed }
    return p.plant_unit === null ? null : { name: p.plant_unit_title ?? p.plant_unit, code: p.plant_unit }
  },
  (p) => (isWhole(p) ? null : { name: p.quantity ?? stem(p.name), code: p.quantity === null ? prettyUnit(p.unit) : '' }),
  (p) => (isWhole(p) || p.quantity !== null ? null : { name: upToLastPart(p.name) }),
]

interface Split<T> {
  branches: Branch<T>[]
  leaves: T[]
}

/** @param placed  of each item. Branches stand in the order of their first item, what no plant file knows last. */
export function treeOf<T>(items: readonly T[], placed: (item: T) => Placed, words: BranchWords): Branch<T>[] {
  const top = split(items, placed, words, 0, '').branches
  const isElsewhere = (b: Branch<T>): boolean => b.name === words.elsewhere
  return [...top.filter((b) => !isElsewhere(b)), ...top.filter(isElsewhere)]
}

function split<T>(items: readonly T[], placed: (item: T) => Placed, words: BranchWords, depth: number, above: string): Split<T> {
  const level = LEVELS[depth]
  if (!level || (depth > 1 && items.length <= FEW)) return { branches: [], leaves: [...items] }
  const branches = new Map<string, Branch<T>>()
  for (const item of items) {
    const at = level(placed(item), words)
    if (!at) return split(items, placed, words, depth + 1, above)
    const key = `${above}/${at.code ?? ''}/${at.name}`
    const branch = branches.get(key)
    if (branch) branch.items.push(item)
    else branches.set(key, { key, name: at.name, code: at.code ?? '', items: [item], branches: [], leaves: [] })
  }
  if (branches.size === 1 && depth > 1) return split(items, placed, words, depth + 1, above)
  const all = [...branches.values()]
  for (const b of all) Object.assign(b, split(b.items, placed, words, depth + 1, b.key))
  return depth > 1 ? withFewLoose(all) : { branches: all, leaves: [] }
}

/** Small branches are no help beside a large one: what is in them stands as it is, if that is not much. */
function withFewLoose<T>(all: Branch<T>[]): Split<T> {
  const loose = all.filter((b) => b.items.length <= FEW).flatMap((b) => b.items)
  if (loose.length > MOST_LOOSE) return { branches: all, leaves: [] }
  return { branches: all.filter((b) => b.items.length > FEW), leaves: loose }
}
