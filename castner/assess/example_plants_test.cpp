// SPDX-License-Identifier: Apache-2.0
// The example plants, read from their files and simulated: they agree with what was published about them.
#include <gtest/gtest.h>

#include <string>

#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "castner/solve/simulate.h"
#include "tests/support/agreement.h"
#include "tests/support/root.h"

namespace castner {
namespace {

using testing::expect_agreement;

/// A plant file under plants/, solved with its specifications.
class Solved {
 public:
  explicit Solved(const std::string& file) {
    const std::string path = testing::root() + "/plants/" + file;
    const auto text = read_file(path);
    EXPECT_TRUE(text) << path;
    if (!text) return;
    auto read = plant_file::read_plant(*text, file);
    EXPECT_TRUE(read) << (read ? "" : read.error().text());
    if (!read) return;
    plant_ = std::move(*read);
    std::vector<std::pair<int, double>> known = plant_.parameters;
    for (const auto& s : plant_.specifications) known.emplace_back(s.variable, s.value);
    std::vector<solve::Held> held;
    for (const auto& [variable, value] : known) held.push_back({variable, value});
    simulation = solve::simulate(*plant_.flowsheet, held, plant_.flowsheet->initialise(known));
    EXPECT_EQ(simulation.report.status, solve::Status::converged)
        << file << ": " << simulation.report.advice.text << " " << simulation.report.advice.equation << " "
        << simulation.report.advice.variable;
  }
  double operator[](const std::string& path) const {
    const auto i = plant_.flowsheet->find(path);
    EXPECT_TRUE(i) << path;
    return i ? simulation.x[static_cast<std::size_t>(*i)] : 0.0;
  }
  double tonnes(const std::string& path) const { return (*this)[path] * 3.6; }  ///< [t/h] of a flow
  double celsius(const std::string& path) const { return (*this)[path] - 273.15; }

  solve::Simulation simulation;

