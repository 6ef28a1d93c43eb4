// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/state.h"

#include <gtest/gtest.h>

#include <cmath>

#include "castner/assess/combine.h"
#include "castner/assess/simulation.h"
#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "tests/support/root.h"

namespace castner::assess {
namespace {

constexpr const char* kOrifice = R"(
[plant]
name = "orifice"
units = "as_published"
[[variable]]
name = "F"
start = 2
[[variable]]
name = "DP"
start = 4
[[equation]]
name = "orifice"
residual = "DP - F^2"
[[measurement]]
tag = "PDI-1"
of = "DP"
sd = 0.05
)";

TEST(State, FollowsAFlowThatComesBackAfterAShutdown) {
  const auto plant = plant_file::read_plant(kOrifice, "plant.toml");
  ASSERT_TRUE(plant.has_value());
  PlantReconciler reconciler(*plant);
  for (const double reading : {4.0, -0.002, -0.002, 4.0, 4.0}) {  // 0.002 below zero while it is down
    const auto state = reconciler.reconcile({{.value = reading}}, {}, false);
    ASSERT_EQ(state.reconciliation.report.status, solve::Status::converged);
    EXPECT_NEAR(state.reconciliation.x[1], reading, 0.0021);
  }
}

constexpr const char* kMixer = R"(
[plant]
units = "as_published"
[[unit]]
name = "N1"
model = "node"
inlets = ["S1", "S2"]
outlets = ["S3"]
[[measurement]]
tag = "FI-1"
of = "S1.flow_mass"
sd = 2
[[measurement]]
tag = "FI-2"
of = "S2.flow_mass"
sd = 1
[[measurement]]
tag = "FI-3"
of = "S3.flow_mass"
sd = 2
[[covariance]]
tags = ["FI-2", "FI-1"]
correlation = 0.8
)";

TEST(State, CommonErrorsAreThoseOfTheInstrumentsNotTheirScatter) {
  const auto plant = plant_file::read_plant(kMixer, "plant.toml");
  ASSERT_TRUE(plant.has_value());
  PlantReconciler reconciler(*plant);
  const std::vector<Measured> readings{{.value = 100.0, .sd_random = 1.5}, {.value = 50.0}, {.value = 153.05}};
  const auto state = reconciler.reconcile(readings, {}, false);
  const auto& r = state.reconciliation;
  ASSERT_EQ(r.report.status, solve::Status::converged);
  // V = (6.25 1.6 0; 1.6 1 0; 0 0 4), a = (1 1 -1): V a = (7.85 2.6 -4), a'V a = 14.45, a'y = -3.05.
  const auto first = static_cast<std::size_t>(plant->measurements[0].variable);
  EXPECT_NEAR(r.x[first], 100.0 + 7.85 * 3.05 / 14.45, 1e-8);
  EXPECT_NEAR(r.estimates[first].sd, std::sqrt(6.25 - 7.85 * 7.85 / 14.45), 1e-8);
  EXPECT_NEAR(r.global_test.statistic, 3.05 * 3.05 / 14.45, 1e-8);
  const Traced flow{r.x[first], {{static_cast<int>(first), 1.0}}};
  EXPECT_NEAR(*mean_over_windows({{&state, flow}}, 1.0, "").sd, r.estimates[first].sd, 1e-8);
}

TEST(State, OneOfTwoThatGoTogetherMayBeMissing) {
  const auto plant = plant_file::read_plant(kMixer, "plant.toml");
  ASSERT_TRUE(plant.has_value());
  PlantReconciler reconciler(*plant);
  const auto state = reconciler.reconcile({{.value = 100.0}, {}, {.value = 153.0}}, {}, false);
  ASSERT_EQ(state.reconciliation.report.status, solve::Status::converged);
  const auto second = static_cast<std::size_t>(plant->measurements[1].variable);
  EXPECT_NEAR(state.reconciliation.x[second], 53.0, 1e-8);
  EXPECT_NEAR(state.reconciliation.estimates[second].sd, std::sqrt(8.0), 1e-8);
}

