// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/simulate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <random>

#include "castner/solve/diagnose.h"
#include "tests/support/linear_network.h"
#include "tests/support/textbook_system.h"

namespace castner::solve {
namespace {

using testing::LinearNetwork;
using testing::numbered;
using testing::numbered_equations;
using testing::TextbookSystem;

std::vector<double> starts(const EquationSystem& s) {
  std::vector<double> x;
  for (const auto& v : s.variables()) x.push_back(v.start);
  return x;
}

TEST(Simulate, SolvesRosenbrockFromTheClassicStart) {
  // More, Garbow, Hillstrom 1981, problem 1 as equations.
  const TextbookSystem s(numbered({-1.2, 1.0}), numbered_equations(2), [](auto x, auto r) {
    r[0] = (x[1] - x[0] * x[0]) * 10.0;
    r[1] = 1.0 - x[0];
    return true;
  });
  const auto out = simulate(s, {}, starts(s));
  ASSERT_EQ(out.report.status, Status::converged) << out.report.advice.text;
  EXPECT_NEAR(out.x[0], 1.0, 1e-9);
  EXPECT_NEAR(out.x[1], 1.0, 1e-9);
}

TEST(Simulate, SolvesPowellsSingularFunctionWhereNewtonIsOnlyLinear) {
  // More, Garbow, Hillstrom 1981, problem 13: the Jacobian is singular at the solution 0.
  const TextbookSystem s(numbered({3.0, -1.0, 0.5, 1.0}), numbered_equations(4), [](auto x, auto r) {
    r[0] = x[0] + x[1] * 10.0;
    r[1] = (x[2] - x[3]) * std::sqrt(5.0);
    r[2] = (x[1] - x[2] * 2.0) * (x[1] - x[2] * 2.0);
    r[3] = (x[0] - x[3]) * (x[0] - x[3]) * std::sqrt(10.0);
    return true;
  });
  const auto out = simulate(s, {}, starts(s));
  ASSERT_EQ(out.report.status, Status::converged) << out.report.advice.text;
  for (const double x : out.x) EXPECT_NEAR(x, 0.0, 1e-4);  // residual 1e-10 is a distance of 1e-5
}

TEST(Simulate, FindsOneOfTwoRootsOnACircle) {
  const TextbookSystem s(numbered({-1.0, 0.1, 0.1, 1.0}), numbered_equations(4), [](auto x, auto r) {
    r[0] = (x[2] - 10.0 * (x[1] * x[3])) * 10.0;
    r[1] = (x[0] * x[0] + x[1] * x[1] - 1.0) * 10.0;
    r[2] = x[2];
    r[3] = x[3] * x[0] - 1.0;
    return true;
  });
  const auto out = simulate(s, {}, starts(s));
  ASSERT_EQ(out.report.status, Status::converged) << out.report.advice.text;
  EXPECT_NEAR(std::abs(out.x[0]), 1.0, 1e-8);
  EXPECT_NEAR(out.x[1], 0.0, 1e-8);
}

TEST(Simulate, TurnsBackWhereTheModelHasNoValue) {
  // A full Newton step from 3 goes to a negative argument of the logarithm.
  const TextbookSystem s(numbered({3.0}), numbered_equations(1), [](auto x, auto r) {
    if (value_of(x[0]) <= 0.0) return false;
    r[0] = log(x[0]) + 2.0;
    return true;
  });
  const auto out = simulate(s, {}, starts(s));
  ASSERT_EQ(out.report.status, Status::converged) << out.report.advice.text;
  EXPECT_NEAR(out.x[0], std::exp(-2.0), 1e-10);
}

TEST(Simulate, ReachesByContinuationWhatNewtonMisses) {
  // atan(x) = 0 from far away: Newton's full step diverges, and the damped one crawls. Written as x/sqrt(1+x^2).
  const TextbookSystem s(numbered({40.0}), numbered_equations(1), [](auto x, auto r) {
    r[0] = x[0] / sqrt(x[0] * x[0] + 1.0) + x[0] * 1e-4;
    return true;
  });
  const auto out = simulate(s, {}, starts(s), {.max_iterations = 8});
  ASSERT_EQ(out.report.status, Status::converged) << out.report.advice.text;
  EXPECT_NEAR(out.x[0], 0.0, 1e-8);
}

TEST(Simulate, StaysInsideBounds) {
  // (x-1)(x+2) = 0 with x >= 0 from 0.1, beyond the minimum of the parabola: the other root is forbidden.
  TextbookSystem s(numbered({0.1}), numbered_equations(1), [](auto x, auto r) {
    r[0] = (x[0] - 1.0) * (x[0] + 2.0);
    return true;
  });
  s.set_bounds(0, 0.0, 10.0);
  const auto out = simulate(s, {}, starts(s));
  ASSERT_EQ(out.report.status, Status::converged) << out.report.advice.text;
  EXPECT_NEAR(out.x[0], 1.0, 1e-9);
}

TEST(Simulate, SaysWhichEquationAndVariableStandInTheWay) {
  TextbookSystem s(
      {{.name = "S1.temperature", .unit = "K", .low = 273.15, .high = 400.0, .nominal = 300.0, .start = 350.0}},
      {"E101: energy balance"}, [](auto x, auto r) {
        r[0] = (x[0] - 450.0) / 100.0;
        return true;
      });
  const auto out = simulate(s, {}, starts(s));
  EXPECT_EQ(out.report.status, Status::infeasible);
  EXPECT_EQ(out.report.advice.unit, "E101");
  EXPECT_EQ(out.report.advice.equation, "E101: energy balance");
  EXPECT_EQ(out.report.advice.variable, "S1.temperature");
  EXPECT_NE(out.report.advice.text.find("400 K"), std::string::npos) << out.report.advice.text;
  EXPECT_NEAR(out.x[0], 400.0, 1e-6) << "the nearest";
}

TEST(Simulate, EndsWhereThereIsNoRoot) {
  const TextbookSystem s(numbered({3.0}), numbered_equations(1), [](auto x, auto r) {
    r[0] = x[0] * x[0] + 1.0;
    return true;
  });
  const auto out = simulate(s, {}, starts(s));
  EXPECT_EQ(out.report.status, Status::infeasible) << out.report.advice.text;
  EXPECT_FALSE(out.report.advice.text.empty());
}

TEST(Simulate, EndsWhereNothingCanBeEvaluated) {
  const TextbookSystem s(numbered({1.0}), numbered_equations(1), [](auto x, auto r) {
    r[0] = x[0];
    return false;
  });
  const auto out = simulate(s, {}, starts(s));
  EXPECT_EQ(out.report.status, Status::no_convergence);
  EXPECT_NE(out.report.advice.text.find("first values"), std::string::npos);
}

TEST(Simulate, EndsOnNotANumber) {
  const TextbookSystem s(numbered({1.0}), numbered_equations(1), [](auto x, auto r) {
    r[0] = sqrt(x[0] - 2.0);
    return true;
  });
  const auto out = simulate(s, {}, starts(s));
  EXPECT_NE(out.report.status, Status::converged);
  EXPECT_FALSE(out.report.advice.text.empty());
}

TEST(Simulate, HoldsWhatIsHeld) {
  const LinearNetwork s = LinearNetwork::dense({{1, -1, -1}});
  const std::vector<Held> held{{0, 10.0}, {1, 4.0}};
  const auto out = simulate(s, held, std::vector<double>{1, 1, 1});
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_EQ(out.x[0], 10.0);
  EXPECT_NEAR(out.x[2], 6.0, 1e-12);
  EXPECT_EQ(out.report.iterations, 1) << "a linear system takes one step";
}

TEST(Simulate, NamesWhatIsUnderDetermined) {
  const LinearNetwork s = LinearNetwork::dense({{1, -1, -1}});
  const auto out = simulate(s, {}, std::vector<double>{1, 1, 1});
  EXPECT_EQ(out.report.status, Status::structurally_singular);
  EXPECT_NE(out.report.advice.text.find("2 more specifications are needed"), std::string::npos)
      << out.report.advice.text;
  EXPECT_NE(out.report.advice.text.find("x1, x2, x3"), std::string::npos) << out.report.advice.text;
}

TEST(Simulate, NamesWhatContradictsAndWhatIsMissingAtOnce) {
  // x1 held twice over by N1 and N2, x3 and x4 by N3 alone.
  const LinearNetwork s = LinearNetwork::dense({{1, 0, 0, 0}, {2, 1, 0, 0}, {1, 3, 0, 0}, {0, 0, 1, -1}}, {1, 1, 1, 0});
  const auto out = simulate(s, {}, std::vector<double>{1, 1, 1, 1});
  EXPECT_EQ(out.report.status, Status::structurally_singular);
  EXPECT_NE(out.report.advice.text.find("N1: mass balance"), std::string::npos) << out.report.advice.text;
  EXPECT_NE(out.report.advice.text.find("x3, x4"), std::string::npos) << out.report.advice.text;
}

TEST(Simulate, NamesWhatIsHeldWhereEquationsSayTooMuch) {
  // x1 = x2 = x3 with both ends held; x4, held too, has nothing to do with it.
  const LinearNetwork s = LinearNetwork::dense({{1, -1, 0, 0, 0}, {0, 1, -1, 0, 0}, {0, 0, 0, 1, -1}});
  const auto out = simulate(s, std::vector<Held>{{0, 1.0}, {2, 2.0}, {3, 1.0}}, std::vector<double>{1, 1, 1, 1, 1});
  EXPECT_EQ(out.report.status, Status::structurally_singular);
  EXPECT_NE(out.report.advice.text.find("determine only x2; free one that is held in them: x1, x3"), std::string::npos)
      << out.report.advice.text;
}

/// Structural rank by trying every permutation, for up to six rows.
int brute_rank(const std::vector<std::vector<double>>& a, std::size_t row, unsigned taken) {
  if (row == a.size()) return 0;
  int best = brute_rank(a, row + 1, taken);
  for (std::size_t c = 0; c < a[row].size(); ++c)
    if (a[row][c] != 0.0 && !(taken >> c & 1u)) best = std::max(best, 1 + brute_rank(a, row + 1, taken | 1u << c));
  return best;
}

RC_GTEST_PROP(Diagnose, FindsTheStructuralRank, ()) {
  const int rows = *rc::gen::inRange(1, 7), columns = *rc::gen::inRange(1, 7);
  std::vector<std::vector<double>> a(static_cast<std::size_t>(rows),
                                     std::vector<double>(static_cast<std::size_t>(columns)));
  for (auto& row : a)
    for (auto& v : row) v = *rc::gen::inRange(0, 3) == 0 ? 1.0 : 0.0;
  const LinearNetwork s = LinearNetwork::dense(a);
  const auto d = diagnose(s, {});
  RC_ASSERT(d.structural_rank == brute_rank(a, 0, 0));
  RC_ASSERT(d.degrees_of_freedom == columns - rows);
  // The over-determined part has more equations than variables by just as many as cannot be matched; likewise under.
  RC_ASSERT(static_cast<int>(d.over_equations.size()) - static_cast<int>(d.over_variables.size()) ==
            rows - d.structural_rank);
  RC_ASSERT(static_cast<int>(d.under_variables.size()) - static_cast<int>(d.under_equations.size()) ==
            columns - d.structural_rank);
  for (const int e : d.over_equations)  // and no variable outside it
    for (int c = 0; c < columns; ++c)
      if (a[static_cast<std::size_t>(e)][static_cast<std::size_t>(c)] != 0.0)
        RC_ASSERT(std::count(d.over_variables.begin(), d.over_variables.end(), c) == 1);
}

RC_GTEST_PROP(Simulate, SolvesRandomLinearSystems, ()) {
  const int n = *rc::gen::inRange(1, 30);
  std::mt19937_64 random(*rc::gen::arbitrary<unsigned>());
  std::normal_distribution<double> normal;
  std::vector<std::vector<double>> a(static_cast<std::size_t>(n), std::vector<double>(static_cast<std::size_t>(n)));
  std::vector<double> x(static_cast<std::size_t>(n)), b(x.size(), 0.0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    x[i] = normal(random);
    for (auto& v : a[i]) v = normal(random);
    a[i][i] += 10.0;  // well conditioned, so that the tolerance below is safe
  }
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < x.size(); ++j) b[i] += a[i][j] * x[j];
  const LinearNetwork s = LinearNetwork::dense(a, b);
  const auto out = simulate(s, {}, std::vector<double>(x.size(), 1.0));
  RC_ASSERT(out.report.status == Status::converged);
  for (std::size_t j = 0; j < x.size(); ++j) RC_ASSERT(std::abs(out.x[j] - x[j]) < 1e-8);
}

TEST(Simulate, SolvesAChainOfTenThousandWithoutRecursion) {
  // x1 = 1, x_{k+1} = x_k: the matching's augmenting path is as long as the chain, given in the worst order.
  const int n = 10'000;
  std::vector<LinearNetwork::Entry> entries;
  std::vector<double> b(static_cast<std::size_t>(n), 0.0);
  for (int k = 0; k + 1 < n; ++k) {
    entries.push_back({k, k, 1.0});
    entries.push_back({k, k + 1, -1.0});
  }
  entries.push_back({n - 1, 0, 1.0});
  b[static_cast<std::size_t>(n) - 1] = 1.0;
  const LinearNetwork s(n, n, entries, b);
  const auto out = simulate(s, {}, std::vector<double>(static_cast<std::size_t>(n), 0.0));
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_NEAR(out.x.back(), 1.0, 1e-9);
}

}  // namespace
}  // namespace castner::solve
