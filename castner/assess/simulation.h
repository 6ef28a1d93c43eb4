// SPDX-License-Identifier: Apache-2.0
/// A plant solved at its specifications, with the indicators of that state.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "castner/assess/assessment.h"
#include "castner/plant/plant.h"
#include "castner/solve/simulate.h"

namespace castner::assess {

struct PlantSimulation {
  /// result.undetermined has the states of streams without flow and of what is idle too: nothing says what is not there.
  solve::Simulation result;
  int missing = 0;                           ///< specifications that it takes to determine the rest
  std::map<std::string, Amount> indicators;  ///< without uncertainty: a simulation has none
  std::vector<int> idle;                     ///< plant.units that are out of service
  std::vector<int> specifications_left_out;  ///< of plant.specifications: they speak of what is idle
};

/// First values of a simulation: what is held, the file's [[start]]s, and the rest carried along the flow.
std::vector<double> first_values(const plant::Plant&, std::span<const solve::Held>);

[[nodiscard]] PlantSimulation simulate(const plant::Plant&);
/// With every unit running, whatever the plant file says of it.
[[nodiscard]] PlantSimulation simulate_running(const plant::Plant&);

}  // namespace castner::assess
