// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/simulation.h"

#include <cmath>

#include "castner/assess/indicators.h"

namespace castner::assess {

PlantSimulation simulate(const plant::Plant& plant) {
  std::vector<std::pair<int, double>> known(plant.parameters);
  for (const auto& s : plant.specifications) known.emplace_back(s.variable, s.value);
  std::vector<solve::Held> held;
  for (const auto& [variable, value] : known) held.push_back({variable, value});

  PlantSimulation s{solve::simulate(*plant.flowsheet, held, plant.flowsheet->initialise(known)), {}};
  if (s.result.report.status != solve::Status::converged) return s;
  for (auto& w : plant::kink_warnings(plant, s.result.x)) s.result.report.warnings.push_back(std::move(w));
  for (const auto& i : indicators(plant, find_apparatus(plant), s.result.x)) {
    Amount a{std::nullopt, std::nullopt, i.unit};
    if (i.amount && std::isfinite(i.amount->value)) a.value = i.amount->value * i.scale;
    s.indicators[i.path] = a;
  }
  return s;
}

}  // namespace castner::assess
