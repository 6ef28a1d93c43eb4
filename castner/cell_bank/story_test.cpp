// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_bank/story.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

namespace castner::cell_bank {
namespace {

constexpr int kFew = 24;  // cells, so that months are short

StoryScript script(std::string_view name, std::uint64_t seed = 1, int cells = kFew) {
  auto found = story_script(name, seed, cells);
  EXPECT_TRUE(found) << name;
  return *found;
}
bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

TEST(Stories, AreKnownByName) {
  EXPECT_FALSE(story_script("no such story", 1));
  std::set<std::string_view> names(story_names().begin(), story_names().end());
  EXPECT_EQ(names.size(), story_names().size());
  for (const auto name : names) EXPECT_EQ(script(name).name, name);
}
TEST(Stories, HealthyOnesHaveNothingWrong) {
  for (const auto name : story_names()) {
    const auto s = script(name);
    const bool healthy = name.starts_with("healthy");
    EXPECT_EQ(s.truth.empty(), healthy) << name;
    EXPECT_EQ(s.faults.empty() && s.scanner_faults.empty(), healthy) << name;
  }
}
TEST(Stories, CoverEveryCauseAndEveryWrongReadingThatCanBeTold) {
  std::set<Illness> causes;
  std::set<ReadingFault> readings;
  for (const auto name : story_names())
    for (const Truth& t : script(name).truth) {
      if (t.told() && t.cause) causes.insert(*t.cause);
      if (t.told() && t.reading) readings.insert(*t.reading);
    }
  EXPECT_EQ(causes.size(), static_cast<std::size_t>(kIllnesses));
  EXPECT_EQ(readings.size(), static_cast<std::size_t>(kReadingFaults));
}
TEST(Stories, SayWhatCannotBeTold) {
  int untold = 0;
  for (const auto name : story_names())
    for (const Truth& t : script(name).truth) {
      EXPECT_EQ(t.told(), !name.starts_with("un")) << name;
      const bool like_itself = t.cause && std::count(t.alike.begin(), t.alike.end(), *t.cause) > 0;
      EXPECT_FALSE(like_itself) << name;
      untold += !t.told();
    }
  EXPECT_GE(untold, 5);
}
TEST(Stories, TruthIsOfTheFaultsThatAct) {
  for (const auto name : story_names())
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const auto s = script(name, seed);
      EXPECT_EQ(s.truth.size(), s.faults.size() + s.scanner_faults.size()) << name;
      for (const Truth& t : s.truth) {
        EXPECT_NE(t.cause.has_value(), t.reading.has_value()) << name;
        EXPECT_GE(t.onset, 0.0) << name;
        EXPECT_LT(t.onset, s.duration) << name;
        EXPECT_TRUE(t.cell >= 0 && t.cell < kFew) << name;
        if (t.with) {
          EXPECT_TRUE(*t.with >= 0 && *t.with < kFew && *t.with != t.cell) << name;
        }
      }
    }
}
TEST(Stories, AnotherSeedIsAnotherCellAndSize) {
  const auto one = script("membrane_fouling", 1, 180), other = script("membrane_fouling", 2, 180);
  EXPECT_NE(one.truth[0].cell, other.truth[0].cell);
  EXPECT_NE(one.faults[0].size, other.faults[0].size);
}

TEST(Story, SameNameAndSeedTellTheSame) {
  for (const auto name : {"pinhole", "reading_stuck", "healthy_ramps"}) {
    Story one(script(name, 9), 9), same_again(script(name, 9), 9), other(script(name, 10), 10);
    int differ = 0;
    for (int i = 0; i < 2000; ++i) {
      const StoryRow *a = one.next(), *b = same_again.next(), *c = other.next();
      ASSERT_TRUE(a && b && c);
      EXPECT_EQ(a->current, b->current);
      EXPECT_EQ(a->analyses.hydrogen_in_chlorine, b->analyses.hydrogen_in_chlorine);
      EXPECT_TRUE(std::equal(a->cells.begin(), a->cells.end(), b->cells.begin(), same)) << name;
      differ += !std::equal(a->cells.begin(), a->cells.end(), c->cells.begin(), same);
    }
    EXPECT_EQ(differ, 2000);
  }
}
TEST(Story, HasARowForEveryStepToItsEnd) {
  Story story(script("healthy_start_up_each_second"), 1);
  double time = 0.0;
  long rows = 0;
  while (const StoryRow* row = story.next()) {
    EXPECT_EQ(row->time, time);
    time += 1.0;
    ++rows;
  }
  EXPECT_EQ(rows, 7201);
  EXPECT_EQ(story.next(), nullptr);
}
TEST(Story, LoadDoesWhatTheCourseSays) {
  auto s = script("healthy_steady_month");
  s.duration = 6 * 3600.0, s.step = 10.0;
  s.load = {{0.0, 5000.0}, {3600.0, 5000.0}, {7200.0, 3000.0}};
  Story story(s, 1);
  while (const StoryRow* row = story.next()) {
    const double asked = row->time <= 3600.0   ? 5000.0
                         : row->time >= 7200.0 ? 3000.0
                                               : 5000.0 - 2000.0 * (row->time - 3600.0) / 3600.0;
    EXPECT_NEAR(row->truth.current / 2.7, asked, 0.02 * asked);
  }
}
TEST(Story, UpsetMovesAllCellsAndMakesNoneSick) {
  auto s = script("healthy_upsets");
  s.load_wander = 0.0;
  Story story(s, 1);
  double before = 0.0, cold = 0.0;
  while (const StoryRow* row = story.next()) {
    if (row->time == s.upsets[0].from) before = row->true_cells[12];
    if (row->time == s.upsets[0].until - 10.0) cold = row->true_cells[12];
    if (row->time == s.upsets[2].until - 10.0) {
      EXPECT_LT(row->true_analyses.brine_flow, 0.92 * 15.76e-3 / 3600.0 * kFew * row->truth.current);
    }
  }
  EXPECT_GT(cold - before, 0.015);
}
TEST(Story, TellsNothingInItsPauses) {
  Story story(script("healthy_gaps"), 1);
  const auto& pauses = story.script().pauses;
  double last = -10.0;
  int holes = 0;
  while (const StoryRow* row = story.next()) {
    for (const Pause& g : pauses) EXPECT_FALSE(row->time >= g.from && row->time < g.until);
    holes += row->time - last > 15.0;
    last = row->time;
  }
  EXPECT_EQ(holes, 3);
}
TEST(Story, SumOfCellsIsTheElectrolyserVoltage) {
  Story story(script("healthy_load_cuts"), 1);
  for (int i = 0; i < 500; ++i) {
    const StoryRow* row = story.next();
    double sum = 0.0;
    for (const double u : row->true_cells) sum += u;
    EXPECT_NEAR(row->voltage, sum, 0.25);
  }
}
TEST(Story, CommonMetersAreBiasedUntilTheyAreCalibrated) {
  double largest = 0.0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Story story(script("healthy_steady_month", seed), seed);
    double error = 0.0;
    for (int i = 0; i < 200; ++i) {
      const StoryRow* row = story.next();
      error += (row->current / row->truth.current - 1.0) / 200.0;
    }
    largest = std::max(largest, std::abs(error));
  }
  EXPECT_GT(largest, 0.002);
  EXPECT_LT(largest, 0.03);
  auto s = script("healthy_calibration", 5);
  const double first = s.calibrations.at(0).time, second = s.calibrations.at(1).time;
  Story story(s, 5);
  double error[3] = {}, rows[3] = {};
  while (const StoryRow* row = story.next()) {
    const int part = row->time < first ? 0 : row->time < second ? 1 : 2;
    error[part] += row->current / row->truth.current - 1.0, rows[part] += 1.0;
  }
  EXPECT_NEAR(error[1] / rows[1], 0.0, 0.002);  // the meter drifts by 10 A
  EXPECT_NEAR(std::abs(error[2] / rows[2]), 0.008, 0.002);
}

}  // namespace
}  // namespace castner::cell_bank