 private:
  plant::Plant plant_;
};

TEST(ExamplePlants, GeankoplisEvaporator) {
  const Solved p("caustic_evaporator/geankoplis.toml");
  const std::string source = "geankoplis, with Olsson and IF97";  // 0.1 %
  expect_agreement({"Geankoplis, single effect", "simulate geankoplis.toml: steam kg/h", 3263.2,
                    p.tonnes("ST.flow_mass") * 1e3, 3.3, source});
  expect_agreement(
      {"Geankoplis, single effect", "simulate geankoplis.toml: area m2", 51.82, p["EV1.area"], 0.052, source});
  EXPECT_LE(p.simulation.report.iterations, 15);
}

TEST(ExamplePlants, McCabeEvaporator) {
  const Solved p("caustic_evaporator/mccabe.toml");
  const std::string source = "mccabe, with Olsson and IF97";  // 0.1 %
  expect_agreement({"McCabe, single effect", "simulate mccabe.toml: steam kg/h", 6980.2, p.tonnes("ST.flow_mass") * 1e3,
                    7.0, source});
  expect_agreement({"McCabe, single effect", "simulate mccabe.toml: area m2", 93.55, p["EV1.area"], 0.094, source});
  EXPECT_LE(p.simulation.report.iterations, 15);
}

TEST(ExamplePlants, ThreeEffectsInCounterCurrent) {
  const Solved p("caustic_evaporator/three_effects.toml");
  const std::string source = "domain-reference";
  // 0.1 % of every figure; temperatures and elevations, differences of such, to 0.05 K.
  const auto row = [&](const std::string& what, double published, double computed) {
    expect_agreement({"Domain 5.2, three effects", what, published, computed, 0.001 * published, source});
  };
  row("p1 kPa", 146.71, p["V1.pressure"] / 1e3);
  row("p2 kPa", 30.031, p["V2.pressure"] / 1e3);
  row("w2", 0.4169, p["L2.mass_frac.NaOH"]);
  row("w3", 0.3676, p["L3.mass_frac.NaOH"]);
  row("V1 kg/h", 4981, p.tonnes("V1.flow_mass") * 1e3);
  row("V2 kg/h", 4027, p.tonnes("V2.flow_mass") * 1e3);
  row("V3 kg/h", 5054, p.tonnes("V3.flow_mass") * 1e3);
  row("Q1 kW", 4025, p["EV1.duty"] / 1e3);
  row("Q2 kW", 3217, p["EV2.duty"] / 1e3);
  row("Q3 kW", 2680, p["EV3.duty"] / 1e3);
  row("area m2", 166.2, p["EV1.area"]);
  row("preheat III to II kW", 964, p["HX3.duty"] / 1e3);
  row("preheat II to I kW", 1141, p["HX2.duty"] / 1e3);
  row("steam kg/h", 7137, p.tonnes("ST.flow_mass") * 1e3);
  row("steam t/t NaOH", 0.571, p.tonnes("ST.flow_mass") / 12.5);
  row("economy", 1.97, (p["V1.flow_mass"] + p["V2.flow_mass"] + p["V3.flow_mass"]) / p["ST.flow_mass"]);
  const auto kelvin = [&](const std::string& what, double published, double computed) {
    expect_agreement({"Domain 5.2, three effects", what, published, computed, 0.05, source});
  };
  kelvin("T1 degC", 158.06, p.celsius("L50.temperature"));
  kelvin("T2 degC", 99.93, p.celsius("L2.temperature"));
  kelvin("T3 degC", 61.06, p.celsius("L3.temperature"));
  kelvin("BPE1 K", 47.38, p["EV1.boiling_point_elevation"]);
  kelvin("BPE2 K", 30.81, p["EV2.boiling_point_elevation"]);
  kelvin("BPE3 K", 22.06, p["EV3.boiling_point_elevation"]);
  kelvin("driving difference 1 K", 17.29, p["C1.temperature"] - p["L50.temperature"]);
  kelvin("driving difference 2 K", 10.75, p["C2.temperature"] - p["L2.temperature"]);
  kelvin("driving difference 3 K", 8.06, p["C3.temperature"] - p["L3.temperature"]);
  EXPECT_LE(p.simulation.report.iterations, 30);
}

TEST(ExamplePlants, CellRoomIsTheBaseCase) {
  const Solved p("cell_room/plant.toml");
  const std::string source = "domain-reference";
  const double brine = p.tonnes("BR.flow_mass");
  // 0.1 % of flows and 0.2 K of the caustic, which closes the heat balance.
  expect_agreement({"Domain 1.2, base case", "cell room: brine feed t/h", 137.525, brine, 0.138, source});
  expect_agreement(
      {"Domain 1.2, base case", "cell room: demineralised water t/h", 10.893, p.tonnes("DW.flow_mass"), 0.011, source});
  expect_agreement(
      {"Domain 1.2, base case", "cell room: Cl2 in wet gas t/h", 11.149, p.tonnes("CL.flow_mass.Cl2"), 0.011, source});
  expect_agreement(
      {"Domain 1.2, base case", "cell room: caustic in degC", 87.60, p.celsius("LF.temperature"), 0.2, source});
  expect_agreement({"Domain 1.2, base case", "product t/h", 39.063, p.tonnes("LP.flow_mass"), 0.039, source});
  expect_agreement(
      {"Domain 1.2, base case", "caustic recirculation t/h", 221.5, p.tonnes("LR.flow_mass"), 0.2, source});
  expect_agreement({"Domain 1.2, base case", "strength of caustic feed", 0.305, p["LF.mass_frac.NaOH"], 1e-5, source});
  expect_agreement({"Domain 1.2, base case", "heat to the caustic feed kW", 206, p["HX201.duty"] / 1e3, 5,
                    source});  // 0.02 K of 232 t/h
  expect_agreement(
      {"Domain 1.2, base case", "cell room: H2 Nm3/h", 3648, p["HY.flow_vol_normal_dry"] * 3600, 7, source});
  for (const char* e : {"E1", "E2", "E3", "E4"}) {
    const std::string name = e;
    expect_agreement(
        {"Domain 1.2, base case", name + " cell voltage V", 3.0017, p[name + ".cell_voltage"], 0.001, source});
    expect_agreement({"Domain 1.2, base case", name + " terminal voltage V", 450, p[name + ".voltage"], 0.5, source});
    expect_agreement(
        {"Domain 1.2, base case", name + " current efficiency", 0.960, p[name + ".current_efficiency"], 1e-5, source});
  }
  double ac = 0.0;
  for (const char* r : {"R1", "R2", "R3", "R4"}) ac += p[std::string(r) + ".ac_power"];
  expect_agreement({"Domain 1.2, base case", "cell room: AC kWh/t NaOH", 2142.3, ac / 1e3 / 12.5, 1.0,
                    source});  // 1 mV of 3 V is 0.7
  // The train with its areas rounded to four digits, fed by the cell room: 0.2 %.
  expect_agreement(
      {"Domain 5.2, three effects", "cell room: steam kg/h", 7137, p.tonnes("ST.flow_mass") * 1e3, 14, source});
  expect_agreement({"Domain 5.2, three effects", "cell room: coefficient of EV3 W/(m2 K)", 2000,
                    p["EV3.heat_transfer_coefficient"], 4, source});
  EXPECT_LE(p.simulation.report.iterations, 40);
}

}  // namespace
}  // namespace castner