// Two ammeters of one make: of E1, and of E2, which stands still and is read as 0 A.
TEST(State, OneOfTwoThatGoTogetherMayBeIdle) {
  auto text = read_file(testing::root() + "/tests/cases/reconcile/electrolyser_flushed/plant.toml").value();
  const auto apart = plant_file::read_plant(text, "plant.toml");
  text += "[[covariance]]\ntags = ['I1', 'I2']\ncorrelation = 0.9\n";
  const auto together = plant_file::read_plant(text, "plant.toml");
  ASSERT_TRUE(apart && together) << (together ? "" : together.error().text());
  State states[2];
  for (const auto* plant : {&*apart, &*together}) {
    PlantReconciler reconciler(*plant);
    states[plant == &*together] = reconciler.reconcile(plant_readings(*plant), {}, false);
  }
  ASSERT_EQ(states[1].idle.size(), 1u);
  ASSERT_EQ(states[1].reconciliation.report.status, solve::Status::converged);
  for (std::size_t v = 0; v < states[0].reconciliation.estimates.size(); ++v) {
    const auto &one = states[0].reconciliation.estimates[v], &other = states[1].reconciliation.estimates[v];
    EXPECT_EQ(one.value, other.value);
    EXPECT_EQ(one.sd, other.sd);
  }
}

// FI-2 reads 20 too high, beyond what it has in common with FI-1: it goes out, and the others are as if it had never been read.
TEST(State, OneOfTwoThatGoTogetherMayBeEliminated) {
  const std::string node =
      "[[unit]]\nname = 'N2'\nmodel = 'node'\ninlets = ['S0']\noutlets = ['S2']\n"
      "[[measurement]]\ntag = 'FI-4'\nof = 'S0.flow_mass'\nsd = 1\n";
  const auto plant = plant_file::read_plant(kMixer + node, "plant.toml");
  ASSERT_TRUE(plant) << (plant ? "" : plant.error().text());
  PlantReconciler reconciler(*plant);
  const auto with = reconciler.reconcile({{.value = 100.0}, {.value = 70.0}, {.value = 150.4}, {.value = 50.2}}, {},
                                         false),
             without = reconciler.reconcile({{.value = 100.0}, {}, {.value = 150.4}, {.value = 50.2}}, {}, false);
  ASSERT_EQ(with.reconciliation.gross_errors.size(), 1u);
  EXPECT_EQ(with.reconciliation.gross_errors[0].index, 1);
  EXPECT_NEAR(with.reconciliation.gross_errors[0].size, 19.8, 0.5);
  for (std::size_t v = 0; v < with.reconciliation.estimates.size(); ++v) {
    EXPECT_NEAR(with.reconciliation.estimates[v].value, without.reconciliation.estimates[v].value, 1e-8);
    EXPECT_NEAR(with.reconciliation.estimates[v].sd, without.reconciliation.estimates[v].sd, 1e-8);
  }
}

// A reading so far off that nothing can be solved with it, or that counts as so sure that it bends all others to itself (a power at
// a hundredth, which had twelve sound meters accused), counted in steps: neither are the balances closed from everywhere with it
// before it is found, which of FI-1001 took 1200 steps, nor are the others accused one by one.
TEST(State, FindsASlipThatStandsOutWithoutLookingEverywhere) {
  const std::string file = testing::root() + "/plants/cell_room/plant.toml";
  const auto plant = plant_file::read_plant(read_file(file).value(), file);
  ASSERT_TRUE(plant.has_value());
  const auto x = simulate(*plant).result.x;
  struct Slip {
    const char* tag;
    double times, plus;
    bool leaks;
  };
  for (const auto& [tag, times, plus, leaks] :
       {Slip{"FI-1001", 0.1, 0.0, true}, Slip{"TI-1001", 1.0, 300.0, true}, Slip{"JI-1101", 0.01, 0.0, false},
        Slip{"JI-1101", 0.01, 0.0, true}, Slip{"FI-1205", 1e-3, 0.0, false}}) {
    SCOPED_TRACE(tag);
    std::vector<Measured> readings;
    for (const auto& m : plant->measurements) {
      const double value = x[static_cast<std::size_t>(m.variable)];
      readings.push_back({.value = m.tag == tag ? times * value + plus : value});
    }
    PlantReconciler reconciler(*plant);
    const auto state = reconciler.reconcile(readings, {}, leaks);
    const auto& r = state.reconciliation;
    ASSERT_EQ(r.report.status, solve::Status::converged) << r.report.advice.text;
    ASSERT_EQ(r.gross_errors.size(), 1u);
    EXPECT_TRUE(r.gross_errors[0].also_possible.empty());
    EXPECT_EQ(state.instruments[static_cast<std::size_t>(r.gross_errors[0].index)].tag, tag);
    EXPECT_LT(r.report.iterations, 500);
  }
}

}  // namespace
}  // namespace castner::assess
