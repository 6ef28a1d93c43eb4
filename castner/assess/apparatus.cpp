// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/apparatus.h"

#include <algorithm>
#include <map>
#include <string>

namespace castner::assess {
namespace {

using unit_models::CausticEvaporatorAnatomy;

std::string stream_at(const plant::UnitEntry& unit, const std::string& port) {
  for (const auto& c : unit.connections)
    if (c.port == port) return c.stream;
  return {};
}

bool is_idle(const plant::Plant& plant, const plant::UnitEntry& unit, const std::vector<int>& idle) {
  return std::any_of(idle.begin(), idle.end(),
                     [&](int u) { return plant.units[static_cast<std::size_t>(u)].name == unit.name; });
}

/// Whether liquor leaving `unit` reaches another evaporator further on; it passes through one that is idle.
bool reaches_evaporator(const plant::Plant& plant, std::string unit, const std::string& port,
                        const std::vector<int>& idle) {
  for (std::size_t hop = 0; hop < plant.units.size(); ++hop) {
    const auto u = std::find_if(plant.units.begin(), plant.units.end(), [&](const auto& e) { return e.name == unit; });
    if (u == plant.units.end()) return false;
    const bool effect = unit_models::is_a<CausticEvaporatorAnatomy>(*u);
    if (hop > 0 && effect && !is_idle(plant, *u, idle)) return true;
    std::string stream = hop == 0 || effect ? stream_at(*u, port) : "";
    if (hop > 0 && !effect)  // one way on: heat exchangers and single-outlet apparatus; a branching ends the search
      for (const auto& c : u->connections)
        if (!c.inlet) {
          if (!stream.empty()) return false;
          stream = c.stream;
        }
    const auto s =
        std::find_if(plant.streams.begin(), plant.streams.end(), [&](const auto& e) { return e.name == stream; });
    if (s == plant.streams.end() || s->to.empty()) return false;
    unit = s->to;
  }
  return false;
}

std::vector<Effect> find_effects(const plant::Plant& plant, const std::vector<int>& idle) {
  std::vector<Effect> all;
  std::map<std::string, int> vapour_of;  // stream -> effect
  std::vector<std::string> steam_stream;
  for (const auto& unit : plant.units) {
    const auto effect = unit_models::anatomy<CausticEvaporatorAnatomy>(plant, unit);
    if (!effect || is_idle(plant, unit, idle)) continue;
    vapour_of[stream_at(unit, "vapour")] = static_cast<int>(all.size());
    steam_stream.push_back(stream_at(unit, "steam"));
    all.push_back({*effect});
    all.back().last_product = !reaches_evaporator(plant, unit.name, "product", idle);
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto heater = vapour_of.find(steam_stream[i]);
    all[i].heated_by = heater == vapour_of.end() ? -1 : heater->second;
    all[i].live_steam = heater == vapour_of.end();
  }
  return all;
}

}  // namespace

Apparatus find_apparatus(const plant::Plant& plant, const std::vector<int>& idle) {
  Apparatus a{{}, find_effects(plant, idle), {}};
  for (const auto& unit : plant.units) {
    if (is_idle(plant, unit, idle)) continue;
    if (auto e = unit_models::anatomy<Electrolyser>(plant, unit)) a.electrolysers.push_back(std::move(*e));
    if (auto r = unit_models::anatomy<Rectifier>(plant, unit)) a.rectifiers.push_back(std::move(*r));
  }
  return a;
}

bool whole_stands_still(const plant::Plant& plant, const std::vector<int>& idle) {
  if (idle.empty()) return false;
  const Apparatus running = find_apparatus(plant, idle);
  return running.electrolysers.empty() && running.effects.empty() && !find_apparatus(plant).electrolysers.empty();
}

}  // namespace castner::assess
