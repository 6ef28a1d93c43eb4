// SPDX-License-Identifier: Apache-2.0
#include "castner/virtual_plant/past.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "castner/base/file.h"
#include "castner/sources/line_protocol.h"
#include "castner/tables/table_reader.h"
#include "tests/support/root.h"

namespace castner::virtual_plant {
namespace {

const std::string kPastFolder = testing::root() + "/plants/cell_room/";
constexpr std::int64_t kNow = 1'764'000'000;
constexpr double kDayOfPast = 86400.0;

std::unique_ptr<VirtualPlant> plant_with_past(const std::string& scenario) {
  auto plant = VirtualPlant::make({*read_file(kPastFolder + "plant.toml"),
                                   "plant.toml",
                                   *read_file(kPastFolder + "virtual.toml"),
                                   "virtual.toml",
                                   {{scenario, "past.toml"}}});
  EXPECT_TRUE(plant) << plant.error().text();
  return std::move(*plant);
}

/// Every tag's readings by time [s], as Castner's own reader of line protocol takes them.
std::map<std::string, std::map<std::int64_t, double>> past_of(VirtualPlant& plant, const PastExport& o) {
  std::string all;
  const auto report = write_past(plant, o, [&](std::string_view lines) {
    EXPECT_TRUE(lines.ends_with('\n'));
    all += lines;
    return true;
  });
  EXPECT_EQ(report.status, solve::Status::converged) << report.advice.text;
  sources::LineProtocolReader reader;
  EXPECT_TRUE(reader.read(all, {.ns_each = 1'000'000'000, .arrival = {}}));
  std::map<std::string, std::map<std::int64_t, double>> out;
  for (const auto& run : reader.batch().runs())
    for (std::size_t i = 0; i < run.times.size(); ++i)
      out[reader.batch().tags()[run.tag]][run.times[i].time_since_epoch() / std::chrono::seconds(1)] =
          std::get<std::span<const double>>(run.values)[i];
  return out;
}

TEST(Past, EndsWhereLiveBeginsAndHoldsEveryTag) {
  const auto plant = plant_with_past("");
  const auto past = past_of(*plant, {.length = 7200.0, .close = 3600.0, .now = kNow});
  ASSERT_EQ(past.size(), 693u);
  EXPECT_EQ(past.at("FI-2004").size(), 120u);
  EXPECT_EQ(past.at("FI-2004").begin()->first, kNow - 7200);
  EXPECT_EQ(past.at("FI-2004").rbegin()->first, kNow - 60);
  // Single cells and their analyses come more seldom, but close to now.
  EXPECT_EQ(past.at("EI-1101-001").size(), 6u + 60u);
  EXPECT_EQ(past.at("AI-1107").size(), 6u + 60u);
  // The same plant as the live one: what it shows last differs from its first live reading by noise.
  const auto live = plant_with_past("");
  live->settings().links.clear();
  ASSERT_EQ(live->start().status, solve::Status::converged);
  for (std::size_t i = 0; i < live->measurements(); ++i) {
    const double now = live->values()[i].value;
    EXPECT_NEAR(past.at(live->tags()[i].name).rbegin()->second, now, std::max(0.06 * std::abs(now), 0.3))
        << live->tags()[i].name;
  }
}

TEST(Past, ThirtyDaysHaveTwoStopsADriftAndAnAgeingElectrolyser) {
  const auto plant = plant_with_past(*read_file(kPastFolder + "past.toml"));
  const auto past = past_of(*plant, {.step = 600.0, .cell_step = 6 * 3600.0, .now = kNow});
  const auto at = [&](const std::string& tag, double days) {
    return past.at(tag).lower_bound(kNow + static_cast<std::int64_t>(days * kDayOfPast))->second;
  };
  int stops = 0;
  bool stands = false;
  for (const auto& [time, current] : past.at("II-1101")) {
    stops += !stands && current < 1.0;
    stands = current < 1.0;
  }
  EXPECT_EQ(stops, 2);
  EXPECT_NEAR(at("II-1101", -13.9) / at("II-1101", -20.9), 0.75, 0.03);
  // The meter shows what leaves, and 12 of its sds more by now; 0.5 % of 39 t/h each.
  EXPECT_NEAR(at("FI-2004", -16.9), at("FI-2004", -18.9), 0.5);
  EXPECT_GT(at("FI-2004", -0.1), at("FI-2004", -16.9) + 1.5);
  EXPECT_GT(at("EI-1401", -0.1) - at("EI-1401", -29.9), 3.0);  // 35 mV of 150 cells, less what warmth gives back
  EXPECT_LT(std::abs(at("EI-1101", -0.1) - at("EI-1101", -29.9)), 1.5);
}

TEST(Past, WhatIsNotGoodIsNotWritten) {
  const auto plant = plant_with_past(
      "[[event]]\nat = \"-30 min\"\nkind = \"instrument\"\ntag = \"TI-1103\"\nfault = \"dead\"\nfor = \"10 min\"\n");
  const auto past = past_of(*plant, {.length = 3600.0, .now = kNow});
  EXPECT_EQ(past.at("TI-1103").size(), 50u);
  EXPECT_EQ(past.at("TI-1203").size(), 60u);
}

TEST(Past, IsATableForWhoHasNoServer) {
  const auto plant = plant_with_past(
      "[[event]]\nat = \"-30 min\"\nkind = \"instrument\"\ntag = \"TI-1103\"\nfault = \"dead\"\nfor = \"10 min\"\n");
  std::string text;
  const auto report = write_past(*plant, {.length = 3600.0, .now = kNow, .table = true}, [&](std::string_view lines) {
    text += lines;
    return true;
  });
  ASSERT_EQ(report.status, solve::Status::converged);
  const auto table = tables::read_table(text, "past.csv", {});
  ASSERT_TRUE(table) << table.error().text();
  ASSERT_EQ(table->series.size(), plant->measurements());
  const auto beside = past_of(*plant_with_past(""), {.length = 3600.0, .now = kNow});
  for (const auto& s : table->series) {
    const auto good =
        std::count_if(s.samples.begin(), s.samples.end(), [](const auto& x) { return std::isfinite(x.value); });
    EXPECT_EQ(good, s.tag == "TI-1103" ? 50 : 60) << s.tag;
    EXPECT_EQ(s.samples.front().time, Time(std::chrono::seconds(kNow - 3600)));
    EXPECT_NEAR(s.samples.front().value, beside.at(s.tag).begin()->second, 1e-5 * std::abs(s.samples.front().value));
  }
}

TEST(Past, ATableOfCellsHasEveryTagAtEveryStep) {
  const auto plant =
      plant_with_past("[[event]]\nat = \"-30 min\"\nkind = \"contact\"\ncell = \"E1/042\"\nsize = \"150 mV\"\n");
  std::string text;
  const auto report =
      write_past(*plant, {.length = 3600.0, .now = kNow, .table = true, .cells = true}, [&](std::string_view lines) {
        text += lines;
        return true;
      });
  ASSERT_EQ(report.status, solve::Status::converged);
  const auto table = tables::read_table(text, "past.csv", {});
  ASSERT_TRUE(table) << table.error().text();
  ASSERT_EQ(table->series.size(), plant->tags().size());
  const auto cell =
      std::find_if(table->series.begin(), table->series.end(), [](const auto& s) { return s.tag == "EI-1101-042"; });
  ASSERT_NE(cell, table->series.end());
  ASSERT_EQ(cell->samples.size(), 60u);
  EXPECT_NEAR(cell->samples[35].value - cell->samples[25].value, 0.150, 0.005);
  EXPECT_EQ(table->series.back().tag, "AI-1408");
}

TEST(Past, EndsWhereItsReaderEnds) {
  const auto plant = plant_with_past("");
  int calls = 0;
  const auto report =
      write_past(*plant, {.length = kDayOfPast, .now = kNow}, [&](std::string_view) { return ++calls < 2; });
  EXPECT_EQ(report.status, solve::Status::converged);
  EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace castner::virtual_plant
