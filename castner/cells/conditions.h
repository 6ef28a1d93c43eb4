// SPDX-License-Identifier: Apache-2.0
/// What a cell's voltage depends on besides the cell, and the conditions at which cells are compared.
///
/// A voltage splits into three parts (docs/domain/electrolyser.md 2.1 to 2.3):
///   U = E_rev(T, w) + A + B g(j) - c_T (T - T_ref) + j [k - a_T (T - T_ref) + a_w (w - w_ref)]
/// E_rev is thermodynamics and never fitted. A is the overvoltage of both electrodes at the reference current density,
/// g(j) = asinh(j / 2 j0) - asinh(j_ref / 2 j0) its course with load, k the resistance at reference conditions.
#pragma once

namespace castner::cells {

struct Conditions {
  double current_density = 5e3;  ///< [A/m2]
  double temperature = 363.15;   ///< of the catholyte [K]
  double caustic = 0.32;         ///< mass fraction of the catholyte [1]
};

/// Resistance over temperature and strength: a_T = 1.8e-3 (1.0 to 2.5e-3) V m2/(kA K) and a_w = 4e-3 (2.5 to 6e-3)
/// V m2/(kA wt%), docs/domain/electrolyser.md 2.3: where an estimate begins. The sds are a third of the ranges.
inline constexpr double kResistancePerKelvin = 1.8e-6, kResistancePerKelvinSd = 0.5e-6;  ///< [Ohm m2/K]
inline constexpr double kResistancePerCaustic = 4e-4,
                        kResistancePerCausticSd = 1.2e-4;  ///< [Ohm m2], per mass fraction
/// How much less both electrodes take when warmer [V/K]: exchange currents go with temperature by some 35 kJ/mol, a guess, and
/// b E / (ln 10 R T2) - eta / T of both together is this. It moves the split of a voltage, not its sum.
inline constexpr double kElectrodePerKelvin = 0.9e-3;
/// Where an electrode's Tafel line bends to zero [A/m2]; docs/domain/electrolyser.md 2.2, both electrodes.
inline constexpr double kExchangeCurrentDensity = 100.0;

/// Reversible voltage of a cell [V] at 60 to 100 degC and 15 to 52 % NaOH (held at these ends beyond), with anolyte and
/// pressures of the base case of docs/domain/electrolyser.md 2.1: 18.5 % NaCl, 121.3 and 124.3 kPa, t_w = 4.
double reversible_voltage(const Conditions&);

/// g(j) of the file's formula [1]; 0 at the reference current density.
double electrode_course(double current_density, double reference_current_density);

}  // namespace castner::cells
