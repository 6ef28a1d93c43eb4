// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/state.h"

#include <gtest/gtest.h>

#include "castner/plant_file/plant_file.h"

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

}  // namespace
}  // namespace castner::assess
