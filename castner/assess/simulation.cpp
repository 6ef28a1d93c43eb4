// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/simulation.h"

#include <algorithm>
#include <cmath>

#include "castner/assess/combine.h"
#include "castner/assess/indicators.h"
#include "castner/assess/physical_reason.h"
#include "castner/assess/running.h"
#include "castner/base/suggest.h"
#include "castner/plant/outside.h"
#include "castner/solve/diagnose.h"
#include "castner/solve/undetermined.h"
#include "castner/unit_models/caustic_evaporator.h"

namespace castner::assess {

namespace {

/// Adds the states of streams without flow to what nothing determines, and says both. Their flow is zero, not what rounding
/// left of it.
void tell_undetermined(const plant::Plant& plant, const Running& running, PlantSimulation& s) {
  auto held = running.held;
  auto& open = s.result.undetermined;
  auto& x = s.result.x;
  const auto is_held = [&](int i) {
    return std::any_of(held.begin(), held.end(), [&](const auto& h) { return h.variable == i; });
  };
  std::vector<int> still;
  for (auto& stream : plant::streams_without_flow(plant, x)) {
    if (!is_held(stream.flow)) x[static_cast<std::size_t>(stream.flow)] = 0.0;
    std::erase_if(stream.states, is_held);
    if (stream.states.empty()) continue;
    const auto name = [&](int i) { return plant.flowsheet->variables()[static_cast<std::size_t>(i)].name; };
    s.result.report.warnings.push_back(stream.stream + " has no flow: nothing determines " +
                                       listed(stream.states, stream.states.size(), name));
    still.insert(still.end(), stream.states.begin(), stream.states.end());
  }
  for (std::size_t v = 0; running.idle.any() && v < x.size(); ++v)
    if (running.idle.without_meaning[v]) still.push_back(static_cast<int>(v));
  std::sort(still.begin(), still.end());
  still.erase(std::unique(still.begin(), still.end()), still.end());
  if (!std::includes(still.begin(), still.end(), open.variables.begin(), open.variables.end())) {
    for (const int i : still) held.push_back({i, x[static_cast<std::size_t>(i)]});
    const auto rest = solve::undetermined(running.flowsheet(plant), held, x);
    s.missing = rest.missing;
    if (s.missing > 0) s.result.report.warnings.push_back(solve::undetermined_warning(*plant.flowsheet, rest));
  }
  std::vector<int> all;
  std::set_union(still.begin(), still.end(), open.variables.begin(), open.variables.end(), std::back_inserter(all));
  open.variables = std::move(all);
}

}  // namespace

std::vector<double> first_values(const plant::Plant& plant, std::span<const solve::Held> held) {
  auto known = plant.starts;
  for (const auto& h : held) known.emplace_back(h.variable, h.value);
  return plant.flowsheet->initialise(known);
}

namespace {

/// Readings may cross, so that an estimate of the coefficient is below zero; what is asked for may not.
bool boils_with_colder_steam(const plant::Plant& plant, std::span<const double> x) {
  const auto effects = unit_models::every<unit_models::CausticEvaporatorAnatomy>(plant);
  return std::any_of(effects.begin(), effects.end(),
                     [&](const auto& e) { return x[static_cast<std::size_t>(e.heat_transfer_coefficient)] < 0.0; });
}

/// The plant as it runs, solved at what that holds.
PlantSimulation simulated(const plant::Plant& plant, const Running& running) {
  const plant::Flowsheet& flowsheet = running.flowsheet(plant);
  auto known = plant.starts;
  for (const auto& h : running.held) known.emplace_back(h.variable, h.value);
  PlantSimulation s{.result = solve::simulate(flowsheet, running.held, flowsheet.initialise(known))};
  s.idle = running.units();
  s.specifications_left_out = running.specifications;
  for (const auto& w : running.warnings) s.result.report.warnings.push_back(w);
  if (s.result.report.status == solve::Status::converged && boils_with_colder_steam(plant, s.result.x))
    s.result.report.status = solve::Status::infeasible;
  if (s.result.report.status != solve::Status::converged) {
    const bool ran = s.result.report.status != solve::Status::structurally_singular;
    if (auto reason = ran ? physical_reason(plant, s.result.x, running.held, s.idle) : std::nullopt)
      s.result.report.advice = *reason;
    return s;
  }
  tell_undetermined(plant, running, s);
  const auto& open = s.result.undetermined.variables;
  const auto rests_on_open = [&](const auto& part) {
    return part.second != 0.0 && std::binary_search(open.begin(), open.end(), part.first);
  };
  std::vector<double> sd(open.empty() ? 0 : s.result.x.size(), 0.0);  // what nothing determines leaves no limit
  for (const int v : open) sd[static_cast<std::size_t>(v)] = kUnbounded;
  for (auto& w : plant::kink_warnings(plant, s.result.x)) s.result.report.warnings.push_back(std::move(w));
  for (auto& w : plant::outside(plant, s.result.x, sd)) s.result.report.warnings.push_back(std::move(w));
  for (const auto& i : indicators(plant, find_apparatus(plant, s.idle), s.result.x)) {
    Amount a{std::nullopt, std::nullopt, i.unit};
    const bool told = i.amount && std::isfinite(i.amount->value) && clear_of_zero(i.per, plant, nullptr) &&
                      std::none_of(i.amount->gradient.begin(), i.amount->gradient.end(), rests_on_open);
    if (told) a.value = i.amount->value * i.scale;
    s.indicators[i.path] = a;
  }
  return s;
}

}  // namespace

PlantSimulation simulate(const plant::Plant& plant) { return simulated(plant, running_for_simulation(plant)); }

PlantSimulation simulate_running(const plant::Plant& plant) {
  return simulated(plant, {.idle = {}, .held = held_for_simulation(plant), .specifications = {}, .warnings = {}});
}

}  // namespace castner::assess
