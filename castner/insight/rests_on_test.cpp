// SPDX-License-Identifier: Apache-2.0
#include "castner/insight/rests_on.h"

#include <gtest/gtest.h>

#include "castner/insight/findings.h"
#include "castner/insight/three_meters_for_tests.h"

namespace castner::insight {
namespace {

using assess::Assessment;

/// FI-1 is called wrong by 2 kg/s though it is in use, and N1 is priced; its power moves by `per_unit` W for each kg/s of FI-1.
Judged with_a_suspect(double per_unit, bool passed = true) {
  const auto plant = three_meters();
  Assessment a;
  a.windows.push_back(good_window(plant));
  auto& r = a.windows[0].state->reconciliation;
  solve::GrossError g{.index = 0, .size = 2.0, .size_sd = 0.2, .statistic = 9.0};
  g.also_possible = {{solve::GrossError::Kind::bias, 1, 8.5, -1.0, 0.1, 1.0}};
  r.gross_errors.push_back(g);
  r.after_elimination = {.statistic = 30.0, .critical = 40.0, .passed = passed};
  assess::Loss loss{"N1", "above_best_peer", "N2", {1e5, 1e4, "W"}, {365e3, 36.5e3, "CNY/a"}};
  loss.follows["FI-1"] = per_unit;
  a.losses.push_back(loss);
  a.indicators["load"] = {100.0, 1.0, "t/h"};
  a.follows["load"]["FI-2"] = 3.0;
  return judged(plant, std::move(a));
}

TEST(RestsOn, ALossThatASuspectMadeStandsBehindTheSuspicionAndNamesIt) {
  const auto j = with_a_suspect(4e4);  // 80 of its 100 kW
  ASSERT_GE(j.findings.size(), 2u);
  EXPECT_EQ(j.findings[0].code, kOneOfSeveral);
  EXPECT_EQ(j.findings[1].loss, "above_best_peer");
  EXPECT_EQ(j.findings[1].rests_on, std::vector<std::string>{"FI-1"});
  EXPECT_TRUE(doubtful(j.findings[1]));
}

TEST(RestsOn, ALossThatIsLeftWithoutTheErrorStandsFirst) {
  for (const double per_unit : {0.0, 1e4, -4e4}) {  // 20 of its 100 kW; or more without it
    const auto j = with_a_suspect(per_unit);
    EXPECT_EQ(j.findings[0].loss, "above_best_peer") << per_unit;
    EXPECT_TRUE(j.findings[0].rests_on.empty()) << per_unit;
  }
}

TEST(RestsOn, WhatIsNoLossRestsOnNothing) {
  auto j = with_a_suspect(10.0);
  j.losses[0].power.value = -1e3;  // 20 W of it are nothing
  j.rests_on.clear();
  find_what_rests_on_suspicions(j);
  EXPECT_FALSE(j.rests_on.contains("N1.above_best_peer"));
}

TEST(RestsOn, AnIndicatorRestsOnAnErrorThatIsLargerThanItsUncertainty) {
  const auto j = with_a_suspect(0.0);  // 3 t/h of 100 +- 1
  ASSERT_TRUE(j.rests_on.contains("load"));
  EXPECT_EQ(j.rests_on.at("load"), std::vector<std::string>{"FI-2"});
}

TEST(RestsOn, WhereTheBalancesDoNotCloseThatIsSaidFirstAndNoLossIsAFact) {
  const auto j = with_a_suspect(0.0, false);
  EXPECT_EQ(j.findings[0].code, kOpenBalance);
  EXPECT_EQ(j.findings[0].blanks.at("likeliest"), "FI-1");
  EXPECT_TRUE(j.open);
  for (const auto& f : j.findings) EXPECT_EQ(doubtful(f), !f.loss.empty()) << f.code;
  EXPECT_EQ(j.findings[1].loss, "");
}

}  // namespace
}  // namespace castner::insight
