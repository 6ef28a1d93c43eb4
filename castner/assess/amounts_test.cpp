// SPDX-License-Identifier: Apache-2.0
// What an electrolyser made, where material is lost or gained in it.
#include "castner/assess/amounts.h"

#include <gtest/gtest.h>

#include "castner/assess/idle_for_tests.h"
#include "castner/assess/indicators.h"

namespace castner::assess::idle_tests {
namespace {

/// Indicators of electrolyser E1, with so much more caustic leaving it than its balance of mass has. [kg/s]
std::map<std::string, double> with_gain(double gained) {
  const auto plant = plant_of(text_of("plants/cell_room/plant.toml"));
  auto x = simulate(plant).result.x;
  for (const auto& u : plant.units)
    for (const auto& c : u.connections)
      if (u.name == "E1" && c.port == "catholyte")
        x[static_cast<std::size_t>(*plant.flowsheet->find(c.stream + ".flow_mass"))] += gained;
  std::map<std::string, double> all;
  for (const auto& i : indicators(plant, find_apparatus(plant), x))
    if (i.path.starts_with("E1.") && i.amount) all[i.path] = i.amount->value;
  return all;
}

TEST(NaohMade, IsNotWhatALeakBringsIn) {
  const auto closed = with_gain(0.0), open = with_gain(40.0);
  for (const char* path : {"E1.load", "E1.dc_energy_per_naoh", "E1.salt_per_naoh"})
    EXPECT_NEAR(open.at(path), closed.at(path), 1e-9 * closed.at(path)) << path;
}

TEST(NaohMade, IsWhatTheCurrentMakes) {
  const auto of = with_gain(0.0);
  const auto plant = plant_of(text_of("plants/cell_room/plant.toml"));
  const auto e = find_apparatus(plant).electrolysers.at(0);
  const auto x = simulate(plant).result.x;
  const double moles = x[static_cast<std::size_t>(e.current)] * e.cells / 96485.33212;
  EXPECT_NEAR(of.at("E1.load"), moles * 0.0399971 * of.at("E1.current_efficiency"), 1e-5 * of.at("E1.load"));
}

}  // namespace
}  // namespace castner::assess::idle_tests
