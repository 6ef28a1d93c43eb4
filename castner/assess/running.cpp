// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/running.h"

#include <algorithm>
#include <cmath>

#include "castner/plant/idle_choice.h"

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

/// Whether all that is specified of a group of its signs is 0.
bool specified_to_stand(const plant::Plant& plant, std::size_t u) {
  const auto& unit = plant.flowsheet->units()[u];
  const auto form = unit.unit->idle_form();
  return form && std::any_of(form->signs.begin(), form->signs.end(), [&](const auto& group) {
           int specified = 0, none = 0;
           for (const auto& sign : group)
             for (const auto& s : plant.specifications)
               if (s.variable == unit.variable[sign.variable]) ++specified, none += s.value == 0.0;
           return specified > 0 && none == specified;
         });
}

std::vector<solve::Held> held_of(const plant::Plant& plant, bool all) {
  std::vector<solve::Held> held;
  for (const auto& [variable, value] : plant.parameters) held.push_back({variable, value});
  for (const auto& s : plant.specifications)
    if (all || s.reconcile) held.push_back({s.variable, s.value});
  return held;
}

}  // namespace

std::vector<int> Running::units() const {
  std::vector<int> all;
  for (std::size_t u = 0; idle.any() && u < idle.units.size(); ++u)
    if (idle.units[u]) all.push_back(static_cast<int>(u));
  return all;
}

std::vector<solve::Held> held_for_balances(const plant::Plant& plant) { return held_of(plant, false); }
std::vector<solve::Held> held_for_simulation(const plant::Plant& plant) { return held_of(plant, true); }

Running running_for_balances(const plant::Plant& plant, const plant::IdleSigns& signs) {
  return running(plant, signs, held_for_balances(plant), true);
}

Running running_for_simulation(const plant::Plant& plant) {
  std::vector<plant::Seen> shown;
  std::vector<int> parameters;
  for (const auto& [variable, value] : plant.parameters) parameters.push_back(variable);
  for (const auto& s : plant.specifications) shown.push_back({.variable = s.variable, .value = s.value, .given = true});
  // What is specified is no evidence to be weighed: it is so.
  auto words = plant::idle_by_key(plant);
  for (std::size_t u = 0; u < words.size(); ++u)
    if (words[u] == plant::IdleWord::nothing && specified_to_stand(plant, u)) words[u] = plant::IdleWord::idle;
  auto signs = plant::IdleChooser(plant, parameters).choose(words, shown).signs;
  signs.stopped.clear();  // that they are 0 is specified
  Running r = running(plant, signs, held_for_simulation(plant), false);
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
