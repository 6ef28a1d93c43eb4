// SPDX-License-Identifier: Apache-2.0
#include "castner/service/live_cells.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <random>

#include "castner/base/file.h"
#include "castner/base/manual_clock.h"
#include "castner/historian/memory_store.h"

namespace castner::service {
namespace {

using namespace std::chrono_literals;

constexpr const char* kFile = R"toml([cell_room]
currency = "CNY"
[[electrolyser]]
name = "E1"
cells = 20
cell_area = "2.70 m2"
voltages = "EI-{001..020}"
current = "II-1"
voltage = "EI-1"
[economics]
electricity = "0.45 CNY/(kW.h)"
membrane = "9000 CNY"
)toml";

/// A scanner that writes into the store, and a clock that goes with it.
struct LiveRoom : ::testing::Test {
  void SetUp() override {
    folder = std::filesystem::temp_directory_path() / ("cells_" + std::to_string(std::random_device{}()));
    std::filesystem::create_directories(folder);
    file = cell_room::read_cell_room(kFile, "cells.toml").value();
    for (int i = 1; i <= 20; ++i) names.push_back("EI-0" + std::string(i < 10 ? "0" : "") + std::to_string(i));
    names.insert(names.end(), {"II-1", "EI-1"});
    std::vector<historian::TagName> tags;
    for (const auto& n : names) tags.push_back({n, n == "II-1" ? "kA" : "V"});
    ids = store.define_all(tags).value();
    settings.push_back({.name = "II-1", .unit = "kA"});
    start = clock.now();
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  CellWatcherOptions options() const { return {.quiet = 0, .state_file = (folder / "cells.state").string()}; }

  /// Writes seconds of readings, and lets the watcher look at each if there is one.
  void run(CellWatcher* watcher, double seconds, double step = 10.0) {
    for (double t = 0.0; t < seconds; t += step) {
      clock.advance(std::chrono::milliseconds(static_cast<int>(step * 1000)));
      const Time now = clock.now();
      std::vector<historian::TaggedReading> readings;
      double sum = 0.0;
      for (int i = 0; i < 20; ++i) {
        const double v = 3.0 + 0.002 * i + 0.001 * std::normal_distribution<double>()(chance) + (i == 6 ? sick : 0.0);
        sum += v;
        readings.push_back({ids[static_cast<std::size_t>(i)], {.time = now, .value = v, .arrival = now}});
      }
      readings.push_back({ids[20], {.time = now, .value = 13.5, .arrival = now}});
      readings.push_back({ids[21], {.time = now, .value = sum, .arrival = now}});
      ASSERT_TRUE(store.append(readings));
      if (watcher) watcher->look_now();
    }
  }
  std::filesystem::path folder;
  cell_room::CellRoomFile file;
  ManualClock clock{Time(std::chrono::hours(24 * 365 * 50))};
  historian::MemoryStore store;
  std::vector<std::string> names;
  std::vector<historian::TagId> ids;
  std::vector<sources::TagSettings> settings;
  std::mt19937 chance{1};
  double sick = 0.0;
  Time start;
};

TEST_F(LiveRoom, FindsACellThatGoesBadAndKeepsItOverARestart) {
  {
    CellWatcher watcher(store, clock, options());
    ASSERT_TRUE(watcher.watch(file, kFile, settings, {}));
    run(&watcher, 3 * 3600);
    ASSERT_TRUE(watcher.live());
    EXPECT_TRUE(watcher.live()->answer.findings.empty());
    sick = -0.9;
    run(&watcher, 60);
    const auto live = watcher.live();
    ASSERT_EQ(live->answer.findings.size(), 1u);
    EXPECT_EQ(live->answer.findings[0].cell, "E1/007");
    EXPECT_EQ(live->answer.findings[0].what.cause, cells::Cause::short_circuit);
    EXPECT_NEAR(live->voltages[6], 2.112, 0.01);
  }
  CellWatcher again(store, clock, options());
  ASSERT_TRUE(again.watch(file, kFile, settings, {}));
  const auto live = again.look_now();
  ASSERT_EQ(live->answer.findings.size(), 1u);
  EXPECT_EQ(live->answer.findings[0].cell, "E1/007");
  EXPECT_EQ(live->answer.cells[6].watch.state, cells::Standing::sick);
}

TEST_F(LiveRoom, ReadsWhatCameWhileItWasAway) {
  {
    CellWatcher watcher(store, clock, options());
    ASSERT_TRUE(watcher.watch(file, kFile, settings, {}));
    run(&watcher, 3 * 3600);
  }
  sick = -0.9;
  run(nullptr, 120);  // nobody looks
  CellWatcher again(store, clock, options());
  ASSERT_TRUE(again.watch(file, kFile, settings, {}));
  const auto live = again.look_now();
  ASSERT_EQ(live->answer.findings.size(), 1u);
  EXPECT_LT(live->answer.findings[0].detected, clock.now() - 30s);  // as if it had watched
}

TEST_F(LiveRoom, LearnsFromTheHistoryWhereThereIsNoState) {
  run(nullptr, 26 * 3600, 60.0);
  CellWatcher watcher(store, clock, options());
  ASSERT_TRUE(watcher.watch(file, kFile, settings, {}));
  const auto live = watcher.look_now();
  ASSERT_TRUE(live);
  EXPECT_FALSE(live->learning);
  EXPECT_NEAR(live->answer.cells[19].watch.standard_voltage.value - live->answer.cells[0].watch.standard_voltage.value,
              0.038, 2e-3);
}

TEST_F(LiveRoom, ReadsThePastThatIsSentWhileItWatches) {
  CellWatcher watcher(store, clock, options());
  ASSERT_TRUE(watcher.watch(file, kFile, settings, {}));
  run(&watcher, 60);
  run(nullptr, 26 * 3600, 60.0);  // at once, between two looks
  const auto live = watcher.look_now();
  EXPECT_FALSE(live->learning);
  EXPECT_GT(live->answer.rows, 26 * 60 - 5);
}

TEST_F(LiveRoom, APastThatComesPieceByPieceIsReadWhenItIsWhole) {
  CellWatcherOptions with = options();
  with.quiet = 3;
  CellWatcher watcher(store, clock, with);
  ASSERT_TRUE(watcher.watch(file, kFile, settings, {}));
  clock.advance(26h);
  for (int piece = 0; piece < 13; ++piece) {
    const Time from = start + piece * 2h;
    // Two hours of half the cells, and while the others are on their way somebody looks.
    for (const auto& [first, end] : {std::pair(0, 10), std::pair(10, 22)}) {
      std::vector<historian::TaggedReading> readings;
      for (Time t = from; t < from + 2h; t += 60s)
        for (int i = first; i < end; ++i) {
          const double noise = 0.001 * std::normal_distribution<double>()(chance), v = i == 20 ? 13.5
                                                                                       : i == 21
                                                                                           ? 60.38 + noise
                                                                                           : 3.0 + 0.002 * i + noise;
          readings.push_back({ids[static_cast<std::size_t>(i)], {.time = t, .value = v, .arrival = t}});
        }
      ASSERT_TRUE(store.append(readings));
      watcher.look_now();
    }
  }
  for (int look = 0; look < 3; ++look) watcher.look_now();
  const auto live = watcher.live();
  EXPECT_LE(std::abs(live->answer.rows - 26 * 60), 5) << live->answer.rows;
  for (const auto& c : live->answer.cells) EXPECT_TRUE(c.watch.own_level) << c.name;
}

TEST_F(LiveRoom, TheMeansOfAPastEndBeforeNowSoThatNothingLiveComesTooLate) {
  run(nullptr, 26 * 3600 + 60, 60.0);
  CellWatcherOptions with = options();
  with.learn_values = 144'782;  // means of 406 s, the last of which has only begun
  CellWatcher watcher(store, clock, with);
  ASSERT_TRUE(watcher.watch(file, kFile, settings, {}));
  EXPECT_LE(*watcher.look_now()->answer.to, clock.now());
}

TEST_F(LiveRoom, ADamagedStateIsLeftAndTheHistoryRead) {
  run(nullptr, 26 * 3600, 60.0);
  {
    CellWatcher watcher(store, clock, options());
    ASSERT_TRUE(watcher.watch(file, kFile, settings, {}));
    watcher.look_now();
  }
  const auto path = options().state_file;
  auto bytes = read_file(path).value();
  bytes[bytes.size() / 2] ^= 1;
  ASSERT_TRUE(write_file(path, bytes));
  CellWatcher again(store, clock, options());
  ASSERT_TRUE(again.watch(file, kFile, settings, {}));
  ASSERT_TRUE(again.look_now());
  EXPECT_FALSE(again.live()->learning);
}

TEST_F(LiveRoom, ARenewedCellBeginsAnew) {
  CellWatcher watcher(store, clock, options());
  ASSERT_TRUE(watcher.watch(file, kFile, settings, {}));
  run(&watcher, 3 * 3600);
  sick = 0.2;
  run(&watcher, 600);
  ASSERT_EQ(watcher.live()->answer.findings.size(), 1u);
  EXPECT_FALSE(watcher.live()->answer.findings[0].ended);
  ASSERT_TRUE(watcher.renew({"E1/007", cell_room::Part::membrane, clock.now()}));
  EXPECT_FALSE(watcher.renew({"E1/077", cell_room::Part::membrane, clock.now()}));
  sick = 0.0;
  run(&watcher, 3600);
  const auto live = watcher.live();
  EXPECT_TRUE(live->answer.findings[0].ended);
  EXPECT_EQ(live->answer.cells[6].watch.state, cells::Standing::healthy);
  EXPECT_NEAR(*live->answer.cells[6].age, 0.04, 0.6);  // by the day
}

TEST_F(LiveRoom, ACurrentWithoutAUnitIsAProblem) {
  CellWatcher watcher(store, clock, options());
  const auto done = watcher.watch(file, kFile, {}, {});
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().text().find("II-1"), std::string::npos) << done.error().text();
}

TEST_F(LiveRoom, KeepsAnHoursValuesInTheHistory) {
  CellWatcher watcher(store, clock, options());
  ASSERT_TRUE(watcher.watch(file, kFile, settings, {}));
  for (int i = 0; i < 3; ++i) {
    run(&watcher, 3600);
    watcher.keep_hours_now();
  }
  const auto tag = store.find(cell_tag("E1/001", "standard_voltage"));
  ASSERT_TRUE(tag);
  EXPECT_GE(store.read({tag->id}, 10)->size(), 2u);
}

}  // namespace
}  // namespace castner::service
