// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/detectable.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "castner/solve/correlated.h"
#include "castner/solve/index.h"
#include "castner/solve/quantile.h"
#include "tests/support/linear_network.h"

namespace castner::solve {
namespace {

using testing::LinearNetwork;

/// x0 = x1 + x2, and x3 that nothing checks.
struct Junction {
  LinearNetwork system = LinearNetwork::dense({{1.0, -1.0, -1.0, 0.0}});
  std::vector<double> truth{10.0, 6.0, 4.0, 1.0}, sd{0.1, 0.1, 2.0, 0.1};
  std::vector<MeasuredValue> read(const std::vector<double>& error) const {
    std::vector<MeasuredValue> all;
    for (int i = 0; i < 4; ++i) all.push_back({i, truth[at(i)] + error[at(i)], sd[at(i)]});
    return all;
  }
  Reconciliation reconciled(const std::vector<double>& error, const ReconcileOptions& options = {}) const {
    return reconcile(system, read(error), {}, {}, truth, options);
  }
};

TEST(Detectable, IsWhatTheOthersSayAndItsOwnErrorTogether) {
  const Junction j;
  const auto r = j.reconciled({0.0, 0.0, 0.0, 0.0});
  // Three candidates: beta = 1 - 0.95^(1/3) = 0.016952, critical z 2.3877; Phi^-1(0.8) = 0.84162. The error of each shows in the one
  // balance, whose sd is sqrt(0.1^2 + 0.1^2 + 2^2) = 2.00499.
  const double smallest = (2.3877 + 0.84162) * 2.00499;
  for (int k = 0; k < 3; ++k) EXPECT_NEAR(r.smallest_seen[at(k)].value(), smallest, 1e-3) << k;
  EXPECT_FALSE(r.smallest_seen[3]) << "nothing checks it";
  EXPECT_TRUE(hardly_checked(r.smallest_seen[0], 0.1)) << "65 of its sd";
  EXPECT_FALSE(hardly_checked(r.smallest_seen[2], 2.0)) << "3.2 of its sd";
  EXPECT_TRUE(hardly_checked(std::nullopt, 0.1));
}

TEST(Detectable, TwoEqualMetersOnOnePipeCheckEachOther) {
  const LinearNetwork pipe = LinearNetwork::dense({{1.0, -1.0}});
  const std::vector<MeasuredValue> readings{{0, 10.0, 0.1}, {1, 10.0, 0.1}};
  // As strict as among a hundred candidates.
  const auto r = reconcile(pipe, readings, {}, {}, std::vector<double>{10.0, 10.0}, {.alpha_per_test = 5e-4});
  EXPECT_NEAR(r.smallest_seen[0].value(), (3.4808 + 0.8416) * std::sqrt(2.0) * 0.1, 1e-3);
  EXPECT_FALSE(hardly_checked(r.smallest_seen[0], 0.1));
}

TEST(Detectable, ASixtyTimesSurerMeterIsNotCheckedAtAll) {
  Junction j;
  j.sd[2] = 4.0;  // 3.23 * 4.0025 is 129 of 0.1
  const auto r = j.reconciled({0.0, 0.0, 0.0, 0.0});
  EXPECT_FALSE(r.smallest_seen[0]);
  EXPECT_TRUE(r.smallest_seen[2]);
}

TEST(Detectable, OfReadingsInACovarianceItIsThatOfTheirBias) {
  // What the other says of one of two meters whose errors go together is off by their difference: variance s1^2 + s2^2 - 2c.
  const LinearNetwork pipe = LinearNetwork::dense({{1.0, -1.0}});
  const std::vector<MeasuredValue> readings{{0, 10.0, 1.0}, {1, 10.0, 2.0}};
  const std::vector<Covariation> together{{0, 1, 0.8}};
  const auto r = reconcile(pipe, readings, together, {}, {}, std::vector<double>{10.0, 10.0});
  const double away = r.first_critical + normal_upper_quantile(0.2);
  for (std::size_t k = 0; k < 2; ++k)
    EXPECT_NEAR(r.smallest_seen[k].value(), away * std::sqrt(1.0 + 4.0 - 1.6), 1e-9) << k;
}

TEST(Detectable, ABoundChecksToOneSideOnlyAndSoDoesNotCount) {
  // x0 = x1 + x2 with x2 <= 5, which the readings would have at 5.3: x0 - x1 = 5 from then on, but only upwards.
  LinearNetwork system = LinearNetwork::dense({{1.0, -1.0, -1.0}});
  system.variable(2).high = 5.0;
  const std::vector<MeasuredValue> readings{{0, 10.3, 0.1}, {1, 5.0, 0.1}};
  const auto r = reconcile(system, readings, {}, {}, std::vector<double>{10.0, 5.0, 5.0});
  ASSERT_EQ(r.estimates[0].kind, Class::redundant);
  EXPECT_FALSE(r.smallest_seen[0]);
  EXPECT_FALSE(r.smallest_seen[1]);
}

TEST(Detectable, AnAccusedReadingIsOutAndChecksNobody) {
  const LinearNetwork pipes = LinearNetwork::dense({{1.0, -1.0, 0.0}, {0.0, 1.0, -1.0}});  // x0 = x1 = x2
  const std::vector<MeasuredValue> readings{{0, 20.0, 0.1}, {1, 10.0, 0.1}, {2, 10.0, 0.1}};
  const auto r = reconcile(pipes, readings, {}, {}, std::vector<double>{10.0, 10.0, 10.0});
  ASSERT_EQ(r.gross_errors.size(), 1u);
  ASSERT_TRUE(r.gross_errors[0].removed);
  EXPECT_FALSE(r.smallest_seen[0]) << "not in use";
  const double away = critical_z({}, 2) + normal_upper_quantile(0.2);
  EXPECT_NEAR(r.smallest_seen[1].value(), away * 0.1 * std::sqrt(2.0), 1e-9) << "the third alone checks it";
}

/// Shares of draws in which a reading that is off by a share of the smallest error seen is called.
double called(const Junction& j, int reading, double share, int draws) {
  std::mt19937_64 random(7);  // fixed: the shares below are of these draws
  std::normal_distribution<double> normal;
  const double smallest = j.reconciled({0.0, 0.0, 0.0, 0.0}).smallest_seen[at(reading)].value();
  int n = 0;
  for (int k = 0; k < draws; ++k) {
    std::vector<double> error;
    for (const double sd : j.sd) error.push_back(sd * normal(random));
    error[at(reading)] += (k % 2 ? 1.0 : -1.0) * share * smallest;
    const auto r = j.reconciled(error, {.eliminate = false});
    n += std::any_of(r.gross_errors.begin(), r.gross_errors.end(),
                     [&](const auto& g) { return names(g, GrossError::Kind::bias, reading); });
  }
  return static_cast<double>(n) / draws;
}

TEST(Detectable, AnErrorOfThatSizeIsCalledFourTimesOutOfFive) {
  const Junction j;
  constexpr int kDraws = 1500;  // a standard error of 0.010
  for (const int reading : {0, 1, 2}) {
    EXPECT_NEAR(called(j, reading, 1.0, kDraws), 0.8, 0.03) << reading;
    // A third of it moves z by 1.08, of a critical 2.39: Phi(-1.31) + Phi(-3.46).
    EXPECT_NEAR(called(j, reading, 1.0 / 3.0, kDraws), 0.095, 0.025) << reading;
  }
}

}  // namespace
}  // namespace castner::solve
