// SPDX-License-Identifier: Apache-2.0
// Every reconciliation problem of the tests once more by IPOPT: the same objective to 1e-6 relative.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "castner/solve/reconcile.h"
#include "tests/support/agreement.h"
#include "tests/support/ipopt_reference.h"
#include "tests/support/reconcile_problems.h"

namespace castner::solve {
namespace {

using testing::expect_agreement;
using testing::ipopt_reconcile;

double worst(const Report& r) { return r.worst_residuals.empty() ? 0.0 : std::abs(r.worst_residuals[0].scaled); }

TEST(IpoptAgreement, OnTheTwelveNetworks) {
  for (const auto& n : testing::published_networks()) {
    const auto start = testing::readings_as_start(n);
    const auto ours = reconcile(n.system, n.readings, {}, {}, start, {.eliminate = false});
    const auto reference = ipopt_reconcile(n.system, n.readings, {}, start);
    ASSERT_TRUE(reference.solved) << n.id;
    expect_agreement({n.set(), "objective by IPOPT", reference.objective, ours.global_test.statistic,
                      1e-6 * reference.objective, "ipopt, 3.11.9"});
  }
}

TEST(IpoptAgreement, OnTheNonlinearProblems) {
  for (const auto& p : testing::nonlinear_problems()) {
    Reconciler reconciler(*p.system, p.held);
    const auto ours = reconciler.reconcile(p.readings, {}, p.start, {.eliminate = false});
    ASSERT_EQ(ours.report.status, Status::converged) << p.name << ": " << ours.report.advice.text;
    // From the start given with Biegler-Tjoa, IPOPT 3.11.9 ends with "tiny step": there it only confirms our answer, to
    // the tolerance it reaches.
    const bool confirm = p.name == "Biegler and Tjoa 1993";
    const auto reference = ipopt_reconcile(*p.system, p.readings, p.held, confirm ? ours.x : p.start,
                                           {.tolerance = confirm ? 1e-7 : 1e-10});
    ASSERT_TRUE(reference.solved) << p.name;
    expect_agreement({p.name, "objective by IPOPT", reference.objective, ours.global_test.statistic,
                      1e-6 * reference.objective, "ipopt, 3.11.9"});
    EXPECT_LT(worst(ours.report), 1e-9) << p.name << ": balances close";
    EXPECT_LE(ours.report.iterations, 10) << p.name;
    // From the answer a disturbed set of readings is two or three iterations away.
    std::mt19937_64 random(7);
    std::normal_distribution<double> normal;
    auto again = p.readings;
    for (auto& y : again) y.value += 0.1 * y.sd * normal(random);
    const auto warm = reconciler.reconcile(again, {}, ours.x, {.eliminate = false});
    ASSERT_EQ(warm.report.status, Status::converged) << p.name;
    const auto reference2 = ipopt_reconcile(*p.system, again, p.held, ours.x);
    EXPECT_NEAR(warm.global_test.statistic, reference2.objective, 1e-6 * reference2.objective) << p.name;
    EXPECT_LE(warm.report.iterations, 5) << p.name;
  }
}

TEST(IpoptAgreement, WithBoundsThatHold) {
  // Random networks with most flows near zero and low = 0: about a third of the bounds hold.
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    std::vector<testing::LinearNetwork::Entry> entries;
    const int nodes = 12, streams = 30;
    for (int j = 0; j < streams; ++j) {
      const int from = static_cast<int>(random() % (nodes + 1)), to = static_cast<int>(random() % (nodes + 1));
      if (from < nodes) entries.push_back({from, j, -1.0});
      if (to < nodes && to != from) entries.push_back({to, j, 1.0});
    }
    testing::LinearNetwork s(nodes, streams, entries);
    std::vector<MeasuredValue> readings;
    std::vector<double> start(streams, 0.5);
    for (int j = 0; j < streams; ++j) {
      s.variable(j).low = 0.0;
      if (random() % 5 != 0)
        readings.push_back({j, 0.3 + normal(random), 0.1 + 0.2 * static_cast<double>(random() % 4)});
    }
    const auto ours = reconcile(s, readings, {}, {}, start, {.eliminate = false});
    ASSERT_EQ(ours.report.status, Status::converged) << seed << ours.report.advice.text;
    const auto reference = ipopt_reconcile(s, readings, {}, start);
    ASSERT_TRUE(reference.solved) << seed;
    EXPECT_NEAR(ours.global_test.statistic, reference.objective, 1e-6 * reference.objective + 1e-9) << seed;
    for (const double x : ours.x) EXPECT_GE(x, 0.0);
  }
}

}  // namespace
}  // namespace castner::solve
