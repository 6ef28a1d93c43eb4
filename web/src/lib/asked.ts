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

/** Quantities of a gas without its water vapour and with it. */
const PAIRS = [
  { dry: 'flow_vol_normal_dry', moist: 'flow_vol_normal' },
  { dry: 'flow_mass_dry', moist: 'flow_mass' },
]
const GASES = ['chlorine_gas', 'hydrogen_gas']

/** What flows where the meter is, as somebody picked it or the server makes it out; '' where nobody knows. */
function contentsAt(draft: Draft, pipes: readonly { name: string; contents: string | null }[], on: string): string {
  const picked = draft.pipes.find((p) => p.name === on)?.contents
  return picked || (pipes.find((p) => p.name === on)?.contents ?? '')
}

/** Whether a meter's flow is that of the dry part of a gas; null of anything else: of all that is weighed only a gas may be moist.
 *  @param pipes of the server's last look */
export function vapourOf(draft: Draft, pipes: readonly { name: string; contents: string | null }[], m: DraftMeter): 'dry' | 'moist' | null {
  const pair = PAIRS.find((p) => p.dry === m.quantity || p.moist === m.quantity)
  if (m.on === '' || !pair || (m.quantity === 'flow_mass' && !GASES.includes(contentsAt(draft, pipes, m.on)))) return null
  return pair.dry === m.quantity ? 'dry' : 'moist'
}
export const withVapour = (quantity: string, kind: 'dry' | 'moist'): string =>
  PAIRS.find((p) => p.dry === quantity || p.moist === quantity)?.[kind] ?? quantity
export const byMass = (quantity: string): boolean => quantity.startsWith('flow_mass')
