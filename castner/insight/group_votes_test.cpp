// SPDX-License-Identifier: Apache-2.0
// Instruments that stand for each other: their votes over the windows are one vote.
#include <gtest/gtest.h>

#include <algorithm>

#include "castner/insight/catalogue.h"
#include "castner/insight/findings.h"
#include "castner/insight/three_meters_for_tests.h"

namespace castner::insight {
namespace {

using Kind = solve::GrossError::Kind;

class GroupVotes : public ::testing::Test {
 protected:
  GroupVotes() : plant_(three_meters()) {}

  /// A window that accuses a meter, where another may be it as well, by so much behind. 0: nobody.
  void add(int accused, int other = 0, double behind = 0.0, double size = 1.0) {
    auto w = good_window(plant_);
    auto& r = w.state->reconciliation;
    r.global_test = {.statistic = 50.0, .degrees_of_freedom = 2, .critical = 6.0, .passed = accused == 0};
    if (accused > 0)
      for (auto& e : r.estimates) e.kind = solve::Class::nonredundant;
    for (auto& i : w.state->instruments) {
      i.measured = 1.0;
      i.sd = 0.1;
      i.sd_random = sd_random_;
    }
    if (accused > 0) {
      solve::GrossError g{.index = accused - 1, .size = size, .size_sd = 0.1, .statistic = 7.0, .critical = 3.0};
      if (other > 0) g.also_possible.push_back({Kind::bias, other - 1, 6.9, size, 0.1, behind});
      r.gross_errors.push_back(std::move(g));
    }
    w.steady = true;
    w.from = Time{} + std::chrono::hours(static_cast<int>(assessment_.windows.size()));
    assessment_.windows.push_back(std::move(w));
  }

  /// What the windows say of gross errors.
  Findings said() {
    Findings found;
    for (auto& f : judged(plant_, assessment_).findings)
      if (f.code.starts_with("gross_error.")) found.push_back(std::move(f));
    return found;
  }
  static double evidence(const Finding& f, const std::string& kind) {
    for (const auto& e : f.evidence)
      if (e.kind == kind) return e.amount.value.value_or(-1.0);
    return -1.0;
  }

  plant::Plant plant_;
  assess::Assessment assessment_;
  double sd_random_ = 0.0;
};

TEST_F(GroupVotes, AreAddedUp) {
  for (int n = 0; n < 3; ++n) {
    add(1, 2, 0.1);
    add(2, 1, 0.1);
  }
  add(0);
  const auto all = said();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].code, kOneOfSeveral);
  EXPECT_EQ(all[0].blanks.at("tag"), "FI-1");
  EXPECT_EQ(all[0].blanks.at("others"), "FI-2");
  EXPECT_EQ(evidence(all[0], "windows_named"), 6.0);
  EXPECT_EQ(evidence(all[0], "windows_reconciled"), 7.0);
}

TEST_F(GroupVotes, WhatAllWindowsHaveInCommonIsNoMoreEvidenceThanOne) {
  for (int n = 0; n < 20; ++n) add(1, 2, 1.0);
  const auto all = said();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].code, kOneOfSeveral) << "sd is systematic: the same error in every window";
}

TEST_F(GroupVotes, WindowsThatDifferByChanceTellMoreThanOne) {
  sd_random_ = 0.1;  // all of sd
  for (int n = 0; n < 20; ++n) add(1, 2, 1.0);
  const auto all = said();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].code, kReadsWrong);
  EXPECT_EQ(all[0].path, "FI-1");
  EXPECT_NEAR(evidence(all[0], "ahead"), 20.0, 1e-9) << "20 windows, 1 each";
  EXPECT_EQ(all[0].evidence.back().path, "FI-2");
}

TEST_F(GroupVotes, WhoIsAloneInMostWindowsStaysAlone) {
  for (int n = 0; n < 9; ++n) add(1);
  add(1, 2, 3.0);
  const auto all = said();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].code, kReadsWrong);
  EXPECT_EQ(all[0].path, "FI-1");
}

TEST_F(GroupVotes, FewWindowsAccuseNobody) {
  for (int n = 0; n < 6; ++n) add(0);
  add(1, 2, 0.1);
  add(2, 1, 0.1);
  EXPECT_TRUE(said().empty());
}

TEST_F(GroupVotes, AGroupMayBeginWithinTheData) {
  for (int n = 0; n < 12; ++n) add(0);
  for (int n = 0; n < 2; ++n) {
    add(2, 1, 0.1);
    add(1, 2, 0.1);
  }
  const auto all = said();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].code, kOneOfSeveral);
  EXPECT_EQ(all[0].since.substr(11), "12:00");
  EXPECT_EQ(evidence(all[0], "windows_named"), 4.0);
}

TEST_F(GroupVotes, NobodySaysOfOneInDoubtThatNothingChecksIt) {
  for (int n = 0; n < 4; ++n) add(1, 2, 0.1);
  const auto found = judged(plant_, assessment_).findings;
  const auto it = std::find_if(found.begin(), found.end(), [](const auto& f) { return f.code == kUnchecked; });
  ASSERT_NE(it, found.end());
  EXPECT_EQ(it->blanks.at("tags"), "FI-3");
}

}  // namespace
}  // namespace castner::insight
