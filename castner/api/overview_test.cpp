// SPDX-License-Identifier: Apache-2.0
// What the first page is told to show first.
#include <gtest/gtest.h>

#include "castner/api/server_for_tests.h"

namespace castner::api::testing {
namespace {

using insight::Finding;

class OverviewTest : public ServerTest {
 protected:
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

TEST_F(OverviewTest, WhatStandsStillIsSaidWithItsTimeAndSoIsWhatWasStartedToday) {
  run_plant();
  serve();
  EXPECT_EQ(get("/api/v1/overview").json()["stopped"], nlohmann::json::array()) << "nothing is known yet";
  EXPECT_TRUE(get("/api/v1/plant").json()["units"][0]["state"].is_null());
  const auto with = [&](service::UnitState s) {
    state = std::make_shared<service::LiveState>(*state);
    state->units = {std::move(s)};
    return get("/api/v1/overview").json()["stopped"];
  };
  const std::string unit = state->plant->units.at(0).name;
  const auto stood = with({.idle = true, .since = start - 26h, .stops = {{0, start - 26h, {}}}});
  ASSERT_EQ(stood.size(), 1u);
  EXPECT_EQ(stood[0], nlohmann::json::parse(R"({"unit":")" + unit + R"(","idle":true,"since":"2026-11-21T22:00:00Z",
    "stops":[{"unit":")" + unit + R"(","from":"2026-11-21T22:00:00Z","to":null}]})"));
  EXPECT_EQ(get("/api/v1/plant").json()["units"][0]["state"], stood[0]);
  const auto started = with({.since = start - 1h, .stops = {{0, {}, start - 1h}}});
  ASSERT_EQ(started.size(), 1u);
  EXPECT_EQ(started[0]["idle"], false);
  EXPECT_TRUE(started[0]["stops"][0]["from"].is_null());
  EXPECT_TRUE(with({.since = start - 25h, .stops = {{0, start - 26h, start - 25h}}}).empty()) << "yesterday";
  EXPECT_TRUE(with({}).empty());
  EXPECT_EQ(with({.idle = true}).size(), 1u) << "since before anything is known";
}

// What goes in goes out, so both are known alike, though each stream's error is its own.
TEST_F(OverviewTest, MassInAndOutOfAUnitAreKnownAlike) {
  run_plant();
  serve();
  const auto closure = get("/api/v1/plant").json()["units"][0]["closure"];
  const double in = closure["in"]["sd"], out = closure["out"]["sd"];
  EXPECT_GT(in, 0.0);
  EXPECT_NEAR(in, out, 1e-6 * in);
}

TEST_F(OverviewTest, AFindingHasTheTimesOfItsStops) {
  run_plant();
  Finding stopped = of(Finding::Severity::info, "");
  stopped.stops = {{0, start - 2h, start - 1h}};
  find({stopped, of(Finding::Severity::info, "else")});
  serve();
  const auto attention = get("/api/v1/overview").json()["attention"];
  ASSERT_EQ(attention[0]["stops"].size(), 1u);
  EXPECT_EQ(attention[0]["stops"][0]["to"], "2026-11-22T23:00:00Z");
  EXPECT_TRUE(attention[1]["stops"].empty());
}

}  // namespace
}  // namespace castner::api::testing
