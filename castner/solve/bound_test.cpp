// SPDX-License-Identifier: Apache-2.0
// An estimate that ends at a bound is as uncertain as without the bound, but for one that nothing can flow below.
#include <gtest/gtest.h>

#include <cmath>

#include "castner/solve/reconcile.h"
#include "tests/support/textbook_system.h"

namespace castner::solve {
namespace {

/// x1 comes out of x0 with an efficiency x2 between `low` and `high`.
Reconciliation with_efficiency(double in, double out, double low, double high) {
  auto f = [](auto x, auto r) {
    r[0] = x[1] - x[2] * x[0];
    return true;
  };
  testing::TextbookSystem<decltype(f)> system(testing::numbered({in, out, 0.9}), testing::numbered_equations(1), f);
  system.set_bounds(2, low, high);
  return reconcile(system, std::vector<MeasuredValue>{{0, in, 1.0}, {1, out, 1.0}}, {}, {},
                   std::vector<double>{in, out, 0.5 * (low + high)});
}

TEST(Bound, MakesNothingSurerThanItIsWithoutIt) {
  const auto out = with_efficiency(100.0, 102.0, 0.0, 1.0);
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_TRUE(out.estimates[2].at_limit);
  EXPECT_NEAR(out.estimates[0].value, 101.0, 1e-6);
  EXPECT_NEAR(out.estimates[0].sd, 1.0, 1e-6) << "what comes out says nothing of what goes in";
  EXPECT_NEAR(out.estimates[1].sd, 1.0, 1e-6);
  EXPECT_NEAR(out.estimates[2].sd, std::sqrt(2.0) / 101.0, 1e-6);
  const std::pair<int, double> both[] = {{0, 1.0}, {1, -1.0}};
  EXPECT_NEAR(*out.covariance->variance(both), 2.0, 1e-6) << "the loss is not 0 for sure";
  EXPECT_EQ(out.estimates[0].kind, Class::redundant) << "the test sees the bound";
}

TEST(Bound, InsideItChangesNothing) {
  const auto out = with_efficiency(100.0, 90.0, 0.0, 1.0), free = with_efficiency(100.0, 90.0, 0.0, 10.0);
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_FALSE(out.estimates[2].at_limit);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(out.estimates[i].sd, free.estimates[i].sd, 1e-9);
}

TEST(Bound, OfZeroIsAnAnswer) {
  const auto out = with_efficiency(100.0, -3.0, 0.0, 1.0);
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_TRUE(out.estimates[2].at_bound);
  EXPECT_FALSE(out.estimates[2].at_limit);
  EXPECT_EQ(out.estimates[2].sd, 0.0);
}

}  // namespace
}  // namespace castner::solve
