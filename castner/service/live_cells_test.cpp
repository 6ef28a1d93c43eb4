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
#include "castner/service/twenty_cells_for_tests.h"

namespace castner::service {
namespace {

using namespace std::chrono_literals;

/// A scanner that writes into the store, and a clock that goes with it.
struct LiveRoom : ::testing::Test {
  void SetUp() override {
    folder = std::filesystem::temp_directory_path() / ("cells_" + std::to_string(std::random_device{}()));
    std::filesystem::create_directories(folder);
    cells.define(store);
    start = clock.now();
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  CellWatcherOptions options() const {
    return {.look = 10000h, .quiet = 0, .state_file = (folder / "cells.state").string()};
  }
  void watch(CellWatcher& watcher, std::vector<CellRenewal> renewals = {}) {
    ASSERT_TRUE(watcher.watch(TwentyCells::file(), TwentyCells::kFile, cells.settings(), std::move(renewals)));
  }
  /// A picture from the history alone.
  std::shared_ptr<const LiveCells> from_history(std::vector<CellRenewal> renewals = {}) {
    CellWatcher watcher(store, clock, {.look = 10000h, .quiet = 0});
    watch(watcher, std::move(renewals));
    return watcher.look_now();
  }

  double noise() { return 0.001 * std::normal_distribution<double>()(chance); }
  std::vector<historian::TaggedReading> scan(Time time, double kiloampere = 13.5) {
    return cells.scan(
        time, [&](int i) { return noise() + (i == 6 ? sick : 0.0); }, kiloampere);
  }
  /// Writes seconds of readings, and lets the watcher look at each if there is one.
  void run(CellWatcher* watcher, double seconds, double step = 10.0, double kiloampere = 13.5) {
    for (double t = 0.0; t < seconds; t += step) {
      clock.advance(std::chrono::milliseconds(static_cast<int>(step * 1000)));
      ASSERT_TRUE(store.append(scan(clock.now(), kiloampere)));
      if (watcher) watcher->look_now();
    }
  }
  /// What the middle cell takes more at 13.5 kA than at 9 kA [V]; 0.2 V is what it has.
  static double from_load_to_load(const LiveCells& live) {
    const auto& middle = live.answer.electrolysers[0].middle;
    return middle ? middle->expected({.current_density = 5000.0}) -
                        middle->expected({.current_density = 9.0 / 13.5 * 5000.0})
                  : 0.0;
  }
  std::filesystem::path folder;
  ManualClock clock{Time(std::chrono::hours(24 * 365 * 50))};
  historian::MemoryStore store;
  TwentyCells cells;
  std::mt19937 chance{1};
  double sick = 0.0;
  Time start;
};

TEST_F(LiveRoom, FindsACellThatGoesBadAndKeepsItOverARestart) {
  {
    CellWatcher watcher(store, clock, options());
    watch(watcher);
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
  watch(again);
  const auto live = again.look_now();
  ASSERT_EQ(live->answer.findings.size(), 1u);
  EXPECT_EQ(live->answer.findings[0].cell, "E1/007");
  EXPECT_EQ(live->answer.cells[6].watch.state, cells::Standing::sick);
}

TEST_F(LiveRoom, ReadsWhatCameWhileItWasAway) {
  {
    CellWatcher watcher(store, clock, options());
    watch(watcher);
    run(&watcher, 3 * 3600);
  }
  sick = -0.9;
  run(nullptr, 120);  // nobody looks
  CellWatcher again(store, clock, options());
  watch(again);
  const auto live = again.look_now();
  ASSERT_EQ(live->answer.findings.size(), 1u);
  EXPECT_LT(live->answer.findings[0].detected, clock.now() - 30s);  // as if it had watched
}

TEST_F(LiveRoom, LearnsFromTheHistoryWhereThereIsNoState) {
  run(nullptr, 26 * 3600, 60.0);
  CellWatcher watcher(store, clock, options());
  watch(watcher);
  const auto live = watcher.look_now();
  ASSERT_TRUE(live);
  EXPECT_FALSE(live->learning);
  EXPECT_NEAR(live->answer.cells[19].watch.standard_voltage.value - live->answer.cells[0].watch.standard_voltage.value,
              0.038, 2e-3);
}

TEST_F(LiveRoom, ReadsThePastThatIsSentWhileItWatches) {
  CellWatcher watcher(store, clock, options());
  watch(watcher);
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
  watch(watcher);
  clock.advance(26h);
  for (int piece = 0; piece < 13; ++piece) {
    const Time from = start + piece * 2h;
    // Two hours of half the cells, and while the others are on their way somebody looks.
    for (const auto& [first, end] : {std::pair(0, 10), std::pair(10, 22)}) {
      std::vector<historian::TaggedReading> readings;
      for (Time t = from; t < from + 2h; t += 60s) {
        const auto all = scan(t);
        readings.insert(readings.end(), all.begin() + first, all.begin() + end);
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
  watch(watcher);
  EXPECT_LE(*watcher.look_now()->answer.to, clock.now());
}

TEST_F(LiveRoom, ADamagedStateIsLeftAndTheHistoryRead) {
  run(nullptr, 26 * 3600, 60.0);
  {
    // Elsewhere cell 7 went bad, of which this history knows nothing: what the state says can be told from it.
    historian::MemoryStore elsewhere;
    cells.define(elsewhere);
    CellWatcher watcher(elsewhere, clock, options());
    watch(watcher);
    for (const double more : {0.0, 0.2})
      for (int k = 0; k < 1200; ++k) {
        sick = more;
        clock.advance(10s);
        ASSERT_TRUE(elsewhere.append(scan(clock.now())));
        watcher.look_now();
      }
    ASSERT_EQ(watcher.live()->answer.findings.size(), 1u);
  }
  const auto path = options().state_file;
  const auto whole = read_file(path).value();
  auto damaged = whole;
  damaged[damaged.size() / 2] ^= 1;
  for (const auto& [bytes, findings] : {std::pair(whole, 1u), std::pair(damaged, 0u)}) {
    ASSERT_TRUE(write_file(path, bytes));
    CellWatcher again(store, clock, options());
    watch(again);
    EXPECT_EQ(again.look_now()->answer.findings.size(), findings);
  }
  EXPECT_EQ(read_file(path + ".old").value(), damaged) << "nobody writes over findings that are in no other place";
}

TEST_F(LiveRoom, ARenewedCellBeginsAnew) {
  CellWatcher watcher(store, clock, options());
  watch(watcher);
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
  const auto done = watcher.watch(TwentyCells::file(), TwentyCells::kFile, {}, {});
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().text().find("II-1"), std::string::npos) << done.error().text();
}

TEST_F(LiveRoom, KeepsAnHoursValuesInTheHistory) {
  CellWatcher watcher(store, clock, options());
  watch(watcher);
  for (int i = 0; i < 3; ++i) {
    run(&watcher, 3600);
    watcher.keep_hours_now();
  }
  const auto tag = store.find(cell_tag("E1/001", "standard_voltage"));
  ASSERT_TRUE(tag);
  EXPECT_GE(store.read({tag->id}, 10)->size(), 2u);
}

/// Ten minutes at each of two loads in turn, so that a row with the current of the row before shows.
TEST_F(LiveRoom, TheHistoryIsLearnedWithTheCurrentOfItsOwnTime) {
  for (int k = 0; k < 26 * 3; ++k) {
    run(nullptr, 600, 60.0, 13.5);
    run(nullptr, 600, 60.0, 9.0);
  }
  CellWatcher watcher(store, clock, {.look = 10000h, .quiet = 0, .learn_values = 120'000});  // means of ten minutes
  watch(watcher);
  EXPECT_NEAR(from_load_to_load(*watcher.look_now()), 0.2, 0.01);
}

TEST_F(LiveRoom, VoltagesThatComeLateMeetTheCurrentOfTheirTime) {
  CellWatcher watcher(store, clock, options());
  watch(watcher);
  double kiloampere = 13.5;
  for (int k = 0; k < 1200; ++k) {
    clock.advance(10s);
    auto readings =
        scan(clock.now() - 4min, k >= 24 && (k - 24) / 60 % 2 == 1 ? 9.0 : 13.5);  // voltages four minutes late
    kiloampere = k / 60 % 2 == 1 ? 9.0 : 13.5;
    readings[20].reading = {.time = clock.now(), .value = kiloampere, .arrival = clock.now()};
    readings.pop_back();
    ASSERT_TRUE(store.append(readings));
    watcher.look_now();
  }
  const auto live = watcher.live();
  EXPECT_EQ(live->answer.cells[0].watch.state, cells::Standing::healthy);
  EXPECT_NEAR(from_load_to_load(*live), 0.2, 0.01);
}

TEST_F(LiveRoom, VoltagesThatComeInBatchesAreReadOneByOne) {
  CellWatcher watcher(store, clock, options());
  watch(watcher);
  std::vector<historian::TaggedReading> batch;
  for (int k = 1; k <= 4 * 180; ++k) {
    clock.advance(10s);
    sick = k >= 4 * 180 - 60 && k < 4 * 180 - 50 ? -0.9 : 0.0;  // 100 s long, ten minutes before the end
    auto readings = scan(clock.now());
    batch.insert(batch.end(), readings.begin(), readings.begin() + 20);
    ASSERT_TRUE(store.append({{readings[20]}}));
    if (k % 180 == 0) {
      ASSERT_TRUE(store.append(batch));
      batch.clear();
    }
    watcher.look_now();
  }
  const auto live = watcher.live();
  EXPECT_GT(live->answer.rows, 3 * 180 + 25) << "the first batch is learned minute by minute";
  ASSERT_EQ(live->answer.findings.size(), 1u);
  EXPECT_EQ(live->answer.findings[0].cell, "E1/007");
}

TEST_F(LiveRoom, AUnitThatIsCorrectedCounts) {
  CellWatcher watcher(store, clock, options());
  ASSERT_TRUE(watcher.watch(TwentyCells::file(), TwentyCells::kFile, {{.name = "II-1", .unit = "A"}}, {}));
  run(&watcher, 3600);
  EXPECT_NEAR(watcher.live()->answer.electrolysers[0].current, 13.5, 0.1);
  watch(watcher);  // kA
  run(&watcher, 60);
  EXPECT_NEAR(watcher.live()->answer.electrolysers[0].current, 13500.0, 1.0);
}

TEST_F(LiveRoom, AStateOfAnotherVersionIsKeptBesideTheNewOne) {
  const auto path = options().state_file;
  ASSERT_TRUE(write_file(path, "castner-cells 0 of another version"));
  {
    CellWatcher watcher(store, clock, options());
    watch(watcher);
    run(&watcher, 60);
  }
  EXPECT_EQ(read_file(path + ".old").value(), "castner-cells 0 of another version");
  EXPECT_GT(read_file(path).value().size(), 1000u);
}

TEST_F(LiveRoom, TheHistoryTellsTheSameAtEachStart) {
  run(nullptr, 24 * 3600, 60.0);
  sick = -0.9;
  run(nullptr, 2 * 3600, 60.0);
  const auto first = from_history();
  clock.advance(23s);
  const auto second = from_history();
  ASSERT_EQ(first->answer.findings.size(), 1u);
  ASSERT_EQ(second->answer.findings.size(), 1u);
  EXPECT_EQ(first->answer.findings[0].since, second->answer.findings[0].since);
  EXPECT_EQ(first->answer.findings[0].detected, second->answer.findings[0].detected);
  EXPECT_LE(std::chrono::abs(first->answer.findings[0].since - (start + 24h)), 60s);
}

TEST_F(LiveRoom, TagsThatNobodyHasAreNamedAndNotWaitedForForEver) {
  CellWatcher watcher(store, clock, options());
  std::string text = TwentyCells::kFile;
  text.replace(text.find("\"II-1\""), 6, "{ tag = \"II-X\", unit = \"kA\" }");
  ASSERT_TRUE(watcher.watch(cell_room::read_cell_room(text, "cells.toml").value(), text, {}, {}));
  run(&watcher, 30);
  EXPECT_TRUE(watcher.live()->learning) << "a source may only just have begun";
  run(&watcher, 300);
  EXPECT_FALSE(watcher.live()->learning);
  EXPECT_EQ(watcher.live()->missing, std::vector<std::string>{"II-X"});
}

/// A membrane that was exchanged at the twentieth hour, and a fault of the new one six hours later.
struct ExchangedInThePast : LiveRoom {
  void SetUp() override {
    LiveRoom::SetUp();
    run(nullptr, 10 * 3600, 60.0);
    sick = 0.2;
    run(nullptr, 10 * 3600, 60.0);
    sick = -0.05;
    run(nullptr, 6 * 3600, 60.0);
    sick = 0.15;
    run(nullptr, 4 * 3600, 60.0);
  }
  CellRenewal exchange() const { return {"E1/007", cell_room::Part::membrane, start + 20h + 30s}; }
};

TEST_F(ExchangedInThePast, CountsAtItsTimeWhereTheHistoryIsRead) {
  const auto live = from_history({exchange()});
  ASSERT_TRUE(live->answer.cells[6].finding) << "the fault of the new membrane stands";
  const auto& finding = live->answer.findings[*live->answer.cells[6].finding];
  EXPECT_FALSE(finding.ended);
  EXPECT_LE(std::chrono::abs(finding.since - (start + 26h)), 10min);
  EXPECT_NEAR(*live->answer.cells[6].age, 10.0 / 24.0, 1.0);
}

TEST_F(ExchangedInThePast, AnExchangeFromBeforeTheHistoryIsOnlyADate) {
  const auto live = from_history({{"E1/007", cell_room::Part::membrane, start - 24h * 500}});
  EXPECT_TRUE(live->answer.cells[6].finding);
  EXPECT_NEAR(*live->answer.cells[6].age, 501.0, 1.5);
}

TEST_F(LiveRoom, AnExchangeWrittenDownLateEndsNoFaultOfTheNewPart) {
  CellWatcher watcher(store, clock, options());
  watch(watcher);
  run(&watcher, 12 * 3600, 60.0);
  sick = 0.2;
  run(&watcher, 2 * 3600, 60.0);
  ASSERT_TRUE(watcher.live()->answer.cells[6].finding);
  ASSERT_TRUE(watcher.renew({"E1/007", cell_room::Part::membrane, start + 6h}));
  watcher.look_now();
  EXPECT_TRUE(watcher.live()->answer.cells[6].finding);
  EXPECT_LT(*watcher.live()->answer.cells[6].age, 1.1) << "its date is known all the same";
}

TEST_F(LiveRoom, AnExchangeInAStopEndsWhatTheNewPartWasAccusedOfSinceThen) {
  CellWatcher watcher(store, clock, options());
  watch(watcher);
  run(&watcher, 12 * 3600, 60.0);
  run(&watcher, 4 * 3600, 60.0, 0.0);
  sick = 0.2;
  run(&watcher, 3600, 60.0);
  ASSERT_TRUE(watcher.live()->answer.cells[6].finding) << "nobody has said that it was exchanged";
  ASSERT_TRUE(watcher.renew({"E1/007", cell_room::Part::membrane, start + 13h}));
  watcher.look_now();
  EXPECT_FALSE(watcher.live()->answer.cells[6].finding);
}

TEST_F(LiveRoom, ARenewalOutlivesAKill) {
  CellRenewal exchange{"E1/007", cell_room::Part::membrane, {}, 1};
  {
    CellWatcher watcher(store, clock, options());
    watch(watcher);
    run(&watcher, 3 * 3600);
    sick = 0.2;
    run(&watcher, 600);
    ASSERT_TRUE(watcher.live()->answer.cells[6].finding);
  }
  const auto kept = read_file(options().state_file).value();
  exchange.when = clock.now();
  {
    CellWatcher watcher(store, clock, options());
    watch(watcher);
    watcher.look_now();
    ASSERT_TRUE(watcher.renew(exchange));
  }
  ASSERT_TRUE(write_file(options().state_file, kept));  // killed before it kept its state again
  CellWatcher again(store, clock, options());
  watch(again, {exchange});
  EXPECT_FALSE(again.look_now()->answer.cells[6].finding);
}

}  // namespace
}  // namespace castner::service
