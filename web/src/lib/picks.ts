// SPDX-License-Identifier: Apache-2.0
// What the plant still lacks, in the words of the lists that it is picked from: first what is to be picked, then what else is wrong.
import type { Schemas } from '../api/schemas'
import { loosePipes, type Draft } from './sketch'

type Problem = Schemas['StartPlant']['problems'][number]

/** A pipe of which something is to be picked, with the meters that ask for it. */
export interface Pick {
  pipe: string
  what: 'ends' | 'contents' | 'medium'
  tags: string[]
  /** of a medium, the two that are possible, in words */
  mayBe?: [string, string]
}

/** The name of the unit or the pipe, or the tag of the meter, that a place in the plant file ("plant.toml:9") belongs to. */
export function aboutOf(plant: string, where: string): string | null {
  const line = Number(/:(\d+)$/.exec(where)?.[1])
  const lines = plant.split('\n')
  if (!line || line > lines.length) return null
  let first = line - 1
  while (first > 0 && !lines[first]!.startsWith('[')) first--
  const name = /^(?:name|tag) = (".*")$/.exec(lines[first + 1] ?? '')?.[1]
  return lines[first]!.startsWith('[[') && name !== undefined ? (JSON.parse(name) as string) : null
}

/** What to click against a problem: a key of the words, what fills its blanks, and in which table (2, 3, 4) the row stands that it is
 *  about. Known by place and key, for the cure is in either language. */
export interface Fix {
  key: 'unjoined' | 'inlets' | 'outlets' | 'parameter' | 'of' | 'sd' | 'data_unit' | 'in_2' | 'in_3' | 'in_4'
  name: string
  table: 2 | 3 | 4
  row: string
}

/** The pipes that a unit's block of the plant file names: also of one that the page does not show, where pipes meet. */
function pipesIn(draft: Draft, plant: string, where: string): string[] {
  const lines = plant.split('\n')
  let first = Number(/:(\d+)$/.exec(where)![1]) - 1
  while (first > 0 && !lines[first]!.startsWith('[[')) first--
  const length = lines.slice(first + 1).findIndex((l) => l.startsWith('['))
  const block = lines.slice(first, length < 0 ? lines.length : first + 1 + length)
  const named = block.filter((l) => /^(in|out)lets = /.test(l)).join(' ')
  return draft.pipes.map((p) => p.name).filter((name) => named.includes(JSON.stringify(name)))
}

/** Null where the problem lies in nothing that the page shows. */
export function fixOf(draft: Draft, plant: string, { where, what, cure }: Problem): Fix | null {
  const name = aboutOf(plant, where)
  if (name === null) return null
  const key = /^\w+(?= =)/.exec(plant.split('\n')[Number(/:(\d+)$/.exec(where)![1]) - 1]!)?.[0] ?? ''
  const as = (fix: Fix['key'], table: Fix['table'], row = name): Fix => ({ key: fix, name, table, row })
  if (draft.meters.some((m) => m.tag === name)) {
    if (key === 'of' || key === 'data_unit') return as(key, 3)
    return as(cure.includes('sd = ') ? 'sd' : 'in_3', 3)
  }
  if (draft.pipes.some((p) => p.name === name)) return as('in_4', 4)
  const unit = draft.units.find((u) => u.name === name)
  const pipes = pipesIn(draft, plant, where)
  if (!unit) return pipes.length > 0 ? { key: 'in_4', name: pipes.join(', '), table: 4, row: pipes[0]! } : null
  if (cure.includes('parameters') || key === 'parameters') return as(key === 'parameters' ? 'in_2' : 'parameter', 2)
  if (key === 'model' || key === 'name' || Object.keys(unit.parameters).some((p) => what.includes(p))) return as('in_2', 2)
  // All else of a unit is about its pipes: too few, too many, or what flows in them.
  const at = draft.pipes.find((p) => [p.from, p.to].some((end) => end === name || end.startsWith(`${name}.`)))?.name ?? pipes[0]
  const row = at ?? draft.pipes.find((p) => p.from === '' || p.to === '')?.name ?? ''
  if (cure.includes('inlets = [')) return as(at ? 'inlets' : 'unjoined', 4, row)
  if (cure.includes('outlets = [')) return as(at ? 'outlets' : 'unjoined', 4, row)
  return as(at ? 'in_4' : 'unjoined', 4, row)
}

/** Ports at which several pipes meet, as the list of ends has them. */
export function meetings(draft: Draft): { port: string; pipes: string[] }[] {
  const at = new Map<string, string[]>()
  for (const p of draft.pipes)
    for (const end of [p.from, p.to]) if (end.includes('.') && !end.startsWith('every ')) at.set(end, [...(at.get(end) ?? []), p.name])
  return [...at].filter(([, pipes]) => pipes.length > 1).map(([port, pipes]) => ({ port, pipes }))
}

/** What the server said of a draft, which may have changed since. */
export interface Looked {
  at: Draft
  plant: Schemas['StartPlant']
}

/** @param looked null before the server has looked at any */
export function leftToPick(draft: Draft, looked: Looked | null): { picks: Pick[]; others: Problem[] } {
  const tagsOn = (pipe: string): string[] => draft.meters.filter((m) => m.on === pipe).map((m) => m.tag)
  const picks: Pick[] = loosePipes(draft).map((p) => ({ pipe: p.name, what: 'ends', tags: tagsOn(p.name) }))
  for (const { name, may_be } of looked?.plant.pipes ?? []) {
    const [one, other] = may_be
    const pipe = draft.pipes.find((p) => p.name === name)
    if (one && other && pipe?.contents === '' && !picks.some((x) => x.pipe === name))
      picks.push({ pipe: name, what: 'medium', tags: tagsOn(name), mayBe: [one.title, other.title] })
  }
  const open = new Set(draft.pipes.filter((p) => p.contents === '').map((p) => p.name))
  const wereLoose = new Set(looked && loosePipes(looked.at).map((p) => p.name))
  const pipesOf = (problem: Problem): string[] => {
    const about = aboutOf(looked!.plant.plant, problem.where)
    const meter = draft.meters.find((m) => m.tag === about)
    if (meter) return open.has(meter.on) ? [meter.on] : []
    if (!problem.cure.includes('[[stream]]')) return []
    return [...open].filter((pipe) => problem.cure.includes(JSON.stringify(pipe)))
  }
  const others: Problem[] = []
  for (const problem of looked?.plant.problems ?? []) {
    const pipes = pipesOf(problem)
    if (pipes.length === 0) others.push(problem)
    for (const pipe of pipes)
      if (!wereLoose.has(pipe) && !picks.some((x) => x.pipe === pipe)) picks.push({ pipe, what: 'contents', tags: tagsOn(pipe) })
  }
  return { picks, others }
}
