// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/apparatus.h"

#include <algorithm>
#include <map>

#include "castner/base/check.h"

namespace castner::assess {
namespace {

/// Looks up a unit's own variables and those of its ports by path.
class Lookup {
 public:
  Lookup(const plant::Plant& plant, const plant::UnitEntry& unit) : plant_(plant), unit_(unit) {}
  int operator()(const std::string& name) const {
    const auto i = plant_.flowsheet->find(unit_.name + "." + name);
    check(i.has_value(), "a unit model has the variables its indicators are made of");
    return *i;
  }

 private:
  const plant::Plant& plant_;
  const plant::UnitEntry& unit_;
};

Electrolyser electrolyser(const Lookup& at, const plant::UnitEntry& unit) {
  return {.name = unit.name,
          .cells = unit.constants.at("cells"),
          .current = at("current"),
          .current_density = at("current_density"),
          .cell_voltage = at("cell_voltage"),
          .dc_power = at("dc_power"),
          .reversible = at("reversible_voltage"),
          .anode = at("anode_overvoltage"),
          .cathode = at("cathode_overvoltage"),
          .membrane = at("membrane_voltage"),
          .metal = at("metal_voltage"),
          .wear = at("wear_voltage"),
          .current_efficiency = at("current_efficiency"),
          .current_efficiency_chlorine = at("current_efficiency_chlorine"),
          .caustic_in = at("caustic.flow_mass"),
          .caustic_in_naoh = at("caustic.mass_frac.NaOH"),
          .caustic_out = at("catholyte.flow_mass"),
          .caustic_out_naoh = at("catholyte.mass_frac.NaOH"),
          .brine_in = at("brine.flow_mass"),
          .brine_in_nacl = at("brine.mass_frac.NaCl"),
          .anolyte = at("anolyte.flow_mass"),
          .anolyte_nacl = at("anolyte.mass_frac.NaCl"),
          .anolyte_hocl = at("anolyte.mass_frac.HOCl"),
          .anolyte_cl2 = at("anolyte.mass_frac.Cl2"),
          .chlorine = at("chlorine.flow_mass"),
          .chlorine_o2 = at("chlorine.mass_frac.O2"),
          .chlorine_h2o = at("chlorine.mass_frac.H2O")};
}

std::string stream_at(const plant::UnitEntry& unit, const std::string& port) {
  for (const auto& c : unit.connections)
    if (c.port == port) return c.stream;
  return {};
}

Evaporator evaporator(const Lookup& at, const plant::UnitEntry& unit) {
  return {.name = unit.name,
          .feed = at("feed.flow_mass"),
          .feed_naoh = at("feed.mass_frac.NaOH"),
          .feed_temperature = at("feed.temperature"),
          .product = at("product.flow_mass"),
          .product_naoh = at("product.mass_frac.NaOH"),
          .product_temperature = at("product.temperature"),
          .steam = at("steam.flow_mass"),
          .steam_temperature = at("steam.temperature"),
          .steam_pressure = at("steam.pressure"),
          .vapour = at("vapour.flow_mass"),
          .vapour_temperature = at("vapour.temperature"),
          .vapour_pressure = at("vapour.pressure"),
          .condensate = at("condensate.flow_mass"),
          .condensate_temperature = at("condensate.temperature")};
}

/// Whether liquor leaving `unit` reaches another evaporator further on.
bool reaches_evaporator(const plant::Plant& plant, std::string unit, const std::string& port) {
  for (std::size_t hop = 0; hop < plant.units.size(); ++hop) {
    const auto u = std::find_if(plant.units.begin(), plant.units.end(), [&](const auto& e) { return e.name == unit; });
    if (u == plant.units.end()) return false;
    if (hop > 0 && u->model == "caustic_evaporator") return true;
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

}  // namespace

Apparatus find_apparatus(const plant::Plant& plant) {
  Apparatus a;
  std::map<std::string, int> vapour_of;  // stream -> effect
  std::vector<std::string> steam_stream;
  for (const auto& unit : plant.units) {
    const Lookup at(plant, unit);
    if (unit.model == "electrolyser") a.electrolysers.push_back(electrolyser(at, unit));
    if (unit.model == "rectifier") a.rectifiers.push_back({unit.name, at("ac_power"), at("dc_power")});
    if (unit.model == "caustic_evaporator") {
      vapour_of[stream_at(unit, "vapour")] = static_cast<int>(a.evaporators.size());
      steam_stream.push_back(stream_at(unit, "steam"));
      a.evaporators.push_back(evaporator(at, unit));
      a.evaporators.back().last_product = !reaches_evaporator(plant, unit.name, "product");
    }
  }
  for (std::size_t i = 0; i < a.evaporators.size(); ++i) {
    const auto heater = vapour_of.find(steam_stream[i]);
    a.evaporators[i].heated_by = heater == vapour_of.end() ? -1 : heater->second;
    a.evaporators[i].live_steam = heater == vapour_of.end();
  }
  return a;
}

}  // namespace castner::assess
