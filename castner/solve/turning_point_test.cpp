// SPDX-License-Identifier: Apache-2.0
// Where a curve has no slope, or an end: shut orifices, pumps above their shut-off head, readings that noise takes below zero.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "castner/solve/reconcile.h"
#include "castner/solve/simulate.h"
#include "tests/support/textbook_system.h"

namespace castner::solve {
namespace {

using testing::numbered;
using testing::TextbookSystem;

/// Two variables and one equation between them.
template <class Function>
Reconciliation reconciled(const std::vector<double>& start, const std::vector<MeasuredValue>& readings, Function f,
                          const ReconcileOptions& options = {}) {
  const TextbookSystem s(numbered(start), {"e1: residual"}, f);
  return reconcile(s, readings, {}, {}, start, options);
}

constexpr auto kOrifice = [](auto x, auto r) {
  r[0] = x[1] - 0.02 * x[0] * x[0];
  return true;
};

TEST(TurningPoint, OfAnOrificeIsLeftForAReadingBeyond) {
  const auto out = reconciled({0.0, 0.0}, {{1, 4.0, 0.1}}, kOrifice);
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_NEAR(std::abs(out.x[0]), std::sqrt(200.0), 1e-6);
  EXPECT_NEAR(out.global_test.statistic, 0.0, 1e-9);
}

TEST(TurningPoint, OfAnOrificeIsTheAnswerToANegativeReading) {
  const auto out = reconciled({10.0, 1.0}, {{1, -0.05, 0.1}}, kOrifice);
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_NEAR(out.x[0], 0.0, 1e-4);
  EXPECT_NEAR(out.x[1], 0.0, 1e-9);
  EXPECT_NEAR(out.global_test.statistic, 0.25, 1e-6);
  // dp may be 0.1, which Q = sqrt(0.1/0.02) makes.
  EXPECT_NEAR(out.estimates[0].sd, std::sqrt(5.0), 0.01);
  EXPECT_NEAR(out.estimates[1].sd, 0.1, 1e-6);
}

TEST(TurningPoint, OfAPumpIsTheAnswerToAHeadAboveItsShutOff) {
  const auto out = reconciled({10.0, 40.0}, {{1, 51.0, 0.5}}, [](auto x, auto r) {
    r[0] = x[1] - 50.0 + 0.02 * x[0] * x[0];
    return true;
  });
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_NEAR(out.x[0], 0.0, 1e-3);
  EXPECT_NEAR(out.x[1], 50.0, 1e-6);
  EXPECT_NEAR(out.global_test.statistic, 4.0, 1e-6);
  EXPECT_NEAR(out.estimates[0].sd, 5.0, 0.02);
}

TEST(TurningPoint, OfThirdOrderIsReachedWithNobodySuspected) {
  // Each step to x^3 = 0 leaves two thirds of x: that takes more steps than most fits do. The three readings agree all the
  // while, so that none stands in its way; to look for one would take as many steps again for each.
  const std::vector<double> start{1.0, 0.0};
  const TextbookSystem s(numbered(start), {"e1: residual"}, [](auto x, auto r) {
    r[0] = x[1] - x[0] * x[0] * x[0];
    return true;
  });
  const std::vector<MeasuredValue> readings{{1, 0.0, 0.1}, {1, 0.0, 0.1}, {1, 0.0, 0.1}};
  const auto out = reconcile(s, readings, {}, {}, start);
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_NEAR(out.x[1], 0.0, 1e-9);
  EXPECT_TRUE(out.gross_errors.empty());
  EXPECT_GT(out.report.iterations, 30);
  EXPECT_LT(out.report.iterations, 60);
}

TEST(TurningPoint, GivesNoUncertaintyBeyondAllSize) {
  // However near to shut the valve was when the search ended.
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> draw(-0.2, 0.2);
  for (int k = 0; k < 100; ++k) {
    const double dp = draw(random);
    const auto out = reconciled({10.0, 1.0}, {{1, dp, 0.1}}, kOrifice);
    ASSERT_EQ(out.report.status, Status::converged) << dp;
    EXPECT_LT(out.estimates[0].sd, 3.5) << dp;
    EXPECT_GT(out.estimates[0].sd, 0.5) << dp;
  }
}

TEST(TurningPoint, GivesNoKnowledgeWhereSlopesCancel) {
  // One pressure before and after a junction of two pipes: however large it is, the energies there say nothing of it.
  const auto junction = [](auto x, auto r) {
    r[0] = x[0] - x[1];
    r[1] = x[0] - x[2];
    r[2] = 2e-4 * x[0] * x[0] - 1e-4 * x[1] * x[1] - 1e-4 * x[2] * x[2] + x[3] - x[4];
    r[3] = x[5] - x[0];
    return true;
  };
  const TextbookSystem s(numbered({10, 10, 10, 5, 5, 10}), testing::numbered_equations(4), junction);
  const auto out = reconcile(s, std::vector<MeasuredValue>{{3, 5, 1}, {4, 5, 1}, {5, 10, 60}}, {}, {},
                             std::vector<double>{10, 10, 10, 5, 5, 10});
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_NEAR(out.estimates[0].sd, 60.0, 1e-6);
}

TEST(TurningPoint, OfAShutLineAccusesThePressureNotTheFlow) {
  // dp reads -5 where no flow makes it negative; by the tangent at Q = 0.83 both readings are equal suspects.
  const auto out = reconciled({1.0, 1.0}, {{0, 1.0, 0.1}, {1, -5.0, 0.1}}, kOrifice);
  ASSERT_EQ(out.report.status, Status::converged);
  ASSERT_EQ(out.gross_errors.size(), 1u);
  EXPECT_EQ(out.gross_errors.front().index, 1);
  EXPECT_TRUE(out.gross_errors.front().alternatives.empty());
  EXPECT_NEAR(out.gross_errors.front().size, -5.0, 0.1);
}

TEST(Edge, OfARootIsTheAnswerToAReadingBelowZero) {
  const auto root = [](auto x, auto r) {
    if (value_of(x[1]) <= 0.0) return false;  // no slope at zero, no value below
    r[0] = x[0] - 10.0 * sqrt(x[1]);
    return true;
  };
  const auto power = [](auto x, auto r) {
    if (value_of(x[1]) <= 0.0) return false;
    r[0] = x[0] - 3.0 * pow(x[1], 0.7);
    return true;
  };
  std::mt19937_64 random(4);
  std::uniform_real_distribution<double> below(-5.0, -0.01), above(0.01, 50.0);
  for (int k = 0; k < 50; ++k) {
    const double reading = below(random), start = above(random);
    for (const auto& out : {reconciled({10.0, start}, {{0, reading, 0.1}}, root),
                            reconciled({10.0, start}, {{0, reading, 0.1}}, power)}) {
      ASSERT_EQ(out.report.status, Status::converged) << reading << " from " << start;
      EXPECT_NEAR(out.x[0], 0.0, 1e-6);
      EXPECT_NEAR(out.x[1], 0.0, 1e-6);
      EXPECT_NEAR(out.global_test.statistic, 100.0 * reading * reading, 1e-3 * reading * reading);
    }
  }
}

/// f(x) = 0 from a start where its terms are many orders of magnitude larger than at the root.
template <class Function>
void expect_root(double start, double root, Function f) {
  TextbookSystem s({{.name = "x", .nominal = start, .start = start}, {.name = "y"}}, {"e1: residual", "e2: residual"},
                   [f](auto x, auto r) {
                     r[0] = f(x[0]);
                     r[1] = x[1] - 1.0;
                     return true;
                   });
  std::vector<double> slopes(s.jacobian_pattern().row.size());
  s.jacobian(std::vector<double>{start, 1.0}, slopes);
  s.set_sizes({std::abs(slopes[0]) * start, 1.0});
  const std::vector<double> x{start, 1.0};
  const auto simulated = simulate(s, {}, x);
  ASSERT_EQ(simulated.report.status, Status::converged) << start;
  EXPECT_NEAR(simulated.x[0], root, 1e-5 * std::abs(root)) << start;
  const auto fit = reconcile(s, {}, {}, {}, x);
  ASSERT_EQ(fit.report.status, Status::converged) << start;
  EXPECT_NEAR(fit.x[0], root, 1e-5 * std::abs(root)) << start;
}

TEST(Converged, IsNotWhatIsSmallNextToTheFirstValuesOnly) {
  expect_root(1e-9, 1e5, [](auto x) { return 1.0 / x - 1e-5; });
  expect_root(1e-6, 1e3, [](auto x) { return 1.0 / (x * x) - 1e-6; });
  expect_root(60.0, std::log(2.0), [](auto x) { return exp(x) - 2.0; });
  expect_root(1e4, 1.0, [](auto x) { return x * x * x * x - 1.0; });
}

TEST(Unobservable, IsTheTemperatureOfAFlowThatIsZeroButForRounding) {
  // F is read as zero; what is left of it by rounding tells nothing of T, which enters as F (T - 300) = duty, 0 +- 1.
  const TextbookSystem s(numbered({1.0, 350.0, 0.0, 1.0}), {"heat", "flow"}, [](auto x, auto r) {
    r[0] = x[0] * (x[1] - 300.0) - x[2];
    r[1] = x[0] - 1e-13 * x[3];
    return true;
  });
  const std::vector<MeasuredValue> readings{{2, 0.0, 1.0}, {3, 1.0, 0.1}};
  const auto out = reconcile(s, readings, {}, {}, std::vector<double>{1.0, 350.0, 0.0, 1.0});
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_EQ(out.estimates[1].kind, Class::unobservable);
}

}  // namespace
}  // namespace castner::solve
