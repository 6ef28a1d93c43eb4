// SPDX-License-Identifier: Apache-2.0
// The whole reconciliation on a planar network of ten thousand streams, all measured, ten of them falsified.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "castner/solve/reconcile.h"
#include "tests/support/planar_network.h"

namespace castner::solve {
namespace {

TEST(LargeNetwork, NamesTheFalsifiedReadingsAmongTenThousand) {
  const auto n = testing::planar_network(88, 56, 20, 10);
  ASSERT_EQ(n.readings.size(), 10'000u);
  std::vector<double> start;
  for (const auto& y : n.readings) start.push_back(y.value);
  const auto out = reconcile(n.system, n.readings, {}, {}, start);
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_EQ(out.global_test.degrees_of_freedom, 88 * 56);
  std::set<int> named;
  for (const auto& g : out.gross_errors) named.insert(g.index);
  for (const int s : n.biased) EXPECT_TRUE(named.count(s)) << s;
  EXPECT_LE(named.size(), n.biased.size() + 1) << "alpha is 5 % for the whole family";
  std::vector<double> r(n.system.equations().size());
  n.system.residual(out.x, r);
  EXPECT_LT(
      std::abs(*std::max_element(r.begin(), r.end(), [](double a, double b) { return std::abs(a) < std::abs(b); })),
      1e-9);
  double before = 0.0, after = 0.0;
  for (const auto& y : n.readings) {
    const auto j = static_cast<std::size_t>(y.variable);
    before += std::pow((y.value - n.truth[j]) / y.sd, 2);
    after += std::pow((out.x[j] - n.truth[j]) / y.sd, 2);
  }
  EXPECT_LT(after, before) << "estimates are nearer to the truth than readings";
}

TEST(LargeNetwork, EliminatesThousandsOfUnmeasuredStreams) {
  // Every third stream unmeasured: classes from one factorisation agree with the degrees of freedom by counting.
  auto n = testing::planar_network(34, 14, 7, 0);
  std::vector<MeasuredValue> readings;
  std::vector<double> start;
  for (const auto& y : n.readings) {
    start.push_back(y.value);
    if (y.variable % 3 != 0) readings.push_back(y);
  }
  const auto out = reconcile(n.system, readings, {}, {}, start);
  ASSERT_EQ(out.report.status, Status::converged);
  // An unmeasured stream joins its nodes into one (union-find); every group of nodes that no unmeasured stream connects to
  // outside keeps one balance.
  std::vector<int> parent(34 * 14 + 1);
  for (std::size_t i = 0; i < parent.size(); ++i) parent[i] = static_cast<int>(i);
  const auto find = [&](int i) {
    while (parent[static_cast<std::size_t>(i)] != i) i = parent[static_cast<std::size_t>(i)];
    return i;
  };
  const auto& p = n.system.jacobian_pattern();
  int groups = 34 * 14;
  for (std::size_t s = 0; s < static_cast<std::size_t>(p.cols); s += 3) {
    std::vector<int> ends;
    for (const auto [node, k] : p.column(s)) ends.push_back(static_cast<int>(node));
    const int a = find(ends[0]), b = find(ends.size() == 2 ? ends[1] : 34 * 14);
    if (a != b) parent[static_cast<std::size_t>(a)] = b, --groups;
  }
  EXPECT_EQ(out.global_test.degrees_of_freedom, groups);
  for (const auto& e : out.estimates) EXPECT_TRUE(e.kind == Class::unobservable || e.sd > 0.0);
}

}  // namespace
}  // namespace castner::solve
