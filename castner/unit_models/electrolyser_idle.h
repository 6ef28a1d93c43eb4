// SPDX-License-Identifier: Apache-2.0
/// An electrolyser without current: no reaction and no gas; brine and caustic pass, and leave at one temperature.
#pragma once

#include <vector>

#include "castner/plant/layout.h"
#include "castner/plant/unit.h"

namespace castner::unit_models {

/// The variables of an electrolyser that its idle form speaks of.
struct IdleElectrolyser {
  std::vector<Variable> variables;
  plant::Port brine, caustic, anolyte, catholyte, chlorine, hydrogen;
  std::size_t current, current_density, dc_power, heat_loss;
  std::vector<plant::Equation> equations = {};
  int mass_balance = 0;

  /// The current density below which it counts as idle. A stopped electrolyser is kept polarised at 10 to 50 A/m2, which
  /// protects its coatings and makes nothing worth balancing (docs/domain/electrolyser.md); the least load at which one is
  /// run is 1500 A/m2.
  static constexpr double kLimit = 100.0;  // [A/m2]
  /// A cell under load has more than this: a healthy one 2.28 V at 100 A/m2 (docs/domain/electrolyser.md 2.8), a worn one
  /// up to a quarter of a volt more.
  static constexpr double kLoaded = 2.6;  // [V]
  /// No current flows below the reversible potential, 2.2 V; a leaking cell at load still has 2.1 V.
  static constexpr double kDecayed = 1.9;  // [V]

  void name_equations();

  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const;
};

/// The idle form, with the signs by which one sees it. @param voltages  of one cell, of all: [V] and their cells
plant::IdleForm idle_form(IdleElectrolyser, std::size_t cell_voltage, std::size_t voltage, double cells, double area);

}  // namespace castner::unit_models
