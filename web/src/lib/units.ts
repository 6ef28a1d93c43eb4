// SPDX-License-Identifier: Apache-2.0
// Units as the plant file writes them ("t/h", "kA/m2", "degC"), what they are in SI, and which one people read.
// The grammar and the choice are those of castner/base/quantity.cpp and castner/report/units_for_people.cpp.

/** si = value * scale + offset */
export interface Unit {
  code: string
  scale: number
  offset: number
}

const ATOMS: Record<string, number> = {
  m: 1,
  g: 1e-3,
  t: 1e3,
  s: 1,
  min: 60,
  h: 3600,
  d: 86400,
  a: 31557600,
  mol: 1,
  K: 1,
  degC: 1,
  Pa: 1,
  bar: 1e5,
  atm: 101325,
  A: 1,
  V: 1,
  Ohm: 1,
  S: 1,
  W: 1,
  J: 1,
  L: 1e-3,
  Hz: 1,
  '%': 1e-2,
  ppm: 1e-6,
  lb: 0.45359237,
  kgce: 29.3076e6,
  '1': 1,
  Nm3: 101325 / (8.31446261815324 * 273.15), // an amount of gas, at 273.15 K and 101.325 kPa
}
const PREFIXES: Record<string, number> = { n: 1e-9, u: 1e-6, m: 1e-3, c: 1e-2, k: 1e3, M: 1e6, G: 1e9 }

function factor(text: string): number | null {
  const m = /^(Nm3|kgce|degC|%|1|[A-Za-z]+?)(\d?)$/.exec(text)
  if (!m) return null
  const symbol = m[1]!
  const power = m[2] ? Number(m[2]) : 1
  const atom = ATOMS[symbol]
  if (atom !== undefined) return atom ** power
  const prefix = PREFIXES[symbol[0]!]
  const base = ATOMS[symbol.slice(1)]
  return prefix !== undefined && base !== undefined ? (prefix * base) ** power : null
}

/**
 * Null where the unit is none that this page knows; it is then shown as the server sends it. A gauge pressure is one of them.
 * @param si what the server sends the number in: an Nm3 is an amount of gas, but of a normal volume, in m3, it is a cubic metre
 */
export function parseUnit(code: string, si = ''): Unit | null {
  if (/\bm3\b/.test(si) && code.includes('Nm3')) return { ...parseUnit(code.replace('Nm3', 'm3'))!, code }
  if (code === 'degC') return { code, scale: 1, offset: 273.15 }
  let scale = 1
  let divide = false
  for (const part of code.replace(/[()]/g, '').split(/([./])/)) {
    if (part === '/') divide = true
    else if (part !== '.') {
      const f = factor(part)
      if (f === null) return null
      scale *= divide ? 1 / f : f
    }
  }
  return { code, scale, offset: 0 }
}

const SHARES = ['mass_frac', 'current_efficiency', 'current_efficiency_chlorine', 'efficiency']

/** The unit people read for an SI number of about this size. @param about the path, as "S1.temperature" */
export function unitForPeople(si: string, typical: number, about = ''): Unit {
  const size = Math.abs(typical)
  const parts = about.split('.')
  const unit = (code: string, scale: number, offset = 0): Unit => ({ code, scale, offset })
  switch (si) {
    case 'kg/s':
      return size < 0.1 / 3.6 ? unit('kg/h', 1 / 3600) : unit('t/h', 1 / 3.6)
    case 'K':
      return about !== '' && !about.includes('temperature') ? unit('K', 1) : unit('degC', 1, 273.15)
    case 'Pa':
      return unit('kPa', 1e3)
    case 'W':
      return size >= 1e7 ? unit('MW', 1e6) : unit('kW', 1e3)
    case 'A':
      return size >= 1e3 ? unit('kA', 1e3) : unit('A', 1)
    case 'A/m2':
      return unit('kA/m2', 1e3)
    case 'J/kg':
      return unit('kJ/kg', 1e3)
    case 'm3/s':
      return unit('m3/h', 1 / 3600)
    case 'V':
      return size < 0.5 ? unit('mV', 1e-3) : unit('V', 1)
    case '1':
      return parts.some((p) => SHARES.includes(p)) ? unit('%', 1e-2) : unit('1', 1)
    default:
      return unit(si, 1)
  }
}

export const fromSi = (u: Unit, si: number): number => (si - u.offset) / u.scale

/** As people write it: "kWh/t", "m³/h", "°C"; nothing for a pure number. */
export function prettyUnit(code: string): string {
  if (code === '1') return ''
  return code
    .replace(/degC/g, '°C')
    .replace(/kW\.h/g, 'kWh')
    .replace(/Ohm/g, 'Ω')
    .replace(/([A-Za-z])2/g, '$1²')
    .replace(/([A-Za-z])3/g, '$1³')
    .replace(/\./g, '·')
}
