// SPDX-License-Identifier: Apache-2.0
// What the first page is told to show first.
#include <gtest/gtest.h>

#include "castner/api/server_for_tests.h"

namespace castner::api::testing {
namespace {

using insight::Finding;

class OverviewTest : public ServerTest {
 protected:
  /// As `judged` has them: the most money first.
  void find(std::vector<Finding> findings) {
    auto balance = std::make_shared<service::LiveAssessment>(*state->last_good);
    balance->assessment.findings = std::move(findings);
    state->last = state->last_good = balance;
  }
  static Finding of(Finding::Severity severity, const std::string& path, std::optional<double> cost = {}) {
    Finding f;
    f.code = "test.only";
    f.severity = severity;
    f.path = path;
    f.cost_per_day = {cost, cost ? std::optional(3.0) : std::nullopt, "CNY/d"};
    return f;
  }
  static std::vector<std::string> paths(const nlohmann::json& findings) {
    std::vector<std::string> all;
    for (const auto& f : findings) all.push_back(f["path"]);
    return all;
  }
};

TEST_F(OverviewTest, AWrongMeterIsNotCutOffByNotesThatCostMore) {
  run_plant();
  std::vector<Finding> all;
  for (int k = 0; k < 12; ++k) all.push_back(of(Finding::Severity::info, "note" + std::to_string(k), 100.0 - k));
  all.push_back(of(Finding::Severity::warning, "dear", 5.0));
  all.push_back(of(Finding::Severity::warning, "meter"));
  all.push_back(of(Finding::Severity::critical, "now"));
  find(all);
  serve();
  const auto overview = get("/api/v1/overview").json();
  EXPECT_EQ(paths(overview["attention"]), (std::vector<std::string>{"now", "dear", "meter", "note0", "note1", "note2",
                                                                    "note3", "note4", "note5", "note6"}));
  const auto energy = get("/api/v1/energy").json();
  EXPECT_EQ(paths(energy["findings"]).size(), 15u);
  EXPECT_EQ(paths(energy["findings"])[0], "note0") << "where it is about money, money comes first";
  // 100 + 99 + ... + 89, and 5; thirteen of 3 each are sqrt(13) * 3 together.
  for (const auto& answer : {overview, energy}) {
    EXPECT_EQ(answer["avoidable_per_day"]["value"], 1139.0) << "also of what is cut off";
    EXPECT_NEAR(answer["avoidable_per_day"]["sd"], 10.8167, 1e-4);
  }
}

TEST_F(OverviewTest, WithoutAPriceNothingIsSaidToBeAvoidable) {
  run_plant();
  find({of(Finding::Severity::warning, "meter")});
  serve();
  EXPECT_TRUE(get("/api/v1/overview").json()["avoidable_per_day"]["value"].is_null());
}

TEST_F(OverviewTest, WhatShowsAFindingIsNamedOnce) {
  run_plant();
  Finding wrong = of(Finding::Severity::warning, "S1.flow_mass");
  wrong.blanks["tag"] = "FI-101";  // the instrument of that path
  find({wrong});
  serve();
  const auto attention = get("/api/v1/overview").json()["attention"];
  EXPECT_EQ(attention[0]["tags"], nlohmann::json::array({"FI-101"})) << "its reconciled value stands beside it anyway";
}

}  // namespace
}  // namespace castner::api::testing
