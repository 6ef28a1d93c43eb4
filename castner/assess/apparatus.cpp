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

/// Whether liquor leaving `unit` reaches another evaporator further on.
bool reaches_evaporator(const plant::Plant& plant, std::string unit, const std::string& port) {
  for (std::size_t hop = 0; hop < plant.units.size(); ++hop) {
    const auto u = std::find_if(plant.units.begin(), plant.units.end(), [&](const auto& e) { return e.name == unit; });
    if (u == plant.units.end()) return false;
    if (hop > 0 && unit_models::is_a<CausticEvaporatorAnatomy>(*u)) return true;
    std::string stream = hop == 0 ? stream_at(*u, port) : "";
    if (hop > 0)  // one way on: heat exchangers and single-outlet apparatus; a branching ends the search
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

std::vector<Effect> find_effects(const plant::Plant& plant) {
  std::vector<Effect> all;
  std::map<std::string, int> vapour_of;  // stream -> effect
  std::vector<std::string> steam_stream;
  for (const auto& unit : plant.units) {
    const auto effect = unit_models::anatomy<CausticEvaporatorAnatomy>(plant, unit);
    if (!effect) continue;
    vapour_of[stream_at(unit, "vapour")] = static_cast<int>(all.size());
    steam_stream.push_back(stream_at(unit, "steam"));
    all.push_back({*effect});
    all.back().last_product = !reaches_evaporator(plant, unit.name, "product");
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto heater = vapour_of.find(steam_stream[i]);
    all[i].heated_by = heater == vapour_of.end() ? -1 : heater->second;
    all[i].live_steam = heater == vapour_of.end();
  }
  return all;
}

}  // namespace

Apparatus find_apparatus(const plant::Plant& plant) {
  return {unit_models::every<Electrolyser>(plant), find_effects(plant), unit_models::every<Rectifier>(plant)};
}

}  // namespace castner::assess
