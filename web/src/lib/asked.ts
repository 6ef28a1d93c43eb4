// SPDX-License-Identifier: Apache-2.0
// What the page Start asks of a meter because no header says it: gauge or absolute, dry gas or moist.
import type { Draft, DraftMeter } from './sketch'

/** Meters of a pressure of which nobody has said whether it is gauge or absolute: to a plant file "MPa" is absolute, to a person seldom. */
export function unclearPressures(draft: Draft): string[] {
  const says = /\([ag]\)$|(Pa|bar|psi)[ag]$/i // of itself
  const unclear = (m: DraftMeter): boolean =>
    m.on !== '' && /(^|\.)pressure$/.test(m.quantity) && m.unit.trim() !== '' && !m.absolute && !says.test(m.unit.trim())
  return draft.meters.filter(unclear).map((m) => m.tag)
}

/** The meter with what somebody said of its pressure; a header without a word then means the same. */
export function withPressure(m: DraftMeter, kind: 'gauge' | 'absolute'): DraftMeter {
  if (kind === 'absolute') return { ...m, absolute: true }
  const unit = `${m.unit.trim()}(g)`
  return { ...m, unit, dataUnit: unit }
}

const DRY = 'flow_vol_normal_dry'
const MOIST = 'flow_vol_normal'

/** Whether a flow of gas is that of its dry part; null of anything else. */
export const vapourOf = (quantity: string): 'dry' | 'moist' | null => (quantity === DRY ? 'dry' : quantity === MOIST ? 'moist' : null)
export const withVapour = (kind: 'dry' | 'moist'): string => (kind === 'dry' ? DRY : MOIST)
