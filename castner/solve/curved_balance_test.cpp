// SPDX-License-Identifier: Apache-2.0
// One curved balance y = f(x), y measured, from random starts: y is met exactly, so nothing may be called infeasible.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <random>
#include <string>

#include "castner/solve/reconcile.h"
#include "castner/solve/simulate.h"
#include "tests/support/textbook_system.h"

namespace castner::solve {
namespace {

struct Range {
  double low, high;
  bool logarithmic = true;
};

/// What became of many starts.
struct Tally {
  int right = 0, infeasible = 0, starts = 0;
  std::string first_wrong;
};

/// y - f(x) = 0 as a plant file would state it: sizes from the start, y's from its reading.
template <class Function>
auto curved_balance(double start, double reading, Function f) {
  auto variables = testing::numbered({start, reading});
  testing::TextbookSystem system(variables, {"orifice: residual"}, [f](auto x, auto r) {
    r[0] = x[1] - f(x[0]);
    return true;
  });
  std::vector<double> slopes(2);
  system.jacobian(std::vector<double>{start, reading}, slopes);
  system.set_sizes({std::max(std::abs(slopes[0] * variables[0].nominal), variables[1].nominal)});
  return system;
}

/// How many draws: as many as said, or CASTNER_STARTS.
int draws(int usual) {
  const char* asked = std::getenv("CASTNER_STARTS");
  return asked ? std::atoi(asked) : usual;
}

/// Reconciles y = a f(x/b) with random a and b for random x from random starts in the same range.
template <class Function>
void from_random_starts(Tally& tally, Range range, Function f) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> uniform;
  const auto draw = [&](Range r) {
    const double u = uniform(random);
    return r.logarithmic ? r.low * std::pow(r.high / r.low, u) : r.low + u * (r.high - r.low);
  };
  for (int k = 0; k < draws(250); ++k) {
    const double a = draw({1e-3, 1e3}), b = draw({1e-3, 1e3}), truth = b * draw(range), start = b * draw(range);
    const auto g = [&](auto x) { return a * f(x * (1.0 / b)); };
    const double y = g(truth);
    const auto system = curved_balance(start, y, g);
    const std::vector<MeasuredValue> reading{{1, y, 0.01 * std::abs(y)}};
    const auto out = reconcile(system, reading, {}, {}, std::vector<double>{start, y});
    ++tally.starts;
    tally.infeasible += out.report.status == Status::infeasible;
    // A square has two roots, and either is right.
    const bool right = out.report.status == Status::converged && std::abs(g(out.x[0]) - y) < 1e-6 * std::abs(y);
    tally.right += right;
    if (!right && tally.first_wrong.empty())
      tally.first_wrong = fmt::format("{} {} start {} truth {} a {} b {} ended {}", tally.starts,
                                      status_name(out.report.status), start, truth, a, b, out.x[0]);
  }
}

TEST(CurvedBalance, IsClosedFromNearlyEveryStartAndNeverCalledInfeasible) {
  Tally t;
  const Range decades{1e-2, 1e2}, linear{-5.0, 5.0, false};
  from_random_starts(t, decades, [](auto x) { return sqrt(x); });
  from_random_starts(t, decades, [](auto x) { return x * x; });
  from_random_starts(t, decades, [](auto x) { return x * x * x; });
  from_random_starts(t, decades, [](auto x) { return pow(x, 1.75); });
  from_random_starts(t, decades, [](auto x) { return pow(x, -0.3); });
  from_random_starts(t, decades, [](auto x) { return 1.0 / x; });
  from_random_starts(t, decades, [](auto x) { return log(x); });
  from_random_starts(t, linear, [](auto x) { return exp(x); });
  EXPECT_EQ(t.infeasible, 0);
  EXPECT_GE(t.right, t.starts * 99 / 100) << t.first_wrong;
}

TEST(CurvedBalance, IsNotLeftOpenBecauseItsReadingsAgree) {
  // From 0.11 Newton's step for 1/x = 30 goes to -0.15, where the balance is open by more. Its multiplier is zero, so that
  // nothing but the least penalty keeps the search from going on to infinity, where y = 1/x = 0 closes it too.
  const auto reciprocal = [](auto x) { return 1.0 / x; };
  const double y = 30.1531, start = 0.112839;
  const std::vector<MeasuredValue> reading{{1, y, 0.01 * y}};
  const auto out = reconcile(curved_balance(start, y, reciprocal), reading, {}, {}, std::vector<double>{start, y});
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_NEAR(out.x[0], 1.0 / y, 1e-9);
}

TEST(CurvedBalance, IsClosedFromWhereItCannotBeEvaluated) {
  // The square root of the start is no number, that of the variable's own first value is.
  testing::TextbookSystem s(testing::numbered({4.0, 1.0}), {"e"}, [](auto x, auto r) {
    if (value_of(x[0]) <= 0.0) return false;
    r[0] = x[1] - sqrt(x[0]);
    return true;
  });
  const std::vector<MeasuredValue> reading{{1, 0.5, 0.1}};
  const auto out = reconcile(s, reading, {}, {}, std::vector<double>{-1.0, 0.5});
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_NEAR(out.x[0], 0.25, 1e-9);
}

/// f(x) = 0 from a start, solved and reconciled without readings.
template <class Function>
void expect_root(double start, Function f) {
  const testing::TextbookSystem s(testing::numbered({start}), {"U: balance"}, [f](auto x, auto r) {
    r[0] = f(x[0]);
    return true;
  });
  const std::vector<double> x{start};
  const auto reconciled = reconcile(s, {}, {}, {}, x);
  const auto simulated = simulate(s, {}, x);
  EXPECT_EQ(reconciled.report.status, Status::converged) << start << ": " << reconciled.report.advice.text;
  EXPECT_EQ(simulated.report.status, Status::converged) << start << ": " << simulated.report.advice.text;
  EXPECT_NEAR(f(reconciled.x[0]), 0.0, 1e-6) << start;
  EXPECT_NEAR(f(simulated.x[0]), 0.0, 1e-6) << start;
}

TEST(CurvedBalance, IsClosedFromBeyondItsTurningPointsToo) {
  // Between the start and the root the residual has a maximum or a minimum, where no small change closes it further.
  const auto from_everywhere = [](auto f) {
    std::mt19937_64 random(11);
    std::uniform_real_distribution<double> uniform(-5.0, 5.0);
    expect_root(0.0, f);
    for (int k = 0; k < 100; ++k) expect_root(uniform(random), f);
  };
  from_everywhere([](auto x) { return x * x - 4.0; });
  from_everywhere([](auto x) { return x * x * x - 3.0 * x + 3.0; });
  from_everywhere([](auto x) { return (x - 3.0) * (x - 3.0) * (x - 1.0) + 0.1; });
  from_everywhere([](auto x) { return sqrt(1.0 + x * x) - 2.0; });
  from_everywhere([](auto x) { return exp(-1.0 * x * x) - 0.5; });
}

TEST(CurvedBalance, IsClosedWhereAProductOfUnknownsStartsAtZero) {
  // The residuals of a b = 6 and a - b = 1 have a saddle at a = 1/2, b = -1/2, straight ahead from zero.
  const testing::TextbookSystem s(testing::numbered({0.0, 0.0}), {"product", "difference"}, [](auto x, auto r) {
    r[0] = x[0] * x[1] - 6.0;
    r[1] = x[0] - x[1] - 1.0;
    return true;
  });
  const std::vector<double> zero{0.0, 0.0};
  EXPECT_EQ(reconcile(s, {}, {}, {}, zero).report.status, Status::converged);
  EXPECT_EQ(simulate(s, {}, zero).report.status, Status::converged);
}

/// Pressure differences that go with the squares of two flows out of one header; only they are measured.
auto two_orifices(double flow_start) {
  auto variables = testing::numbered({2.0, 1.0, 3.0, 4.0, 2.0});
  for (std::size_t i = 0; i < 3; ++i) {
    variables[i].start = flow_start;
    variables[i].low = 0.0;
  }
  return testing::TextbookSystem(variables, {"header", "orifice 1", "orifice 2"}, [](auto x, auto r) {
    r[0] = x[0] + x[1] - x[2];
    r[1] = x[3] - x[0] * x[0];
    r[2] = x[4] - 2.0 * x[1] * x[1];
    return true;
  });
}

TEST(CurvedBalance, ComesBackFromAShutdown) {
  // At zero flow the loss has a maximum along the orifice's balance: no first derivative leads away from it.
  const auto system = two_orifices(2.0);
  Reconciler reconciler(system, {});
  std::vector<double> x{2.0, 1.0, 3.0, 4.0, 2.0};
  for (const double running : {1.0, 0.0, 0.0, 1.0, 0.0, 1.0}) {
    const std::vector<MeasuredValue> readings{{3, running * 4.0 - 0.002, 0.05}, {4, running * 2.0 - 0.001, 0.05}};
    const auto out = reconciler.reconcile(readings, {}, x);
    ASSERT_EQ(out.report.status, Status::converged);
    x = out.x;
    EXPECT_NEAR(x[2], running * 3.0, 0.01);
    EXPECT_NEAR(x[3], running * 4.0, 0.01);
    EXPECT_LT(out.global_test.statistic, 0.01);
  }
}

TEST(CurvedBalance, LeavesAMaximumAtTheFirstValuesToo) {
  const auto system = two_orifices(0.0);
  const std::vector<MeasuredValue> readings{{3, 4.0, 0.05}, {4, 2.0, 0.05}};
  const auto out = reconcile(system, readings, {}, {}, std::vector<double>{0.0, 0.0, 0.0, 4.0, 2.0});
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_NEAR(out.x[0], 2.0, 1e-6);
  EXPECT_NEAR(out.x[1], 1.0, 1e-6);
}

/// r = a/b with b = a^2/10 and r = 2: a = 5. As a and b vanish together every r "holds".
TEST(CurvedBalance, IsNotClosedByZeroOverZero) {
  const testing::TextbookSystem s(testing::numbered({1.5, 0.97, 0.86}), {"quotient", "parabola"}, [](auto x, auto r) {
    r[0] = x[2] - x[0] / x[1];
    r[1] = x[1] - x[0] * x[0] * 0.1;
    return true;
  });
  const std::vector<MeasuredValue> r{{2, 2.0, 0.02}};
  for (const auto& start : {std::vector{1.5456826084861843, 0.9703591642355285, 0.8566209083376911},
                            std::vector{0.3, 0.5, 1.0}, std::vector{0.01, 0.01, 2.0}, std::vector{0.7, 2.0, 2.0}}) {
    const auto out = reconcile(s, r, {}, {}, start);
    EXPECT_NEAR(out.x[0], 5.0, 1e-6) << start[0];
    const std::vector<Held> held{{2, 2.0}};
    EXPECT_NEAR(simulate(s, held, start).x[0], 5.0, 1e-6) << start[0];
  }
}

TEST(CurvedBalance, IsCalledInfeasibleWhereItCannotHold) {
  // y = 1 + x^2 has no x for a held y of a half: nearest is x = 0.
  const testing::TextbookSystem s(testing::numbered({2.0, 0.5}), {"U: balance"}, [](auto x, auto r) {
    r[0] = x[1] - 1.0 - x[0] * x[0];
    return true;
  });
  const std::vector<Held> held{{1, 0.5}};
  const std::vector<MeasuredValue> reading{{0, 2.0, 0.1}};
  const auto out = reconcile(s, reading, held, {}, std::vector<double>{2.0, 0.5});
  EXPECT_EQ(out.report.status, Status::infeasible);
  EXPECT_EQ(out.report.advice.equation, "U: balance");
  EXPECT_NEAR(out.x[0], 0.0, 1e-3);
}

TEST(CurvedBalance, IsCalledInfeasibleWhereItsBoundsForbidIt) {
  // x1 x2 = 6 with both at most 2: the nearest is the corner.
  testing::TextbookSystem s(testing::numbered({1.0, 1.5}), {"U: balance"}, [](auto x, auto r) {
    r[0] = x[0] * x[1] - 6.0;
    return true;
  });
  s.set_bounds(0, 0.0, 2.0);
  s.set_bounds(1, 0.0, 2.0);
  const std::vector<MeasuredValue> reading{{0, 1.0, 0.1}, {1, 1.5, 0.1}};
  const auto out = reconcile(s, reading, {}, {}, std::vector<double>{1.0, 1.5});
  EXPECT_EQ(out.report.status, Status::infeasible);
  EXPECT_NEAR(out.x[0], 2.0, 1e-6);
  EXPECT_NEAR(out.x[1], 2.0, 1e-6);
}

}  // namespace
}  // namespace castner::solve
