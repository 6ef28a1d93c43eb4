// SPDX-License-Identifier: Apache-2.0
#include "castner/unit_models/electrolyser_parameters.h"

#include "castner/base/quantity.h"

namespace castner::unit_models {

using namespace plant;

namespace {

/// One constant: its member, unit, default and description.
struct Row {
  const char* name;
  const char* unit;
  double& (*place)(ElectrolyserParameters&);
  std::optional<double> value;
  const char* about;
};
#define CASTNER_AT(MEMBER) [](ElectrolyserParameters& p) -> double& { return p.MEMBER; }

// Defaults are those of docs/domain/electrolyser.md 2.2, 2.4 and 2.5 for a zero-gap cell. Most of them are engineering
// knowledge, not measurements of a certain make: replace what the supplier or the plant's own data tell.
const std::vector<Row>& table() {
  static const std::vector<Row> rows{
      {"cells", "1", CASTNER_AT(cells), {}, "cells in series"},
      {"cell_area", "m2", CASTNER_AT(cell_area), {}, "active area of one cell"},
      {"anode_tafel_slope", "V", CASTNER_AT(anode.tafel_slope), 0.040,
       "per decade; DSA coating 0.030 to 0.045 V; assumed"},
      {"anode_exchange_current_density", "A/m2", CASTNER_AT(anode.exchange_current_density), 100.0,
       "chlorine on DSA; assumed"},
      {"cathode_tafel_slope", "V", CASTNER_AT(cathode.tafel_slope), 0.060,
       "per decade; activated nickel 0.04 to 0.12 V; assumed"},
      {"cathode_exchange_current_density", "A/m2", CASTNER_AT(cathode.exchange_current_density), 100.0,
       "hydrogen on activated nickel; assumed"},
      {"membrane_resistance", "Ohm.m2", CASTNER_AT(membrane_resistance), 6.5e-5,
       "at 88 degC and 32 % NaOH; 5.5e-5 to 8.5e-5; assumed"},
      {"membrane_temperature_coefficient", "K", CASTNER_AT(membrane_temperature_coefficient), 1500.0,
       "resistance goes as exp(this (1/T - 1/Tref)); assumed"},
      {"membrane_strength_coefficient", "1", CASTNER_AT(membrane_strength_coefficient), 4.0,
       "relative rise of resistance per mass fraction NaOH above 0.32; assumed"},
      {"gap_resistance", "Ohm.m2", CASTNER_AT(gap_resistance), 2.0e-5, "zero gap 2e-5, finite gap 5.5e-5; assumed"},
      {"metal_resistance", "Ohm.m2", CASTNER_AT(metal_resistance), 2.258e-5,
       "structure and contacts, 1.5e-5 to 3e-5; assumed"},
      {"reference_temperature", "K", CASTNER_AT(reference_temperature), 361.15, "at which the constants hold"},
      {"current_efficiency_loss_by_current", "A/m2", CASTNER_AT(loss_by_current), 30.0,
       "loss at low load, over current density; assumed"},
      {"current_efficiency_loss_by_strength", "1", CASTNER_AT(loss_by_strength), 10.0,
       "times the square of the mass fraction NaOH off 0.32; assumed"},
      {"current_efficiency_loss_by_weak_anolyte", "m3/kg", CASTNER_AT(loss_by_weak_anolyte), 4e-4,
       "per kg/m3 of NaCl below 190 kg/m3; assumed"},
      {"current_efficiency_loss_by_temperature", "1/K2", CASTNER_AT(loss_by_temperature), 5e-5,
       "times the square of the temperature off Tref; assumed"},
      {"oxygen_share", "1", CASTNER_AT(oxygen_share), 0.64,
       "of the hydroxide that crosses the membrane unmet by acid, what becomes oxygen; assumed"},
      {"hypochlorous_share", "1", CASTNER_AT(hypochlorous_share), 0.12,
       "what becomes hypochlorous acid; the rest becomes chlorate; assumed"},
      {"dissolved_chlorine", "1", CASTNER_AT(dissolved_chlorine), 0.0030,
       "Cl2 leaving dissolved in the anolyte, mol per mol of electrons; assumed"},
      {"water_transport_reference", "1", CASTNER_AT(water_transport_reference), 4.0,
       "water carried per sodium at 203 kg/m3 and 32 %; 3.0 to 4.6; assumed"},
      {"water_transport_by_anolyte", "m3/kg", CASTNER_AT(water_transport_by_anolyte), 0.010,
       "rise per kg/m3 of NaCl below 203; assumed"},
      {"water_transport_by_strength", "1", CASTNER_AT(water_transport_by_strength), -5.0,
       "rise per mass fraction NaOH above 0.32; assumed"},
  };
  return rows;
}
#undef CASTNER_AT

// At 5 kA/m2 and 2.96 V: 1.5 % of (voltage - 2.31 V) (docs/domain/electrolyser.md 2.6, remembered) is 49 W/m2; a wall of 60 K above
// the room loses about 120 W per m2 of cells (a guess). The sd is 1.7 % of the power, for heat that leaves as nobody measures it.
constexpr double kHeatLoss = 50.0, kHeatLossSd = 250.0;  // [W/m2]

}  // namespace

std::vector<ParameterInfo> electrolyser_parameter_list() {
  using Kind = ParameterInfo::Kind;
  std::vector<ParameterInfo> list;
  for (const auto& r : table()) list.push_back({r.name, r.unit, Kind::constant, r.value, r.about});
  list.push_back({.name = "wear_voltage",
                  .unit = "V",
                  .about = "voltage above that of the new cell: coatings, fouling, contacts",
                  .assumed = ParameterInfo::Assumed{0.1, 0.1}});
  list.push_back(
      {.name = "current_efficiency_loss",
       .unit = "1",
       .about = "loss of current efficiency at full load and best conditions; 0.034 when new, rising with age",
       .assumed = ParameterInfo::Assumed{0.05, 0.02}});
  list.push_back(
      {.name = "water_transport_offset",
       .unit = "1",
       .about =
           "water per sodium beyond what the constants give; -1.0 to 0.6 by membrane (docs/domain/electrolyser.md 2.5)",
       .assumed = ParameterInfo::Assumed{0.0, 0.4, true, {}}});
  list.push_back(
      {.name = "heat_loss",
       .unit = "W",
       .about = "to the room; 1 to 2 % of (cell voltage - 2.31 V) times the current of all cells, to 2 % of the power "
                "with ways that nothing measures",
       .assumed = ParameterInfo::Assumed{kHeatLoss, kHeatLossSd, true, {"cells", "cell_area"}}});
  return list;
}

Result<ElectrolyserParameters> electrolyser_parameters(const UnitSpec& spec) {
  ElectrolyserParameters p{};
  Error error;
  const auto refuse = [&](const std::string& name, const char* must) {
    error.problems.push_back({"", name + " = " + number_text(spec.constants.at(name)), must});
  };
  for (const auto& row : table()) row.place(p) = spec.constants.at(row.name);
  for (const char* name : {"cells", "cell_area", "anode_exchange_current_density", "cathode_exchange_current_density",
                           "reference_temperature"})
    if (!(spec.constants.at(name) > 0.0)) refuse(name, "give it a value above zero");
  for (const char* name : {"oxygen_share", "hypochlorous_share", "dissolved_chlorine"})
    if (const double v = spec.constants.at(name); !(v >= 0.0 && v <= 1.0)) refuse(name, "give it a value from 0 to 1");
  if (p.chlorate_share() < 0.0) refuse("oxygen_share", "oxygen_share and hypochlorous_share together are at most 1");
  if (!error.problems.empty()) return tl::unexpected(error);
  return p;
}

}  // namespace castner::unit_models
