// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/running.h"

#include <algorithm>

namespace castner::assess {
namespace {

std::string joined_names(const plant::Plant& plant, const std::vector<int>& variables) {
  std::string text;
  for (const int v : variables)
    text += (text.empty() ? "" : ", ") + plant.flowsheet->variables()[static_cast<std::size_t>(v)].name;
  return text;
}

/// @param given  held where it still has a meaning
Running running(const plant::Plant& plant, const plant::IdleSigns& signs, const std::vector<solve::Held>& given,
                bool keep_meaning) {
  Running r;
  std::vector<int> known;
  const auto parameters = plant.parameters.size();
  for (std::size_t i = 0; i < given.size(); ++i)
    if (keep_meaning || i < parameters) known.push_back(given[i].variable);
  if (signs.any()) r.idle = plant::idle_state(plant, signs, known);
  for (const auto& h : given)
    if (!r.idle.says_nothing(h.variable)) r.held.push_back(h);
  if (!r.idle.any()) return r;
  const auto variables = plant.flowsheet->variables();
  for (std::size_t v = 0; v < variables.size(); ++v) {
    if (r.idle.still[v]) r.held.push_back({static_cast<int>(v), 0.0});
    if (r.idle.without_meaning[v]) r.held.push_back({static_cast<int>(v), variables[v].start});
  }
  std::string equations;
  for (const auto& name : r.idle.left_out) equations += (equations.empty() ? "" : ", ") + name;
  if (!equations.empty())
    r.warnings.push_back("with what is idle these equations have no value and were left out: " + equations);
  return r;
}

std::vector<solve::Held> parameters_of(const plant::Plant& plant) {
  std::vector<solve::Held> held;
  for (const auto& [variable, value] : plant.parameters) held.push_back({variable, value});
  return held;
}

}  // namespace

std::vector<int> Running::units() const {
  std::vector<int> all;
  for (std::size_t u = 0; idle.any() && u < idle.units.size(); ++u)
    if (idle.units[u]) all.push_back(static_cast<int>(u));
  return all;
}

Running running_for_balances(const plant::Plant& plant, const plant::IdleSigns& signs) {
  auto held = parameters_of(plant);
  for (const auto& s : plant.specifications)
    if (s.reconcile) held.push_back({s.variable, s.value});
  return running(plant, signs, held, true);
}

Running running_for_simulation(const plant::Plant& plant) {
  auto held = parameters_of(plant);
  std::vector<plant::Seen> shown;
  for (const auto& s : plant.specifications) {
    held.push_back({s.variable, s.value});
    shown.push_back({s.variable, s.value, 0.0});
  }
  const auto words = plant::idle_by_key(plant);
  Running r = running(plant, plant::idle_signs(plant, words, shown), held, false);
  std::vector<int> left_out;
  for (std::size_t i = 0; i < plant.specifications.size(); ++i)
    if (const auto& s = plant.specifications[i]; r.idle.says_nothing(s.variable)) {
      r.specifications.push_back(static_cast<int>(i));
      if (s.value != 0.0) left_out.push_back(s.variable);
    }
  if (!left_out.empty())
    r.warnings.push_back("these specifications speak of what is idle and were left out: " +
                         joined_names(plant, left_out));
  return r;
}

}  // namespace castner::assess
