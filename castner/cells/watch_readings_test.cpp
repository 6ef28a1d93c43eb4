// SPDX-License-Identifier: Apache-2.0
// Readings that are wrong, coarse, wild or gone, and parts that were exchanged: what they must not make of a cell.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "castner/cells/plain_cells_for_tests.h"

namespace castner::cells {
namespace {

TEST(Readings, OfALeadTheWrongWayRoundAreTheInstruments) {
  PlainCells plain;
  CellWatch watch(plain.settings());
  plain.read = [](int cell, double time, double v) {
    return cell == 5 && time > 20 * 3600.0 && time < 22 * 3600.0 ? -v : v;
  };
  plain.run(watch, 21.0);
  ASSERT_EQ(watch.findings().size(), 1u) << told(watch);
  EXPECT_EQ(watch.findings()[0].cause, Cause::scale);
  EXPECT_EQ(watch.cell(5).state, Standing::unseen);
  plain.run(watch, 3.0);
  EXPECT_TRUE(watch.findings()[0].ended.has_value());
  EXPECT_EQ(watch.cell(5).state, Standing::healthy);
}

TEST(Readings, OfACoarseScannerAccuseNobody) {
  for (const double step : {1e-3, 5e-3, 10e-3}) {
    PlainCells plain(40, 30.0);
    plain.noise = 0.5e-3;
    plain.read = [&](int, double, double v) { return std::round(v / step) * step; };
    // Each wanders for itself within hours, so that it crosses a step now and then.
    plain.fault = [&](int cell, double time, double) { return 2e-3 * std::sin(time / 9000.0 + cell); };
    CellWatch watch(plain.settings());
    plain.run(watch, 24 * 4.0);
    EXPECT_EQ(told(watch), "") << step;
  }
}

TEST(Readings, SingleWildOnesMakeNoSickCell) {
  PlainCells plain(40, 60.0);
  CellWatch watch(plain.settings());
  plain.read = [&](int, double, double v) { return plain.chance() % 1000 == 0 ? v - 0.3 : v; };
  plain.run(watch, 24 * 5.0);
  EXPECT_EQ(told(watch), "");
}

TEST(Readings, OfALooseWireAreOneFinding) {
  PlainCells plain;
  CellWatch watch(plain.settings());
  plain.read = [](int cell, double time, double v) {
    return cell == 5 && time > 20 * 3600.0 && std::fmod(time, 120.0) < 30.0 ? 0.0 : v;
  };
  plain.run(watch, 30.0);
  EXPECT_EQ(watch.findings().size(), 1u);
  EXPECT_EQ(watch.findings()[0].cause, Cause::dead);
}

TEST(Readings, ThatWereZeroFromTheFirstRowAreSoSinceThen) {
  PlainCells plain;
  plain.time = 1.77e9;
  CellWatch watch(plain.settings());
  plain.read = [](int cell, double, double v) { return cell == 5 ? 0.0 : v; };
  plain.run(watch, 2.0);
  ASSERT_EQ(watch.findings().size(), 1u);
  EXPECT_NEAR(watch.findings()[0].since, 1.77e9, 60.0);
}

TEST(Readings, ThatStayWhileTheMiddleCellMovesAreStuck) {
  PlainCells plain(40, 30.0);
  plain.current_density = day_and_night;
  const double onset = 30.0 * 3600;
  double held = 0.0;
  plain.read = [&](int cell, double time, double v) {
    const double coarse = std::round(v / 5e-3) * 5e-3;
    return cell != 5 ? coarse : time < onset ? held = coarse : held;
  };
  CellWatch watch(plain.settings());
  plain.run(watch, 48.0);
  ASSERT_EQ(watch.findings().size(), 1u) << told(watch);
  EXPECT_EQ(watch.findings()[0].cause, Cause::stuck);
  EXPECT_LE(watch.findings()[0].detected, 32.5 * 3600) << "the load is moved at 32 h";
}

/// The row that ends a block is not looked at before the block is judged; of a watch that was read from bytes there is none.
TEST(Readings, OfTheRowAfterABlockAreNoPartOfIt) {
  PlainCells plain(60, 60.0);
  const auto fouls = [](int cell, double time, double) {
    return cell == 5 && time > 30 * 3600.0 ? 0.8e-3 * (time - 30 * 3600.0) / 3600.0 : 0.0;
  };
  plain.fault = fouls;
  CellWatch watch(plain.settings());
  while (watch.findings().empty() && plain.time < 60 * 3600.0) {
    CellWatch again(plain.settings());
    ASSERT_TRUE(again.load(watch.save()));
    watch = std::move(again);
    plain.run(watch, 600.0 / 3600.0);
  }
  ASSERT_EQ(watch.findings().size(), 1u);
  EXPECT_NE(watch.findings()[0].severity, Severity::critical) << told(watch);
  for (const Clue& c : watch.findings()[0].evidence) EXPECT_NE(c.kind, Clue::Kind::level);
}

TEST(Readings, OfAHoleFromBeforeTheFirstRowAreAHoleAtTheFirstStart) {
  PlainCells plain;
  plain.current_density = [](double time) { return time < 600.0 ? 0.0 : time < 1200.0 ? 300.0 : 5e3; };
  plain.fault = [](int cell, double, double j) { return cell != 5 ? 0.0 : j < 1000.0 ? -0.6 : -0.02; };
  plain.also = [&](Scan& row) { row.hydrogen = 3e-4 + 1e-5 * plain.normal(); };
  CellWatch watch(plain.settings());
  plain.run(watch, 12.0);
  ASSERT_EQ(watch.findings().size(), 1u) << told(watch);
  EXPECT_EQ(watch.findings()[0].cause, Cause::pinhole) << told(watch);
  EXPECT_NE(watch.findings()[0].severity, Severity::info);
}

TEST(Readings, OfANewMembraneAreNotExpectedToBeTheOldOnes) {
  PlainCells plain(60, 60.0);
  const double stops = 46 * 3600.0, starts = 49 * 3600.0;
  plain.current_density = [&](double time) {
    const double since = std::clamp((time - starts) / 3600.0, 0.0, 1.0);
    return time < stops ? day_and_night(time) : time < starts ? 0.0 : 1.2e3 + 4.2e3 * since;
  };
  plain.fault = [&](int cell, double time, double j) { return cell == 5 && time > 47 * 3600.0 ? -20e-6 * j : 0.0; };
  CellWatch watch(plain.settings());
  plain.run(watch, 36.0);
  watch.renew(5);  // written down for the day; the stop comes ten hours later
  plain.run(watch, 24.0);
  EXPECT_EQ(told(watch), "");
}

TEST(Readings, OfACellThatIsWellAgainDoNotRewriteWhatItHad) {
  PlainCells plain(60, 60.0);
  plain.fault = [](int cell, double time, double) {
    return cell == 5 && time > 30 * 3600.0 && time < 50 * 3600.0 ? 60e-3 : 0.0;
  };
  CellWatch watch(plain.settings());
  plain.run(watch, 70.0);
  ASSERT_EQ(watch.findings().size(), 1u);
  ASSERT_TRUE(watch.findings()[0].ended.has_value());
  EXPECT_NEAR(watch.findings()[0].evidence[0].number.value, 60e-3, 5e-3);
}

TEST(Readings, InAStopDoNotChangeWhatACellTookAtLoad) {
  PlainCells plain(60, 60.0);
  plain.ohmic[5] = 20e-6;
  plain.current_density = [](double time) { return time < 10 * 3600.0 ? 5e3 : 0.0; };
  CellWatch watch(plain.settings());
  plain.run(watch, 9.9);
  const double at_load = watch.cell(5).excess_power.value;
  plain.run(watch, 1.0);
  EXPECT_NEAR(watch.cell(5).excess_power.value, at_load, 0.05 * at_load);
}

/// A bad joint that arcs once: the wildest reading does not hide the others for ever.
TEST(Readings, OfASickCellCountThoughOneAmongThemIsWild) {
  PlainCells plain;
  const double onset = 30.0 * 3600 + 5.0;
  plain.fault = [&](int cell, double time, double j) {
    if (cell != 5 || time < onset) return 0.0;
    return time > onset + 20.0 && time < onset + 30.0 ? 1.5 : 14e-6 * j;
  };
  CellWatch watch(plain.settings());
  plain.run(watch, 30.2);
  ASSERT_EQ(watch.findings().size(), 1u);
  EXPECT_LE(watch.findings()[0].detected - onset, 180.0) << told(watch);
}

/// Told at a low current, and hardly to be seen at load: what later low currents show of it counts.
TEST(Readings, OfALeakAreTakenAtEachLowCurrent) {
  PlainCells plain;
  plain.current_density = [](double time) {
    const double hour = std::fmod(time / 3600.0, 12.0);
    return hour < 0.2 && time > 3600.0 ? 300.0 : 5e3;
  };
  plain.fault = [](int cell, double time, double j) {
    if (cell != 5 || j > 1000.0 || time < 20 * 3600.0) return 0.0;
    return time < 30 * 3600.0 ? -0.25 : -0.6;
  };
  CellWatch watch(plain.settings());
  plain.run(watch, 40.0);
  ASSERT_EQ(watch.findings().size(), 1u) << told(watch);
  double low = 0.0;
  for (const Clue& c : watch.findings()[0].evidence)
    if (c.kind == Clue::Kind::low_current) low = c.number.value;
  EXPECT_NEAR(low, -0.6, 0.02);
}

}  // namespace
}  // namespace castner::cells
