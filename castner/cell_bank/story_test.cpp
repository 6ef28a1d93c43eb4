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

/// A story without a sick cell and without a wrong reading of one.
bool is_sound(std::string_view name) {
  return name.find("healthy") != name.npos || name == "scanner_hangs" || name == "ammeter_zero" ||
         name == "renewed_in_a_stop";
}

TEST(Stories, AreKnownByName) {
  EXPECT_FALSE(story_script("no such story", 1));
  std::set<std::string_view> names(story_names().begin(), story_names().end());
  EXPECT_EQ(names.size(), story_names().size());
  for (const auto name : names) EXPECT_EQ(script(name).name, name);
}
TEST(Stories, HealthyOnesHaveNothingWrong) {
  for (const auto name : story_names()) {
    const auto s = script(name);
    const bool healthy = is_sound(name);
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
TEST(Story, ScannerHangsWhileTheCurrentMoves) {
  Story story(script("scanner_hangs", 2), 2);
  const Pause hang = story.script().hangs.at(0);
  std::vector<double> held;
  double least = 1e9, most = 0.0;
  while (const StoryRow* row = story.next()) {
    const bool same_as_held = !held.empty() && std::equal(held.begin(), held.end(), row->cells.begin(), same);
    EXPECT_EQ(same_as_held, row->time >= hang.from && row->time < hang.until) << row->time;
    held.assign(row->cells.begin(), row->cells.end());
    if (same_as_held) least = std::min(least, row->current), most = std::max(most, row->current);
  }
  EXPECT_GT(hang.until - hang.from, 3 * 3600.0 - 1.0);
  EXPECT_GT(most - least, 2.7 * 1000.0);
}
TEST(Story, AmmeterReadsNothingForHoursWhileCellsAreAtLoad) {
  Story story(script("ammeter_zero"), 1);
  const double from = story.script().calibrations.at(0).time, until = story.script().calibrations.at(1).time;
  while (const StoryRow* row = story.next()) {
    EXPECT_GT(row->true_cells[5], 2.5);
    if (row->time < from || row->time >= until + 10.0) {
      EXPECT_GT(row->current, 2.7 * 2000.0);
    } else if (row->time >= from + 10.0 && row->time < until) {
      EXPECT_LT(row->current, 100.0);
    }
  }
}
TEST(Story, RenewedCellIsAnotherAfterTheStopAndHasNoFault) {
  auto s = script("renewed_in_a_stop");
  const Renewal r = s.renewals.at(0);
  const auto renewed = static_cast<std::size_t>(r.cell), other = (renewed + 5) % kFew;
  Story story(s, 1);
  double before = 0.0, after = 0.0;
  while (const StoryRow* row = story.next()) {
    const double apart = row->true_cells[renewed] - row->true_cells[other];
    if (row->time < 20 * 3600.0 - 3600.0) before = apart;
    after = apart;
    EXPECT_TRUE(row->effects.empty());
  }
  EXPECT_NEAR(after - before, -(1.0 - r.membrane) * kMembrane * kReferenceDensity, 0.01);
}
TEST(Story, FiveAtOnceAreEachBelowTwoVolts) {
  for (int cells : {24, 180}) {
    Story story(script("five_at_once", 1, cells), 1);
    const auto& truth = story.script().truth;
    ASSERT_EQ(truth.size(), 5u);
    while (const StoryRow* row = story.next()) {
      if (row->time < truth[0].onset + 60.0) continue;
      for (const Truth& t : truth) EXPECT_LT(row->true_cells[static_cast<std::size_t>(t.cell)], 2.0);
    }
  }
}
TEST(Story, CellThatIsNoLongerReadHasNoReading) {
  Story story(script("cell_no_longer_read"), 1);
  const Truth t = story.script().truth.at(0);
  EXPECT_TRUE(t.unread);
  while (const StoryRow* row = story.next())
    if (row->time >= t.onset) {
      ASSERT_TRUE(std::isnan(row->cells[static_cast<std::size_t>(t.cell)]));
    }
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
