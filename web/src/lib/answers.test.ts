// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { costPerTonne, mainEnergy, tiles } from './answers'

const amount = (value: number | null, sd: number | null = 9) => ({ value, sd, unit: 'kW.h/t' })

it('electricity per tonne is AC where it is known, else DC', () => {
  const both = {
    indicators: { ac_energy_per_naoh: amount(2200), dc_energy_per_naoh: amount(2142) },
    day_before: { ac_energy_per_naoh: { value: 2150, unit: 'kW.h/t' } },
  }
  expect(mainEnergy(both)).toMatchObject({ name: 'ac_energy_per_naoh', delta: 50, same: false })
  expect(mainEnergy({ ...both, indicators: { ...both.indicators, ac_energy_per_naoh: amount(null) } })).toMatchObject({
    name: 'dc_energy_per_naoh',
    delta: null,
    same: false,
  })
  expect(mainEnergy({ indicators: {}, day_before: {} })).toBeNull()
})
it('a change within the uncertainty is no change', () => {
  expect(
    mainEnergy({ indicators: { dc_energy_per_naoh: amount(2142) }, day_before: { dc_energy_per_naoh: { value: 2135, unit: 'kW.h/t' } } })!
      .same,
  ).toBe(true)
})
it('tiles are the known ones, in a fixed order', () => {
  expect(
    tiles({
      indicators: { steam_per_naoh: amount(0.5), dc_energy_per_naoh: amount(1), load: amount(1), current_efficiency: amount(null) },
    }),
  ).toEqual(['dc_energy_per_naoh', 'steam_per_naoh'])
})
it("a tonne's electricity costs its energy times the price, and nobody knows it without one", () => {
  const cost = costPerTonne(amount(2200), 0.45 / 3.6e6)! // 0.45 a kWh: 2200 x 0.45, and 9 x 0.45
  expect(cost.value).toBeCloseTo(990, 9)
  expect(cost.sd).toBeCloseTo(4.05, 9)
  expect(costPerTonne(amount(2200), null)).toBeNull()
  expect(costPerTonne(amount(null), 1)).toBeNull()
})
