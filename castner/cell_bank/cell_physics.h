// SPDX-License-Identifier: Apache-2.0
/// What one cell does: its reversible voltage, two electrodes by Butler and Volmer, and resistances that are not linear.
///
/// These are on purpose not the formulas by which Castner judges cells (`docs/domain/electrolyser.md` 2.2, 2.3), so that what is found in
/// a bank's voltages is not found because both think alike. Where no source is named a number is a guess, chosen so that the mean cell
/// meets the check values of 2.2 and 2.8 there: 2.256, 2.281, 2.333 V at 20, 100, 300 A/m2 and 3.00 V at 5386 A/m2, 88 degC and 32 %.
#pragma once

#include <algorithm>
#include <cmath>

namespace castner::cell_bank {

inline constexpr double kGasOverFaraday = 8.314462618 / 96485.33212;  ///< R/F [V/K]
inline constexpr double kReferenceTemperature = 361.15;               ///< [K], 88 degC
inline constexpr double kReferenceCaustic = 0.32;                     ///< mass fraction of NaOH
inline constexpr double kReferenceSalt = 0.185;                       ///< mass fraction of NaCl in the anolyte
inline constexpr double kReferenceDensity = 5386.0;                   ///< [A/m2], full load
inline constexpr double kReferencePressure = 122.8e3;                 ///< of both gases, absolute [Pa]

/// Where a cell works.
struct CellState {
  double temperature = kReferenceTemperature;  ///< [K]
  double caustic = kReferenceCaustic;          ///< mass fraction of NaOH in its catholyte
  double salt = kReferenceSalt;                ///< mass fraction of NaCl in its anolyte
};

/// Reversible voltage [V]: thermodynamics is one for all, so this is a polynomial through `docs/domain/electrolyser.md` 2.1, within 3 mV
/// from 60 to 100 degC, 28 to 36 % NaOH and 12 to 25 % NaCl. @param pressure of both gases, absolute [Pa]
inline double reversible_voltage(const CellState& s, double pressure = kReferencePressure) {
  const double t = s.temperature - kReferenceTemperature;    // [K]
  const double w = 100.0 * (s.caustic - kReferenceCaustic);  // [%]
  const double salt = 100.0 * (s.salt - kReferenceSalt);     // [%]
  const double of_state =
      2.2491 + t * (-1.18e-3 - 1.55e-5 * t) + w * (2.85e-3 - 1.15e-4 * w) + salt * (-3.82e-3 + 9.5e-5 * salt);
  if (pressure == kReferencePressure) return of_state;
  return of_state + kGasOverFaraday * s.temperature * std::log(pressure / kReferencePressure);
}

/// An electrode: its exchange current density goes with temperature as Arrhenius has it.
struct ElectrodeKinetics {
  double exchange;    ///< at 88 degC [A/m2]
  double forward;     ///< transfer coefficient of the wanted reaction
  double backward;    ///< and of the opposite one: not the same, so that this is no asinh
  double activation;  ///< over the gas constant [K]
};
inline constexpr ElectrodeKinetics kAnode{150.0, 1.70, 0.80, 4200.0};    ///< 42 mV a decade; range of 2.2: 30 to 45
inline constexpr ElectrodeKinetics kCathode{113.0, 1.15, 0.65, 5400.0};  ///< 62 mV a decade; range of 2.2: 40 to 120

/// Overvoltage [V] from Butler and Volmer with a limiting current density, by Newton from Tafel's line: at most four steps, two of
/// which are enough at load. @param density [A/m2], not negative  @param limiting [A/m2]; infinite: none
/// @param exchange at this temperature [A/m2]
inline double overvoltage(const ElectrodeKinetics& e, double exchange, double density, double limiting,
                          double temperature) {
  const double left = 1.0 - std::min(density / limiting, 0.995);  // of the reactant, at the surface
  const double wanted = density / exchange;
  double x = std::log1p(wanted / left) / e.forward;  // in RT/F
  for (int i = 0; i < 4; ++i) {
    const double there = left * std::exp(e.forward * x), back = std::exp(-e.backward * x);
    const double step = (there - back - wanted) / (e.forward * there + e.backward * back);
    x -= step;
    if (std::abs(step) < 1e-7) break;
  }
  return x * kGasOverFaraday * temperature;
}
inline double exchange_density(const ElectrodeKinetics& e, double temperature) {
  return e.exchange * std::exp(e.activation * (1.0 / kReferenceTemperature - 1.0 / temperature));
}
/// Of chloride at the anode [A/m2]: in proportion to what the anolyte holds.
inline double limiting_density(double salt) { return 22.0e3 * salt / kReferenceSalt; }

/// Area resistances [ohm m2] of the mean cell at 88 degC and 32 %: 65, 20 and 22.6 uohm m2, 2.2.
inline constexpr double kMembrane = 65.0e-6, kGap = 20.0e-6, kMetal = 22.6e-6;

/// How much the membrane resists, against 88 degC and 32 %: conduction between water clusters of which stronger caustic leaves fewer
/// (percolation, exponent 1.5), over a barrier that falls with temperature (Vogel, Fulcher and Tammann). Slope there -1.15 %/K, 4 % a
/// percent of NaOH, as 2.2 has it.
inline double membrane_factor(double temperature, double caustic) {
  constexpr double kBarrier = 298.0, kFrozen = 200.0;        // [K]
  constexpr double kWater = 0.22, kWaterPerCaustic = 0.587;  // volume fraction above the threshold, and its loss
  const double water = std::max(1.0 - kWaterPerCaustic / kWater * (caustic - kReferenceCaustic), 0.2);
  const double barrier = kBarrier * (1.0 / (temperature - kFrozen) - 1.0 / (kReferenceTemperature - kFrozen));
  return std::exp(barrier) / (water * std::sqrt(water));
}
/// How much the gap resists, against 88 degC and full load: caustic conducts better when warm, bubbles take room as the current grows.
inline double gap_factor(double temperature, double density) {
  const double bubbles = 0.92 + 0.08 * std::sqrt(density / kReferenceDensity);
  return bubbles / std::max(1.0 + 0.012 * (temperature - kReferenceTemperature), 0.3);
}
/// How much metal and contacts resist, against 88 degC: 0.35 %/K, between nickel and titanium.
inline double metal_factor(double temperature) { return 1.0 + 0.0035 * (temperature - kReferenceTemperature); }

/// Share of the reversible voltage that stands while a cell holds this share of the gases that make it: a plateau, then a fall as at the
/// end of a titration. 1 at 1.
inline double standing_share(double held) {
  constexpr double kHalf = 0.25 * 0.25;
  return (1.0 + kHalf) * held * held / (held * held + kHalf);
}
inline constexpr double kEmptyVoltage = 0.3;  ///< [V], of a cell whose gases are gone

}  // namespace castner::cell_bank
