// SPDX-License-Identifier: Apache-2.0
/// The hold-ups of an electrolyser's cells: salt, caustic and heat, by which strengths and temperature follow a load change
/// over minutes and hours.
///
/// Each cell holds a constant mass of anolyte (NaCl and water) and of catholyte (NaOH and water), well mixed, at one
/// temperature, with the heat of its metal. The hold-ups join the plant's own flowsheet, so that balances and voltage are
/// those of the electrolyser's model and only their rates are new.
/// Source docs/domain/dynamics.md 8.1, whose step of the load cell_dynamics_test.cpp repeats.
#pragma once

#include <vector>

#include "castner/plant/plant.h"
#include "castner/solve/integrate.h"

namespace castner::dynamics {

/// Of one cell; assumed in docs/domain/dynamics.md 8.1 for a cell of 2.7 m2.
struct CellHoldup {
  double anolyte = 75.0;         ///< [kg NaCl + H2O]
  double catholyte = 90.0;       ///< [kg NaOH + H2O]
  double heat_capacity = 120e3;  ///< of the metal [J/K]
};

/// Adds to every electrolyser "E" of the plant the variables E.salt_held, E.base_held [mol] and E.heat_held [J] with the
/// equations that define them. Before the flowsheet's first use.
/// @return the balances that these feed: none for a plant without electrolysers
std::vector<solve::Rate> add_cell_holdups(plant::Plant&, const CellHoldup& = {});

}  // namespace castner::dynamics
