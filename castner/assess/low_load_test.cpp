// SPDX-License-Identifier: Apache-2.0
// Meters whose sd is in % of the reading, at a tenth of what they read at load.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "castner/assess/simulation.h"
#include "castner/assess/state.h"
#include "castner/plant_file/plant_file.h"
#include "castner/solve/simulate.h"
#include "tests/support/cell_room.h"
#include "tests/support/root.h"

namespace castner::assess {
namespace {

/// The cell room with this share of its current and acid.
std::vector<double> at_load(const plant::Plant& plant, double share) {
  auto held = held_for_simulation(plant);
  const auto variables = plant.flowsheet->variables();
  for (auto& h : held) {
    const std::string& name = variables[static_cast<std::size_t>(h.variable)].name;
    if (name.ends_with(".current") || name == "HCL.flow_mass") h.value *= share;
  }
  const auto simulated = solve::simulate(*plant.flowsheet, held, first_values(plant, held));
  EXPECT_EQ(simulated.report.status, solve::Status::converged) << simulated.report.advice.text;
  return simulated.x;
}

TEST(LowLoad, MetersThatErrByAShareOfTheirSpanAreSoundWithTheirFloor) {
  const auto room = testing::cell_room(testing::root());
  const auto low = at_load(room.plant, 0.1);
  PlantReconciler reconciler(room.plant);
  constexpr int kDraws = 40;
  int accused = 0;
  for (unsigned seed = 1; seed <= kDraws; ++seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    std::vector<Measured> readings;
    for (const auto& m : room.plant.measurements) {
      const auto v = static_cast<std::size_t>(m.variable);
      const double sd = std::max(0.85 * m.uncertainty.sd(room.truth[v]), m.uncertainty.sd(low[v]));
      readings.push_back({.value = low[v] + sd * normal(random)});
    }
    const State state = reconciler.reconcile(readings, {}, true);
    ASSERT_EQ(state.reconciliation.report.status, solve::Status::converged) << seed;
    accused += !state.reconciliation.gross_errors.empty();
  }
  EXPECT_LE(accused, kDraws / 6);  // one in 20 is by chance, and few draws scatter
}

/// Whether a reading of an instrument that shows 10 kg/s at load is surer than meters are.
bool small(double reading, const std::string& keys) {
  const auto plant = plant_file::read_plant(R"([plant]
name = "pipe"
[[unit]]
name = "N1"
model = "node"
inlets = ["S1"]
outlets = ["S2"]
[[stream]]
name = "S1"
contents = "water"
[[stream]]
name = "S2"
contents = "water"
[[measurement]]
tag = "FI-1"
of = "S1.flow_mass"
unit = "kg/s"
)" + keys,
                                            "plant.toml");
  EXPECT_TRUE(plant) << plant.error().text();
  return PlantReconciler(*plant).reconcile({{.value = reading, .at_load = 10.0}}, {}, true).instruments.at(0).small;
}

TEST(LowLoad, AnSdInPerCentWithoutAFloorIsSaidToBeSmall) {
  EXPECT_TRUE(small(1.0, "sd = \"1 %\"\n"));
  EXPECT_FALSE(small(4.0, "sd = \"1 %\"\n"));
  EXPECT_FALSE(small(1.0, "sd = \"1 %\"\nsd_floor = 0.02\n"));
  EXPECT_FALSE(small(1.0, "sd = 0.03\n"));
}

TEST(ManyWrongAtOnce, AFewAreAccusedAndTheBalancesSaidToBeOpen) {
  const auto room = testing::cell_room(testing::root());
  std::vector<Measured> readings;
  for (std::size_t i = 0; const auto& y : room.readings(7)) {
    const double truth = room.truth[static_cast<std::size_t>(room.plant.measurements[i++].variable)];
    readings.push_back({.value = truth + 4.0 * (y.value - truth)});  // each errs by four times its sd
  }
  const auto r = PlantReconciler(room.plant).reconcile(readings, {}, true).reconciliation;
  ASSERT_EQ(r.report.status, solve::Status::converged);
  EXPECT_LE(r.gross_errors.size(), 8u);
  EXPECT_GE(r.gross_errors.size(), 1u);
  ASSERT_TRUE(r.after_elimination);
  EXPECT_FALSE(r.after_elimination->passed.value_or(true));
  EXPECT_TRUE(std::any_of(r.report.warnings.begin(), r.report.warnings.end(), [](const Warning& w) {
    return w.text.starts_with("the balances do not close even without");
  }));
}

}  // namespace
}  // namespace castner::assess
