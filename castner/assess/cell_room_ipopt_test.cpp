// SPDX-License-Identifier: Apache-2.0
// The reconciliation of a whole cell room beside IPOPT: the same objective to 1e-6 relative, from noisy readings.
#include <gtest/gtest.h>

#include "tests/support/agreement.h"
#include "tests/support/cell_room.h"
#include "tests/support/ipopt_reference.h"
#include "tests/support/root.h"

namespace castner::assess {
namespace {

TEST(CellRoomIpopt, FindsTheSameObjective) {
  const auto room = testing::cell_room(testing::root());
  solve::Reconciler reconciler(room.system(), room.held);
  auto start = room.truth;
  for (unsigned seed = 1; seed <= 3; ++seed) {
    const auto readings = room.readings(seed);
    const auto ours = reconciler.reconcile(readings, room.leaks, start, {.eliminate = false});
    ASSERT_EQ(ours.report.status, solve::Status::converged) << ours.report.advice.text;
    EXPECT_LE(ours.report.iterations, 6) << "warm";
    const auto reference = testing::ipopt_reconcile(room.system(), readings, room.held, start, {.tolerance = 1e-9});
    ASSERT_TRUE(reference.solved);
    testing::expect_agreement({"IPOPT, plants/cell_room", "objective by IPOPT, seed " + std::to_string(seed),
                               reference.objective, ours.global_test.statistic, 1e-6 * reference.objective,
                               "ipopt, 3.11.9"});
    start = ours.x;
  }
}

}  // namespace
}  // namespace castner::assess
