// SPDX-License-Identifier: Apache-2.0
// Whoever is accused must explain what is wrong: a reading without which the rest ends where the model does explains nothing.
#include <gtest/gtest.h>

#include "castner/solve/reconcile.h"
#include "tests/support/textbook_system.h"

namespace castner::solve {
namespace {

/// A wet gas at pressure p carries one part in p of water, so that its flow x0 is that much larger dry, x1; x2 is the dry flow again.
Reconciliation wet_gas(double wet, double wet_again, double dry, double dry_again, double pressure, double highest) {
  auto variables = testing::numbered({wet, dry, dry_again, pressure});
  auto f = [](auto x, auto r) {
    r[0] = x[0] * x[3] - x[1] * (x[3] + 1.0);
    r[1] = x[1] - x[2];
    return true;
  };
  testing::TextbookSystem<decltype(f)> system(variables, testing::numbered_equations(2), f);
  system.set_bounds(3, 0.0, highest);
  const std::vector<MeasuredValue> readings{
      {0, wet, 1.0}, {0, wet_again, 1.0}, {1, dry, 0.5}, {2, dry_again, 0.5}, {3, pressure, 0.1}};
  return reconcile(system, readings, {}, {}, std::vector<double>{wet, dry, dry_again, pressure});
}

TEST(Explanation, IsNotAPressureAtTheEndOfTheModel) {
  // Both wet meters read as little as the dry ones: only an endless pressure makes that true.
  const auto out = wet_gas(100.0, 100.0, 100.0, 100.0, 5.0, 1e7);
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_EQ(out.gross_errors.size(), 2u);
  for (const auto& g : out.gross_errors) EXPECT_LE(g.index, 1) << "a wet meter";
  EXPECT_NEAR(out.estimates[0].value, 120.0, 1.0);
  EXPECT_NEAR(out.estimates[3].value, 5.0, 0.1);
  EXPECT_TRUE(out.used[4]);
}

TEST(Explanation, IsNotAPressureEqualToOneAtTheEndOfTheModel) {
  // The gauge is on the next pipe: x4 = x3, and the bound that holds both back may be that of either.
  auto variables = testing::numbered({100.0, 100.0, 100.0, 5.0, 5.0});
  auto f = [](auto x, auto r) {
    r[0] = x[0] * x[3] - x[1] * (x[3] + 1.0);
    r[1] = x[1] - x[2];
    r[2] = x[4] - x[3];
    return true;
  };
  testing::TextbookSystem<decltype(f)> system(variables, testing::numbered_equations(3), f);
  system.set_bounds(3, 0.0, 1000.0);
  system.set_bounds(4, 0.0, 1000.0005);
  const std::vector<MeasuredValue> readings{
      {0, 100.0, 1.0}, {0, 100.0, 1.0}, {1, 100.0, 0.5}, {2, 100.0, 0.5}, {4, 5.0, 0.1}};
  const auto out = reconcile(system, readings, {}, {}, std::vector<double>{100.0, 100.0, 100.0, 5.0, 5.0});
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_TRUE(out.used[4]);
  EXPECT_NEAR(out.estimates[4].value, 5.0, 0.1);
}

TEST(Explanation, IsAPressureThatIsWrong) {
  const auto out = wet_gas(110.0, 110.0, 100.0, 100.0, 5.0, 1e7);
  ASSERT_EQ(out.gross_errors.size(), 1u);
  EXPECT_EQ(out.gross_errors[0].index, 4);
  EXPECT_NEAR(out.estimates[3].value, 10.0, 0.5);
}

/// A rectifier: x0 amperes (read, and told by what they make, x4) at x1 volts take x2 of power at an efficiency x3, which nothing
/// else tells. The meter of power reads a share of what it should.
/// @param volts_twice  there is a second, coarser voltmeter
Reconciliation rectifier(double share, bool volts_twice = true) {
  const std::vector<double> truth{14500.0, 450.0, 6.7e6, 14500.0 * 450.0 / 6.7e6, 29000.0};
  auto f = [](auto x, auto r) {
    r[0] = (x[2] * x[3] - x[0] * x[1]) / 1e6;
    r[1] = x[4] - 2.0 * x[0];
    return true;
  };
  testing::TextbookSystem<decltype(f)> system(testing::numbered(truth), testing::numbered_equations(2), f);
  system.set_bounds(0, 0.0, 1e6);
  system.set_bounds(1, 0.0, 1e4);
  system.set_bounds(2, 0.0, 1e9);
  system.set_bounds(3, 0.0, 1.0);
  std::vector<MeasuredValue> readings{{0, truth[0], 0.003 * truth[0]},
                                      {1, truth[1], 0.002 * truth[1]},
                                      {2, share * truth[2], 0.005 * share * truth[2]},
                                      {4, truth[4], 0.01 * truth[4]}};
  if (volts_twice) readings.push_back({1, truth[1], 0.01 * truth[1]});
  return reconcile(system, readings, {}, {}, truth);
}

TEST(Explanation, MayBeAReadingThatOnlyABoundContradicts) {
  for (const double share : {0.5, 0.3, 0.1, 0.03, 0.01, 0.001}) {
    SCOPED_TRACE(share);
    const auto out = rectifier(share);
    ASSERT_EQ(out.report.status, Status::converged);
    ASSERT_EQ(out.gross_errors.size(), 1u);
    EXPECT_EQ(out.gross_errors[0].index, 2);
    EXPECT_TRUE(out.gross_errors[0].removed);
    EXPECT_NEAR(out.gross_errors[0].size, share * 6.7e6 - 14500.0 * 450.0, 0.02e6) << "at an efficiency of 1, at least";
    EXPECT_GT(out.gross_errors[0].size_sd, 0.01e6) << "as uncertain as current times voltage";
    EXPECT_NEAR(out.estimates[0].value, 14500.0, 5.0);
  }
  for (const double share : {0.5, 0.3, 0.1, 0.03, 0.01, 0.001}) {
    const auto out = rectifier(share, false);
    ASSERT_EQ(out.gross_errors.size(), 1u);
    EXPECT_TRUE(names(out.gross_errors[0], GrossError::Kind::bias, 2)) << share << " voltage or power";
  }
  EXPECT_TRUE(rectifier(0.98).gross_errors.empty()) << "an efficiency of 0.994";
}

}  // namespace
}  // namespace castner::solve
