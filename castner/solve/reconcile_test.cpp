// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/reconcile.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

#include "castner/solve/index.h"
#include "tests/support/agreement.h"
#include "tests/support/linear_network.h"
#include "tests/support/published_networks.h"
#include "tests/support/reconcile_problems.h"
#include "tests/support/textbook_system.h"

namespace castner::solve {
namespace {

using testing::expect_agreement;
using testing::LinearNetwork;

const std::string kRipps = "Ripps 1965", kCollection = "do-valle-2018, recomputed to eight digits";

struct Ripps {
  nlohmann::json facts = testing::validation_json("ripps_1965.json");
  LinearNetwork system = LinearNetwork::dense(facts["balances"].get<std::vector<std::vector<double>>>());
  std::vector<MeasuredValue> readings;
  std::vector<double> start;
  Ripps() {
    for (int i = 0; i < 4; ++i) {
      const auto k = static_cast<std::size_t>(i);
      readings.push_back({i, facts["measured"][k], std::sqrt(facts["variance"][k].get<double>())});
      start.push_back(readings.back().value);
    }
  }
};

TEST(Reconcile, RippsIsAsInInterfaces) {
  const Ripps r;
  const auto out = reconcile(r.system, r.readings, {}, {}, r.start);
  ASSERT_EQ(out.report.status, Status::converged);
  // Tolerances: half of the last digit printed.
  EXPECT_NEAR(out.global_test.statistic, 8.4547, 5e-5);
  EXPECT_EQ(out.global_test.degrees_of_freedom, 3);
  EXPECT_NEAR(*out.global_test.critical, 7.8147, 5e-5);
  EXPECT_FALSE(*out.global_test.passed);
  ASSERT_TRUE(out.after_elimination);
  EXPECT_NEAR(out.after_elimination->statistic, 0.9636, 5e-5);
  EXPECT_EQ(out.after_elimination->degrees_of_freedom, 2);
  EXPECT_NEAR(*out.after_elimination->critical, 5.9915, 5e-5);
  EXPECT_TRUE(*out.after_elimination->passed);
  EXPECT_NEAR(out.estimates[0].value, 0.17509, 5e-6);
  EXPECT_NEAR(out.estimates[0].sd, 0.00313, 5e-6);
  EXPECT_EQ(out.estimates[0].kind, Class::redundant);
  EXPECT_TRUE(out.used[0]);
  EXPECT_NEAR(out.estimates[1].value, 5.07747, 5e-6);
  EXPECT_NEAR(out.estimates[1].sd, 0.0909, 5e-5);
  EXPECT_EQ(out.estimates[1].kind, Class::observable);
  EXPECT_FALSE(out.used[1]);
  ASSERT_EQ(out.gross_errors.size(), 1u);
  const auto& g = out.gross_errors[0];
  EXPECT_EQ(g.index, 1);
  EXPECT_NEAR(g.size, -0.28397, 5e-6);
  EXPECT_NEAR(g.size_sd, 0.1038, 5e-5);
  EXPECT_NEAR(g.statistic, 2.737, 5e-4);
  EXPECT_NEAR(g.critical, 2.491, 5e-4);
  EXPECT_TRUE(g.removed);
  EXPECT_TRUE(g.alternatives.empty());
}

TEST(Reconcile, RippsAgreesWithTheRecomputedAnswers) {
  const Ripps r;
  const auto out = reconcile(r.system, r.readings, {}, {}, r.start, {.eliminate = false});
  expect_agreement(
      {kRipps, "global statistic", r.facts["global_statistic"], out.global_test.statistic, 1e-8, "ripps-1965"});
  for (std::size_t i = 0; i < 4; ++i) {
    // Eight digits are stated.
    expect_agreement({kRipps, "reconciled x" + std::to_string(i + 1), r.facts["reconciled"][i], out.estimates[i].value,
                      6e-9, "ripps-1965"});
    expect_agreement({kRipps, "z" + std::to_string(i + 1), std::abs(r.facts["z"][i].get<double>()), out.statistic[i],
                      1e-7, "ripps-1965"});
  }
  const auto without = reconcile(r.system, r.readings, {}, {}, r.start);
  for (std::size_t i = 0; i < 4; ++i)
    expect_agreement({kRipps, "without x2: x" + std::to_string(i + 1), r.facts["reconciled_without_2"][i],
                      without.estimates[i].value, 6e-9, "ripps-1965"});
}

TEST(Reconcile, NamesEverySuspectAndRemovesNoneWhereNobodyAskedForIt) {
  // Two pipes apart, a pair of meters on each, and one meter of each pair far off.
  const auto system = testing::LinearNetwork::dense({{1, -1, 0, 0}, {0, 0, 1, -1}});
  const std::vector<MeasuredValue> readings{{0, 10.0, 0.1}, {1, 12.0, 0.1}, {2, 5.0, 0.1}, {3, 6.0, 0.1}};
  const auto out = reconcile(system, readings, {}, {}, std::vector<double>{10, 12, 5, 6}, {.eliminate = false});
  ASSERT_EQ(out.report.status, Status::converged);
  ASSERT_EQ(out.gross_errors.size(), 2u);
  for (const int pair : {0, 1}) {  // the worse first; of a pair neither can be told from the other
    const auto& g = out.gross_errors[at(pair)];
    EXPECT_EQ(g.index, 2 * pair);
    ASSERT_EQ(g.alternatives.size(), 1u);
    EXPECT_EQ(g.alternatives[0].index, 2 * pair + 1);
    EXPECT_FALSE(g.removed);
    EXPECT_EQ(g.kept, GrossError::Kept::not_asked);
  }
  EXPECT_EQ(out.used, std::vector<bool>(4, true));
  EXPECT_NEAR(out.estimates[0].value, 11.0, 1e-9);
  EXPECT_FALSE(out.after_elimination);
}

TEST(Reconcile, RippsWithoutEachReadingInTurn) {
  const Ripps r;
  for (std::size_t gone = 0; gone < 4; ++gone) {
    auto readings = r.readings;
    readings.erase(readings.begin() + static_cast<std::ptrdiff_t>(gone));
    const auto out = reconcile(r.system, readings, {}, {}, r.start, {.eliminate = false});
    expect_agreement({kRipps, "statistic without reading " + std::to_string(gone + 1),
                      r.facts["statistic_without"][std::to_string(gone + 1)], out.global_test.statistic, 5e-7,
                      "ripps-1965"});
  }
}

TEST(Reconcile, TheTwelveNetworksAgreeWithTheirAnswers) {
  for (const auto& n : testing::published_networks()) {
    const auto out = reconcile(n.system, n.readings, {}, {}, testing::readings_as_start(n), {.eliminate = false});
    ASSERT_EQ(out.report.status, Status::converged) << n.id;
    EXPECT_EQ(out.report.iterations, 1) << "a linear problem takes one step";
    // The restated answers carry eight decimals.
    expect_agreement({n.set(), "global test statistic", n.facts["global_statistic"], out.global_test.statistic,
                      1e-9 * out.global_test.statistic + 1e-11, kCollection});
    expect_agreement({n.set(), "critical value at 0.05", n.facts["critical_0_05"], *out.global_test.critical, 1e-9,
                      "do-valle-2018, chi-squared recomputed"});
    EXPECT_EQ(out.global_test.degrees_of_freedom, n.facts["degrees_of_freedom"].get<int>());
    const auto answers = n.facts["reconciled"].get<std::vector<double>>();
    std::vector<double> r(n.system.equations().size());
    for (std::size_t j = 0; j < answers.size(); ++j)
      expect_agreement({n.set(), "reconciled stream " + std::to_string(j + 1), answers[j], out.estimates[j].value, 6e-9,
                        kCollection});
    n.system.residual(out.x, r);
    for (const double v : r) EXPECT_LT(std::abs(v), 1e-9) << n.id << ": balances close";
  }
}

TEST(Reconcile, PaiAndFisherAgreesWithThePublishedAnswer) {
  const auto p = testing::pai_fisher();
  const auto f = testing::validation_json("nonlinear.json")["pai_fisher_1988"];
  const auto out = reconcile(*p.system, p.readings, {}, {}, p.start);
  ASSERT_EQ(out.report.status, Status::converged) << out.report.advice.text;
  for (std::size_t i = 0; i < 8; ++i) {
    const auto& name = p.system->variables()[i].name;
    const double half_digit = 0.5 * std::pow(10.0, -f["published_decimals"][i].get<int>());
    expect_agreement(
        {"Pai and Fisher 1988", name, f["published"][i], out.estimates[i].value, half_digit, "pai-fisher-1988"});
    // Recomputed independently; printed with eight digits, converged to about as many.
    expect_agreement({"Pai and Fisher 1988", name + ", eight digits", f["recomputed"][i], out.estimates[i].value, 1e-8,
                      "pai-fisher-1988, recomputed"});
  }
  expect_agreement(
      {"Pai and Fisher 1988", "objective", f["objective"], out.global_test.statistic, 5e-7, "pai-fisher-1988"});
  EXPECT_EQ(out.global_test.degrees_of_freedom, 3);
  EXPECT_LE(out.report.iterations, 6);

  const auto again = reconcile(*p.system, p.readings, {}, {}, out.x);
  EXPECT_LE(again.report.iterations, 3) << "warm start";
  EXPECT_NEAR(again.global_test.statistic, out.global_test.statistic, 1e-10);
}

TEST(Reconcile, FromFarStartsConvergesOrSaysWhyNot) {
  // One Reconciler for all, so that what it keeps from the last answer must not mislead the next.
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> factor(0.3, 3.0);
  for (const auto& make : {testing::pai_fisher, testing::rod_hancil}) {
    const auto p = make();
    Reconciler reconciler(*p.system, p.held);
    const auto answer = reconciler.reconcile(p.readings, {}, p.start, {.eliminate = false});
    ASSERT_EQ(answer.report.status, Status::converged);
    int found = 0;
    for (int k = 0; k < 40; ++k) {
      auto start = p.start;
      for (double& x : start) x *= factor(random);
      const auto out = reconciler.reconcile(p.readings, {}, start, {.eliminate = false, .max_iterations = 100});
      EXPECT_LE(out.report.iterations, 400) << p.name;
      if (out.report.status != Status::converged) {
        EXPECT_FALSE(out.report.advice.text.empty()) << p.name;
        continue;
      }
      ASSERT_FALSE(out.report.worst_residuals.empty());
      EXPECT_LT(std::abs(out.report.worst_residuals[0].scaled), 1e-8) << p.name;
      found += std::abs(out.global_test.statistic - answer.global_test.statistic) < 1e-6 * answer.global_test.statistic;
    }
    // Other local solutions exist (and are honest); most starts within a factor of three lead to the same.
    EXPECT_GE(found, 20) << p.name;
  }
}

TEST(Reconcile, EstimatesFourCommonParametersFromTwentySets) {
  // Biegler & Tjoa: 424 variables, 200 equations; without the exact curvature it would take dozens of steps.
  const auto p = testing::biegler_tjoa(20);
  const auto out = reconcile(*p.system, p.readings, {}, {}, p.start, {.eliminate = false});
  ASSERT_EQ(out.report.status, Status::converged) << out.report.advice.text;
  EXPECT_LE(out.report.iterations, 8);
  // 200 balances less 2 unmeasured temperatures a set and 4 parameters
  EXPECT_EQ(out.global_test.degrees_of_freedom, 200 - 40 - 4);
}

TEST(Reconcile, SaysWhenBalancesContradictEachOther) {
  const LinearNetwork s = LinearNetwork::dense({{1, -1}, {1, -1}}, {0.0, 1.0});
  const std::vector<MeasuredValue> y{{0, 1.0, 0.1}, {1, 1.0, 0.1}};
  const auto out = reconcile(s, y, {}, {}, std::vector<double>{1.0, 1.0});
  EXPECT_EQ(out.report.status, Status::infeasible);
  EXPECT_FALSE(out.report.advice.text.empty());
  EXPECT_FALSE(out.report.advice.equation.empty());
  EXPECT_LT(out.report.iterations, 500)
      << "it is tried from eleven places, then with Huber's loss and without each reading";
}

TEST(Reconcile, SaysWhenWhatIsHeldContradictsABalance) {
  const LinearNetwork s = LinearNetwork::dense({{1, -1, -1}});
  const std::vector<Held> held{{0, 1.0}, {1, 0.5}, {2, 0.4}};
  const auto out = reconcile(s, {}, held, {}, std::vector<double>{1.0, 1.0, 1.0});
  EXPECT_EQ(out.report.status, Status::structurally_singular);
  EXPECT_NE(out.report.advice.text.find("N1: mass balance"), std::string::npos) << out.report.advice.text;
}

TEST(Reconcile, LivesWithRedundantEquations) {
  // The third balance is the sum of the others.
  const LinearNetwork s = LinearNetwork::dense({{1, -1, -1, 0}, {0, 1, 1, -1}, {1, 0, 0, -1}});
  const LinearNetwork twin = LinearNetwork::dense({{1, -1, -1, 0}, {0, 1, 1, -1}});
  const std::vector<MeasuredValue> y{{0, 10.3, 0.2}, {1, 4.1, 0.1}, {2, 5.8, 0.1}, {3, 9.9, 0.2}};
  const std::vector<double> start{10, 4, 6, 10};
  const auto out = reconcile(s, y, {}, {}, start), same = reconcile(twin, y, {}, {}, start);
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_EQ(out.global_test.degrees_of_freedom, 2);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(out.estimates[i].value, same.estimates[i].value, 1e-10);
    EXPECT_NEAR(out.estimates[i].sd, same.estimates[i].sd, 1e-10);
  }
}

TEST(Reconcile, HoldsABoundAndSaysSo) {
  // Unbounded, x2 would be -0.1: it is held at zero, counts as known, and its reading is tested against that.
  LinearNetwork s = LinearNetwork::dense({{1, -1, -1}});
  s.variable(1).low = 0.0;
  const std::vector<MeasuredValue> y{{0, 1.0, 0.1}, {1, -0.1, 0.1}, {2, 1.1, 0.1}};
  const auto out = reconcile(s, y, {}, {}, std::vector<double>{1.0, 0.1, 0.9});
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_EQ(out.estimates[1].value, 0.0);
  EXPECT_TRUE(out.estimates[1].at_bound);
  EXPECT_EQ(out.estimates[1].sd, 0.0);
  EXPECT_NEAR(out.estimates[0].value, 1.05, 1e-9);
  EXPECT_NEAR(out.estimates[2].value, 1.05, 1e-9);
  ASSERT_EQ(out.report.warnings.size(), 1u);
  EXPECT_EQ(out.report.warnings[0].text, "x2 is at its lower bound 0");
}

TEST(Reconcile, LeavesABoundThatWasOnlyTouchedOnTheWay) {
  LinearNetwork s = LinearNetwork::dense({{1, -1, -1}});
  s.variable(1).low = 0.0;
  const std::vector<MeasuredValue> y{{0, 1.0, 0.1}, {1, 0.3, 0.1}, {2, 0.7, 0.1}};
  const auto out = reconcile(s, y, {}, {}, std::vector<double>{1.0, 0.0, 1.0});
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_NEAR(out.estimates[1].value, 0.3, 1e-9);
  EXPECT_TRUE(out.report.warnings.empty());
}

TEST(Reconcile, TakesTwoReadingsOfOneVariable) {
  const LinearNetwork s = LinearNetwork::dense({{1, -1}});
  const std::vector<MeasuredValue> y{{0, 10.0, 0.3}, {0, 10.4, 0.3}, {1, 10.1, 0.1}};
  const auto out = reconcile(s, y, {}, {}, std::vector<double>{10, 10}, {.eliminate = false});
  const double w = 1.0 / 0.09, estimate = (10.0 * w + 10.4 * w + 10.1 * 100.0) / (2.0 * w + 100.0);
  EXPECT_NEAR(out.estimates[0].value, estimate, 1e-9);
  EXPECT_NEAR(out.estimates[0].sd, std::sqrt(1.0 / (2.0 * w + 100.0)), 1e-12);
  EXPECT_EQ(out.global_test.degrees_of_freedom, 2);
  const double posterior = 1.0 / (2.0 * w + 100.0);
  EXPECT_NEAR(out.statistic[1], (10.4 - estimate) / std::sqrt(0.09 - posterior), 1e-9);
}

TEST(Reconcile, NamesLeaksAndBiasesThatLookAlike) {
  // x1 -> N1 -> x2 -> N2 -> x3; only the ends measured: a leak of either node and either reading look the same.
  const LinearNetwork s = LinearNetwork::dense({{1, -1, 0}, {0, 1, -1}});
  const std::vector<MeasuredValue> y{{0, 10.0, 0.1}, {2, 9.0, 0.1}};
  const std::vector<LeakCandidate> leaks{{0}, {1}};
  const auto out = reconcile(s, y, {}, leaks, std::vector<double>{10, 10, 10});
  ASSERT_EQ(out.gross_errors.size(), 1u);
  const auto& g = out.gross_errors[0];
  EXPECT_EQ(g.kind, GrossError::Kind::bias);
  EXPECT_EQ(g.index, 0);
  EXPECT_FALSE(g.removed) << "one degree of freedom: removal would leave no redundancy";
  EXPECT_NEAR(g.size, 1.0, 1e-9);
  EXPECT_NEAR(g.size_sd, std::sqrt(0.02), 1e-9);
  ASSERT_EQ(g.alternatives.size(), 3u);
  EXPECT_EQ(g.alternatives[0].kind, GrossError::Kind::bias);
  EXPECT_EQ(g.alternatives[0].index, 1);
  EXPECT_EQ(g.alternatives[1].kind, GrossError::Kind::leak);
  EXPECT_NEAR(g.critical, 2.4909, 1e-3) << "Sidak with n = 4: two readings, two leaks";
}

TEST(Reconcile, FindsALeakWithItsSizeAndSign) {
  // A splits x1 into x2 and x3; B passes x2 on as x4, C x3 as x5; D joins them to x6. B loses 2.
  const LinearNetwork s =
      LinearNetwork::dense({{1, -1, -1, 0, 0, 0}, {0, 1, 0, -1, 0, 0}, {0, 0, 1, 0, -1, 0}, {0, 0, 0, 1, 1, -1}});
  const std::vector<double> flow{10, 6, 4, 4, 4, 8};
  std::vector<MeasuredValue> y;
  for (int i = 0; i < 6; ++i) y.push_back({i, flow[static_cast<std::size_t>(i)], 0.1});
  const std::vector<LeakCandidate> leaks{{0}, {1}, {2}, {3}};
  const auto out = reconcile(s, y, {}, leaks, flow);
  ASSERT_EQ(out.gross_errors.size(), 1u);
  const auto& g = out.gross_errors[0];
  EXPECT_EQ(g.kind, GrossError::Kind::leak);
  EXPECT_EQ(g.index, 1);
  EXPECT_TRUE(g.removed);
  EXPECT_TRUE(g.alternatives.empty());
  EXPECT_NEAR(g.size, 2.0, 1e-9) << "positive: lost";
  EXPECT_EQ(out.after_elimination->degrees_of_freedom, 3);
  // The same plant without B's balance knows the difference of x2 and x4 just as well.
  const LinearNetwork without = LinearNetwork::dense({{1, -1, -1, 0, 0, 0}, {0, 0, 1, 0, -1, 0}, {0, 0, 0, 1, 1, -1}});
  const std::vector<std::pair<int, double>> difference{{1, 1.0}, {3, -1.0}};
  const auto twin = reconcile(without, y, {}, {}, flow);
  EXPECT_NEAR(g.size_sd, std::sqrt(*twin.covariance->variance(difference)), 1e-12);
  EXPECT_NEAR(out.estimates[1].value, twin.estimates[1].value, 1e-10);
  // Kept in, its size comes from the multipliers of the balances instead, with the same sign.
  for (const ReconcileOptions& options : {ReconcileOptions{.eliminate = false}, ReconcileOptions{.robust = true}}) {
    const auto kept = reconcile(s, y, {}, leaks, flow, options);
    ASSERT_FALSE(kept.gross_errors.empty());
    EXPECT_EQ(kept.gross_errors[0].kind, GrossError::Kind::leak);
    EXPECT_EQ(kept.gross_errors[0].kept,
              options.robust ? GrossError::Kept::counts_little : GrossError::Kept::not_asked);
    EXPECT_GT(kept.gross_errors[0].size, 5.0 * kept.gross_errors[0].size_sd) << "lost, not gained";
  }
}

TEST(Reconcile, HubersEstimateIsTheMedianlikeOne) {
  // Three readings of one flow through two joints: Huber's location estimate solves sum psi = 0.
  const LinearNetwork s = LinearNetwork::dense({{1, -1, 0}, {0, 1, -1}});
  const std::vector<MeasuredValue> y{{0, 0.0, 1.0}, {1, 0.4, 1.0}, {2, 10.0, 1.0}};
  const auto out = reconcile(s, y, {}, {}, std::vector<double>{0, 0, 0}, {.robust = true});
  ASSERT_EQ(out.report.status, Status::converged);
  // (x - 0) + (x - 0.4) = k
  EXPECT_NEAR(out.estimates[0].value, (0.4 + 1.345) / 2.0, 1e-8);
  ASSERT_FALSE(out.gross_errors.empty());
  EXPECT_EQ(out.gross_errors[0].index, 2);
  EXPECT_FALSE(out.gross_errors[0].removed);
  EXPECT_TRUE(out.used[2]);
}

TEST(Reconcile, CovarianceOfAFunctionIsTheFormula) {
  const LinearNetwork s = LinearNetwork::dense({{1, -1, -1, 0}});
  const std::vector<MeasuredValue> y{{0, 10.0, 0.2}, {1, 4.0, 0.1}};
  const auto out = reconcile(s, y, {}, {}, std::vector<double>{10, 4, 6, 1});
  ASSERT_TRUE(out.covariance);
  const std::vector<std::pair<int, double>> third{{2, 1.0}}, sum{{1, 1.0}, {2, 1.0}}, unknown{{0, 1.0}, {3, 1.0}};
  EXPECT_NEAR(*out.covariance->variance(third), 0.05, 1e-12);
  EXPECT_NEAR(*out.covariance->variance(sum), 0.04, 1e-12);
  EXPECT_NEAR(*out.covariance->covariance(third, sum), 0.04, 1e-12);
  EXPECT_FALSE(out.covariance->variance(unknown)) << "x4 is unobservable";
  const auto times = out.covariance->times(third);
  ASSERT_TRUE(times);
  EXPECT_NEAR((*times)[0], 0.04, 1e-12);
  EXPECT_NEAR((*times)[1], -0.01, 1e-12);
  const auto influence = out.covariance->influence(third);
  ASSERT_TRUE(influence);
  EXPECT_NEAR((*influence)[0], 1.0, 1e-12);
  EXPECT_NEAR((*influence)[1], -1.0, 1e-12);
  EXPECT_FALSE(out.covariance->influence(unknown));
  EXPECT_EQ(out.estimates[0].kind, Class::nonredundant);
  EXPECT_EQ(out.estimates[2].kind, Class::observable);
  EXPECT_EQ(out.estimates[3].kind, Class::unobservable);
  EXPECT_EQ(out.global_test.degrees_of_freedom, 0);
  EXPECT_FALSE(out.global_test.critical);
  EXPECT_FALSE(out.global_test.passed);
}

TEST(Reconcile, EstimatesOnlyWithoutCovariance) {
  const Ripps r;
  const auto out = reconcile(r.system, r.readings, {}, {}, r.start, {.covariance = false});
  ASSERT_EQ(out.report.status, Status::converged);
  EXPECT_FALSE(out.covariance);
  EXPECT_TRUE(out.gross_errors.empty());
  EXPECT_NEAR(out.global_test.statistic, 8.45474, 1e-4);
}

}  // namespace
}  // namespace castner::solve
