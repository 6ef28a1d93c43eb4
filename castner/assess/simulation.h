// SPDX-License-Identifier: Apache-2.0
/// A plant solved at its specifications, with the indicators of that state.
#pragma once

#include <map>
#include <string>

#include "castner/assess/assessment.h"
#include "castner/plant/plant.h"
#include "castner/solve/simulate.h"

namespace castner::assess {

struct PlantSimulation {
  solve::Simulation result;
  std::map<std::string, Amount> indicators;  ///< without uncertainty: a simulation has none
};

[[nodiscard]] PlantSimulation simulate(const plant::Plant&);

}  // namespace castner::assess
