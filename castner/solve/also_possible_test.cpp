// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/also_possible.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "castner/solve/gross_error.h"
#include "castner/solve/index.h"
#include "tests/support/linear_network.h"
#include "tests/support/textbook_system.h"

namespace castner::solve {
namespace {

using testing::LinearNetwork;
using Kind = GrossError::Kind;

/// Readings that an accusation names: the accused, its ties and those that may be wrong as well.
std::set<int> named(const GrossError& g) {
  std::set<int> all;
  if (g.kind == Kind::bias) all.insert(g.index);
  for (const auto* others : {&g.alternatives, &g.also_possible})
    for (const auto& s : *others)
      if (s.kind == Kind::bias) all.insert(s.index);
  return all;
}

std::vector<double> values(const std::vector<MeasuredValue>& readings) {
  std::vector<double> all;
  for (const auto& y : readings) all.push_back(y.value);
  return all;
}

Reconciliation reconciled(const EquationSystem& system, const std::vector<MeasuredValue>& y,
                          const std::vector<LeakCandidate>& leaks = {}, const ReconcileOptions& options = {}) {
  return reconcile(system, y, {}, leaks, values(y), options);
}

/// One flow, two good meters with a balance between them, and a third so coarse that it hardly tells which of them is wrong.
struct OneFlow {
  LinearNetwork system = LinearNetwork::dense({{1, -1, 0}, {0, 1, -1}});
  std::vector<MeasuredValue> readings(double a, double b, double c, double coarse) const {
    return {{0, a, 1.0}, {1, b, 1.0}, {2, c, coarse}};
  }
};

TEST(AlsoPossible, OfTwoMetersOnOneFlowNeitherIsNamedAloneWhereAThirdHardlyTells) {
  const OneFlow flow;
  // By hand: with b = c = 100 and a = 110 the third says with 10^2/(1 + 20^2) = 0.25 that it is a, and e^0.12 is no odds.
  const auto out = reconciled(flow.system, flow.readings(110, 100, 100, 20));
  ASSERT_EQ(out.gross_errors.size(), 1u);
  const auto& g = out.gross_errors[0];
  EXPECT_EQ(g.index, 0);
  EXPECT_TRUE(g.removed);
  EXPECT_TRUE(g.alternatives.empty());
  ASSERT_EQ(g.also_possible.size(), 1u);
  EXPECT_EQ(g.also_possible[0].index, 1);
  EXPECT_LT(g.also_possible[0].statistic, g.statistic);
  EXPECT_NEAR(g.statistic * g.statistic - std::pow(g.also_possible[0].statistic, 2), 100.0 / 401.0, 1e-6);
  EXPECT_NEAR(g.also_possible[0].size, -10.0, 0.05) << "b would read too low";
  EXPECT_GT(g.also_possible[0].size_sd, 1.0);
}

TEST(AlsoPossible, WhoIsToldIsNamedAlone) {
  const OneFlow flow;
  const auto out = reconciled(flow.system, flow.readings(110, 100, 100, 1));
  ASSERT_EQ(out.gross_errors.size(), 1u);
  EXPECT_EQ(named(out.gross_errors[0]), std::set<int>{0});
}

TEST(AlsoPossible, TheOddsDecideAndNotTheCriticalValue) {
  // The pair a - b is 4 sd apart by sqrt(2), the third stands nearer to b: a is accused. b stays below the critical value.
  const OneFlow flow;
  const auto out = reconciled(flow.system, flow.readings(103.4, 100, 100.5, 1));
  ASSERT_EQ(out.gross_errors.size(), 1u);
  const auto& g = out.gross_errors[0];
  ASSERT_EQ(g.index, 0);
  for (const auto& s : g.also_possible) EXPECT_LT(s.statistic, g.critical);
  for (const int k : {1, 2}) {
    const double fall = std::pow(out.statistic[at(k)], 2);
    EXPECT_EQ(named(g).contains(k), g.statistic * g.statistic - fall < kTells) << k;
  }
  EXPECT_TRUE(named(g).contains(1));
}

TEST(AlsoPossible, TheFaultyOneIsInTheGroupWhateverTheSize) {
  const OneFlow flow;
  std::mt19937_64 random(41);
  std::normal_distribution<double> noise;
  std::uniform_real_distribution<double> size(0.0, 40.0), coarse(0.5, 50.0);
  int accused = 0, missed = 0, alone = 0;
  for (int run = 0; run < 4000; ++run) {
    const double sd = coarse(random), bias = size(random) * (run % 2 == 0 ? 1.0 : -1.0);
    const int faulty = run / 2 % 2;
    auto y = flow.readings(100.0 + noise(random), 100.0 + noise(random), 100.0 + sd * noise(random), sd);
    y[at(faulty)].value += bias;
    const auto out = reconciled(flow.system, y);
    if (out.gross_errors.empty()) continue;
    ++accused;
    std::set<int> all;
    for (const auto& g : out.gross_errors) all.merge(named(g));
    missed += !all.contains(faulty);
    alone += all.size() == 1;
  }
  EXPECT_GT(accused, 3000);
  EXPECT_LT(missed, accused / 100) << "of " << accused;
  EXPECT_GT(alone, accused / 20) << "a good third meter tells";
}

TEST(AlsoPossible, TwoErrorsMayBeExchangedTogether) {
  // Two cells, each with a meter before (0, 1) and one after it (2, 3), and coarse meters of the sums before and after, 4 and 5. 0
  // reads too high and 1 too low: the sums say little, so that 2 too low and 3 too high explain it as well.
  const auto system =
      LinearNetwork::dense({{1, 0, -1, 0, 0, 0}, {0, 1, 0, -1, 0, 0}, {1, 1, 0, 0, -1, 0}, {0, 0, 1, 1, 0, -1}});
  const std::set<int> cells{0, 1, 2, 3};
  std::mt19937_64 random(7);
  std::normal_distribution<double> noise;
  int pairs = 0, missed = 0, all_four = 0;
  for (int run = 0; run < 1000; ++run) {
    std::vector<MeasuredValue> y{{0, 60, 0.5}, {1, 40, 0.5}, {2, 50, 0.5}, {3, 50, 0.5}, {4, 100, 8}, {5, 100, 8}};
    for (auto& reading : y) reading.value += reading.sd * noise(random);
    const auto out = reconciled(system, y);
    if (out.gross_errors.size() != 2) continue;
    std::set<int> all;
    for (const auto& g : out.gross_errors) all.merge(named(g));
    ++pairs;
    missed += !all.contains(0) || !all.contains(1);
    all_four += std::includes(all.begin(), all.end(), cells.begin(), cells.end());
  }
  EXPECT_GT(pairs, 900);
  EXPECT_LE(100 * missed, pairs);
  EXPECT_GT(10 * all_four, 9 * pairs);
}

TEST(AlsoPossible, AnErrorOfItsOwnIsNoOtherNameOfTheFirst) {
  // Two pipes with three meters each, one wrong on each by nearly as much.
  const auto system =
      LinearNetwork::dense({{1, -1, 0, 0, 0, 0}, {0, 1, -1, 0, 0, 0}, {0, 0, 0, 1, -1, 0}, {0, 0, 0, 0, 1, -1}});
  const auto out = reconciled(system, {{0, 110.0, 1}, {1, 100, 1}, {2, 100, 1}, {3, 59.9, 1}, {4, 50, 1}, {5, 50, 1}});
  ASSERT_EQ(out.gross_errors.size(), 2u);
  EXPECT_EQ(named(out.gross_errors[0]), std::set<int>{0});
  EXPECT_EQ(named(out.gross_errors[1]), std::set<int>{3});
}

TEST(AlsoPossible, ALeakMayBeItToo) {
  // 0 -> N1 -> 1 -> N2 -> 2, 2 coarse: what is lost at N1 looks like 0 too high. And the estimates owe it nothing.
  const OneFlow flow;
  const auto out = reconciled(flow.system, flow.readings(110, 100, 100, 2), {{0}, {1}});
  ASSERT_EQ(out.gross_errors.size(), 1u);
  const auto& g = out.gross_errors[0];
  std::set<int> leaks;
  for (const auto* others : {&g.alternatives, &g.also_possible})
    for (const auto& s : *others)
      if (s.kind == Kind::leak) leaks.insert(s.index);
  EXPECT_EQ(leaks, std::set<int>{0});
}

TEST(AlsoPossible, WhereRemovalLeavesNothingToCheckWithItIsSaidToo) {
  // One balance, and a held value that is off by what no reading explains: nobody can be removed, the likeliest stand together.
  const auto system = LinearNetwork::dense({{1, -1}});
  const auto out = reconcile(system, std::vector<MeasuredValue>{{0, 110, 1.0}, {1, 100, 1.0}}, {}, {},
                             std::vector<double>{110, 100});
  ASSERT_EQ(out.gross_errors.size(), 1u);
  EXPECT_FALSE(out.gross_errors[0].removed);
  EXPECT_EQ(named(out.gross_errors[0]), (std::set<int>{0, 1}));
}

}  // namespace
}  // namespace castner::solve
