// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/correlated.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "castner/solve/index.h"
#include "tests/support/linear_network.h"
#include "tests/support/textbook_system.h"

namespace castner::solve {
namespace {

using testing::LinearNetwork;

std::pair<int, double> of(int variable) { return {variable, 1.0}; }
double variance(const Reconciliation& r, int variable) {
  const auto unit = of(variable);
  return r.covariance->variance(std::span(&unit, 1)).value();
}

/// Two meters on one pipe, x1 = x2.
struct OnePipe {
  LinearNetwork system = LinearNetwork::dense({{1.0, -1.0}});
  std::vector<MeasuredValue> readings{{0, 10.0, 1.0}, {1, 13.0, 2.0}};
  Reconciliation with(double correlation, const ReconcileOptions& options = {.eliminate = false}) const {
    const std::vector<Covariation> together{{0, 1, correlation * 2.0}};
    return reconcile(system, readings, together, {}, {}, std::vector<double>{10.0, 13.0}, options);
  }
};

TEST(Correlated, TwoMetersOnOnePipeWeighByTheirCovariance) {
  const OnePipe pipe;
  for (const double rho : {-0.9, -0.3, 0.0, 0.3, 0.45}) {
    // Generalised least squares of one value: weights (s2^2 - c, s1^2 - c) over s1^2 + s2^2 - 2c, variance (s1^2 s2^2 - c^2) over it.
    const double c = 2.0 * rho, sum = 1.0 + 4.0 - 2.0 * c;
    const auto out = pipe.with(rho);
    ASSERT_EQ(out.report.status, Status::converged);
    EXPECT_NEAR(out.estimates[0].value, (10.0 * (4.0 - c) + 13.0 * (1.0 - c)) / sum, 1e-9) << rho;
    EXPECT_NEAR(out.estimates[0].sd, std::sqrt((4.0 - c * c) / sum), 1e-9) << rho;
    EXPECT_NEAR(out.global_test.statistic, 9.0 / sum, 1e-9) << rho;
    EXPECT_EQ(out.global_test.degrees_of_freedom, 1);
    EXPECT_EQ(out.estimates[0].kind, Class::redundant);
    EXPECT_NEAR(out.statistic[0], 3.0 / std::sqrt(sum), 1e-9);
    EXPECT_NEAR(out.statistic[1], 3.0 / std::sqrt(sum), 1e-9);
  }
}

TEST(Correlated, WithoutCorrelationNothingChanges) {
  const OnePipe pipe;
  const auto with = pipe.with(0.0), without = reconcile(pipe.system, pipe.readings, {}, {},
                                                        std::vector<double>{10.0, 13.0}, {.eliminate = false});
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(with.estimates[i].value, without.estimates[i].value, 1e-9);
    EXPECT_NEAR(with.estimates[i].sd, without.estimates[i].sd, 1e-9);
    EXPECT_NEAR(with.statistic[i], without.statistic[i], 1e-9);
    EXPECT_EQ(with.estimates[i].kind, without.estimates[i].kind);
  }
  EXPECT_NEAR(with.first_critical, without.first_critical, 1e-12);
}

TEST(Correlated, InfluenceOfAReadingIsWhatItMoves) {
  // x1 = x2; two transmitters of one calibration at x1, an independent one and another of that calibration at x2.
  const LinearNetwork s = LinearNetwork::dense({{1.0, -1.0}});
  const std::vector<MeasuredValue> readings{{0, 10.0, 1.0}, {1, 13.0, 2.0}, {0, 11.0, 0.5}, {1, 10.5, 1.5}};
  const std::vector<Covariation> together{{0, 2, 0.4 * 0.5}, {0, 3, 0.6 * 1.5}, {2, 3, 0.2 * 0.75}};
  const auto solved = [&](const std::vector<MeasuredValue>& y) {
    return reconcile(s, y, together, {}, {}, std::vector<double>{10.0, 13.0}, {.eliminate = false});
  };
  const auto before = solved(readings);
  const auto unit = of(0);
  const auto influence = before.covariance->influence(std::span(&unit, 1)).value();
  ASSERT_EQ(influence.size(), 4u);
  double all = 0.0;
  for (std::size_t k = 0; k < 4; ++k) {
    auto moved = readings;
    moved[k].value += 0.5;
    EXPECT_NEAR(solved(moved).estimates[0].value - before.estimates[0].value, 0.5 * influence[k], 1e-9) << k;
    all += influence[k];
  }
  EXPECT_NEAR(all, 1.0, 1e-9);
  const auto times = before.covariance->times(std::span(&unit, 1)).value();
  ASSERT_EQ(times.size(), 2u);
  EXPECT_NEAR(times[1], variance(before, 0), 1e-9) << "x2 is x1";
}

/// A random network of flows, some measured, the first three of these with errors in common: dense generalised least squares
/// with the balances as readings that are nearly exact is an independent way to the same numbers.
TEST(Correlated, RandomNetworksAgreeWithGeneralisedLeastSquares) {
  std::mt19937_64 random(8);
  std::uniform_real_distribution<double> uniform(0.5, 3.0), rho(-0.4, 0.9);
  for (int k = 0; k < 50; ++k) {
    // x5 = x1 + x2 + x3 + x4, all five measured; errors of x1, x2, x3 go together.
    const LinearNetwork s = LinearNetwork::dense({{1, 1, 1, 1, -1}});
    std::vector<MeasuredValue> readings;
    for (int i = 0; i < 5; ++i) readings.push_back({i, uniform(random) * (i == 4 ? 4.0 : 1.0), 0.1 * uniform(random)});
    std::vector<std::vector<double>> v(5, std::vector<double>(5, 0.0));
    for (std::size_t i = 0; i < 5; ++i) v[i][i] = readings[i].sd * readings[i].sd;
    std::vector<Covariation> together;
    const double common = rho(random);
    for (const auto& [i, j] : {std::pair(0, 1), std::pair(0, 2), std::pair(1, 2)}) {
      together.push_back({i, j, common * readings[at(i)].sd * readings[at(j)].sd});
      v[at(i)][at(j)] = v[at(j)][at(i)] = together.back().value;
    }
    // One balance a: the adjustments are -V a (a'V a)^-1 a'y, and so the variances V - V a a'V / a'V a.
    const std::vector<double> a{1, 1, 1, 1, -1};
    std::vector<double> va(5, 0.0);
    double ava = 0.0, e = 0.0;
    for (std::size_t i = 0; i < 5; ++i)
      for (std::size_t j = 0; j < 5; ++j) va[i] += v[i][j] * a[j];
    for (std::size_t i = 0; i < 5; ++i) ava += a[i] * va[i], e += a[i] * readings[i].value;
    if (!possible_together(readings, together)) continue;
    const auto out = reconcile(s, readings, together, {}, {}, std::vector<double>(5, 1.0), {.eliminate = false});
    ASSERT_EQ(out.report.status, Status::converged) << k;
    EXPECT_NEAR(out.global_test.statistic, e * e / ava, 1e-8 * (1.0 + e * e / ava)) << k;
    for (std::size_t i = 0; i < 5; ++i) {
      EXPECT_NEAR(out.estimates[i].value, readings[i].value - va[i] * e / ava, 1e-8) << k;
      EXPECT_NEAR(variance(out, static_cast<int>(i)), v[i][i] - va[i] * va[i] / ava, 1e-9) << k;
      // Every single error that shows is equally suspect where there is one balance.
      EXPECT_NEAR(out.statistic[i], std::abs(e) / std::sqrt(ava), 1e-7 * (1.0 + out.statistic[i])) << k;
    }
  }
}

TEST(Correlated, ABiasOfOneOfThemIsFoundAndRemoved) {
  // Three meters on one pipe and a fourth without: the second reads 5 too high, beyond what the first and third have with it.
  const LinearNetwork s = LinearNetwork::dense({{1, -1, 0, 0}, {0, 1, -1, 0}, {0, 0, 1, -1}});
  const std::vector<MeasuredValue> readings{{0, 10.1, 0.5}, {1, 15.0, 0.5}, {2, 9.9, 0.5}, {3, 10.0, 0.5}};
  const std::vector<Covariation> together{{0, 1, 0.5 * 0.25}, {0, 2, 0.5 * 0.25}, {1, 2, 0.5 * 0.25}};
  const auto out = reconcile(s, readings, together, {}, {}, std::vector<double>(4, 10.0));
  ASSERT_EQ(out.report.status, Status::converged);
  ASSERT_EQ(out.gross_errors.size(), 1u);
  const auto& g = out.gross_errors.front();
  EXPECT_EQ(g.kind, GrossError::Kind::bias);
  EXPECT_EQ(g.index, 1);
  EXPECT_TRUE(g.removed);
  EXPECT_NEAR(g.size, 5.0, 0.3);
  EXPECT_EQ(out.used, (std::vector<bool>{true, false, true, true}));
  // Without it the rest is as if it had never been read.
  const std::vector<MeasuredValue> rest{readings[0], readings[2], readings[3]};
  const std::vector<Covariation> of_rest{{0, 1, 0.5 * 0.25}};
  const auto clean = reconcile(s, rest, of_rest, {}, {}, std::vector<double>(4, 10.0));
  EXPECT_NEAR(out.estimates[0].value, clean.estimates[0].value, 1e-9);
  EXPECT_NEAR(out.estimates[0].sd, clean.estimates[0].sd, 1e-9);
  const auto unit = of(0);
  const auto influence = out.covariance->influence(std::span(&unit, 1)).value(),
             of_clean = clean.covariance->influence(std::span(&unit, 1)).value();
  EXPECT_NEAR(influence[0], of_clean[0], 1e-9);
  EXPECT_NEAR(influence[1], 0.0, 1e-9);
  EXPECT_NEAR(influence[2], of_clean[1], 1e-9);
  EXPECT_NEAR(influence[3], of_clean[2], 1e-9);
}

TEST(Correlated, WorksOnCurvedBalances) {
  // Two pressures of one calibration: their common error cancels in the difference that drives the flow.
  const testing::TextbookSystem s(testing::numbered({3.0, 5.0, 4.0}), {"orifice"}, [](auto x, auto r) {
    r[0] = x[1] - x[2] - 0.1 * x[0] * x[0];
    return true;
  });
  const std::vector<MeasuredValue> readings{{1, 5.0, 0.1}, {2, 4.0, 0.1}};
  const std::vector<double> start{3.0, 5.0, 4.0};
  const auto apart = reconcile(s, readings, {}, {}, start),
             together = reconcile(s, readings, std::vector<Covariation>{{0, 1, 0.99 * 0.01}}, {}, {}, start);
  ASSERT_EQ(together.report.status, Status::converged);
  EXPECT_NEAR(together.x[0], std::sqrt(10.0), 1e-8);
  EXPECT_NEAR(together.estimates[0].sd, apart.estimates[0].sd * std::sqrt(0.01), 1e-6);
  EXPECT_EQ(together.estimates[1].kind, Class::nonredundant);
}

TEST(Correlated, KnowsWhatNoErrorsCanBe) {
  const std::vector<MeasuredValue> readings{{0, 1.0, 1.0}, {1, 1.0, 1.0}, {2, 1.0, 1.0}};
  EXPECT_TRUE(possible_together(readings, std::vector<Covariation>{{0, 1, 0.9}, {1, 2, 0.9}, {0, 2, 0.9}}));
  EXPECT_FALSE(possible_together(readings, std::vector<Covariation>{{0, 1, 0.9}, {1, 2, 0.9}, {0, 2, -0.9}}));
  EXPECT_FALSE(possible_together(readings, std::vector<Covariation>{{0, 1, 1.0}}));
}

}  // namespace
}  // namespace castner::solve
