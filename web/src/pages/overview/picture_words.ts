// SPDX-License-Identifier: Apache-2.0
// What is written on each line of the picture. The server says where, and keeps that place free.
import type { Plant, PlantInstrument, PlantStream } from '../../api/schemas'
import { isAccused } from '../../components/states'
import { commonUnit } from '../../lib/flow'
import { sentence, shownSi, type Lang } from '../../lib/format'
import { href } from '../../lib/route'
import { unitForPeople } from '../../lib/units'

export const FONT = 12.5 // [px]

/** A stream with the instrument that meters it. */
export interface Stream {
  s: PlantStream
  instrument: PlantInstrument | undefined
  accused: boolean
}

export function streamsOf(plant: Plant): Stream[] {
  const byTag = new Map(plant.instruments.map((i) => [i.tag, i]))
  return plant.streams.map((s) => {
    const instrument = s.flow.tag === null ? undefined : byTag.get(s.flow.tag)
    return { s, instrument, accused: isAccused(instrument) }
  })
}

export const trendOf = (s: PlantStream): string => href('trends', { tag: s.flow.tag ?? `reconciled:${s.flow.path}` })

/** The unit that most flows have: it is said once, and left out on the lines. */
export function commonUnitOf(plant: Plant): string {
  const known = plant.streams.filter((s) => s.flow.value !== null)
  return commonUnit(known.map((s) => unitForPeople(s.flow.unit, s.flow.value!, s.flow.path).code))
}

export interface Words {
  name: string
  code: string // small beside the name
  marks: number // [px] of the circles before the name
  value: string // without its unit where it is the common one
  full: string // with its unit
}

/** @param unknown said where a flow is not known */
export function wordsOf({ s, instrument }: Stream, common: string, lang: Lang, unknown: string): Words {
  const unit = unitForPeople(s.flow.unit, s.flow.value ?? 0, s.flow.path)
  const flow = shownSi(s.flow.value, s.flow.sd, s.flow.unit, s.flow.path, lang, unit)
  const value = sentence(unit.code === common ? { ...flow, unit: '' } : flow) || unknown
  const marks = (s.flow.value === null ? 0 : 12) + (instrument ? 10 : 0)
  return { name: s.line.name, code: s.line.code, marks, value, full: sentence(flow) || value }
}
