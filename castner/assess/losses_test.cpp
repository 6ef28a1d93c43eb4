// SPDX-License-Identifier: Apache-2.0
// Where the electricity goes: the parts stand beside the volts they come from, and make up the whole.
#include "castner/assess/losses.h"

#include <gtest/gtest.h>

#include <map>

#include "castner/assess/simulation.h"
#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "tests/support/root.h"

namespace castner::assess {
namespace {

TEST(Losses, EachPartIsItsOwnVoltsAndAllMakeUpThePower) {
  const std::string file = testing::root() + "/plants/cell_room/plant.toml";
  const auto plant = plant_file::read_plant(read_file(file).value(), file);
  ASSERT_TRUE(plant) << plant.error().text();
  auto x = simulate(*plant).result.x;
  ASSERT_EQ(x.size(), plant->flowsheet->variables().size());
  const auto apparatus = find_apparatus(*plant);
  const auto& e = apparatus.electrolysers.at(2);
  const auto at = [&](int v) -> double& { return x[static_cast<std::size_t>(v)]; };
  const double worn = 0.06;  // [V] as in an old membrane; nothing else is to change
  at(e.cell_voltage) += worn - at(e.wear);
  at(e.wear) = worn;
  at(e.dc_power) = at(e.cell_voltage) * at(e.current) * e.cells;

  std::map<std::string, double> power;
  for (const auto& l : losses(apparatus, x, ""))
    if (l.path == e.name) power[l.kind] = l.power.value;
  const double per_volt = at(e.current) * e.cells * at(e.current_efficiency), whole = at(e.dc_power);
  EXPECT_NEAR(power["reversible"], at(e.reversible) * per_volt, 1e-9 * whole);
  EXPECT_NEAR(power["anode"], at(e.anode) * per_volt, 1e-9 * whole);
  EXPECT_NEAR(power["cathode"], at(e.cathode) * per_volt, 1e-9 * whole);
  EXPECT_NEAR(power["membrane_gap"], (at(e.membrane) + worn) * per_volt, 1e-9 * whole);
  EXPECT_NEAR(power["metal"], at(e.metal) * per_volt, 1e-9 * whole);
  double sum = 0.0;
  for (const auto& [kind, value] : power) sum += value;
  EXPECT_EQ(power.size(), 6u);
  EXPECT_NEAR(sum, whole, 1e-8 * whole) << "to the solver's tolerance";
}

}  // namespace
}  // namespace castner::assess
