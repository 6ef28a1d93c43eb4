// SPDX-License-Identifier: Apache-2.0
// What befalls a scanner, a current or many cells at once accuses nobody, and is told.
#include <gtest/gtest.h>

#include <algorithm>

#include "castner/cells/plain_cells_for_tests.h"

namespace castner::cells {
namespace {

/// What sends the scanner's readings repeats the last ones for two hours: nobody is judged by them, and nobody accused.
TEST(RoomWide, AScannerThatHangsIsToldAndItsRowsCountForNothing) {
  PlainCells plain;
  plain.current_density = day_and_night;
  CellWatch watch(plain.settings());
  const double hangs = 30.0 * 3600 + 5.0, moves = 33.0 * 3600;
  std::vector<double> held(plain.own.size());
  plain.read = [&](int cell, double time, double v) {
    double& last = held[static_cast<std::size_t>(cell)];
    return time < hangs || time >= moves ? last = v : last;
  };
  plain.noise = 0.0;  // of what is held: the readings' own noise is in `fault`
  plain.fault = [&](int, double, double) { return 1e-3 * plain.normal(); };
  plain.run(watch, 31.0);
  ASSERT_EQ(watch.room_wide().size(), 1u);
  const RoomWide& w = watch.room_wide().back();
  EXPECT_EQ(w.kind, RoomWide::Kind::hangs);
  EXPECT_NEAR(w.since, hangs, 20.0);
  EXPECT_LE(w.detected - hangs, 120.0);
  EXPECT_FALSE(w.ended.has_value());
  for (int i = 0; i < watch.cells(); ++i) EXPECT_EQ(watch.cell(i).state, Standing::unseen);
  plain.run(watch, 17.0);
  ASSERT_EQ(watch.room_wide().size(), 1u);
  EXPECT_NEAR(watch.room_wide().back().ended.value_or(0.0), moves, 20.0);
  EXPECT_EQ(told(watch), "");
  EXPECT_EQ(watch.cell(3).state, Standing::healthy);
}

/// A table each second of a scanner that reads each minute repeats itself, and hangs for that no more than an hour's table does.
TEST(RoomWide, WhatIsHeldBetweenTwoScansDoesNotHang) {
  PlainCells plain(60, 2.0);
  plain.current_density = [](double time) { return 4.5e3 + 1e3 * std::sin(time / 1500.0); };
  CellWatch watch(plain.settings());
  std::vector<double> held(plain.own.size());
  double read_at = -1e9;
  plain.read = [&](int cell, double time, double v) {
    double& last = held[static_cast<std::size_t>(cell)];
    if (time - read_at >= 60.0 && cell == 0) read_at = time;
    return time == read_at ? last = v : last;
  };
  plain.noise = 0.0;
  plain.fault = [&](int, double, double) { return 1e-3 * plain.normal(); };
  plain.run(watch, 6.0);
  EXPECT_TRUE(watch.room_wide().empty());
}

TEST(RoomWide, WhatNeverMovesWhileTheCurrentDoesIsJudgedByNobody) {
  PlainCells plain(20, 60.0);
  plain.current_density = day_and_night;
  plain.noise = 0.0;
  plain.read = [](int, double, double) { return 3.0; };
  CellWatch watch(plain.settings());
  plain.run(watch, 24.0);
  ASSERT_EQ(watch.room_wide().size(), 1u);
  EXPECT_EQ(watch.cell(3).state, Standing::unseen);
  EXPECT_EQ(told(watch), "");
}

TEST(RoomWide, HalfOfTheCellsThatMoveAtOnceAreToldAndNobodyIsAccused) {
  for (const int moved : {30, 45}) {
    PlainCells plain;
    plain.current_density = day_and_night;
    CellWatch watch(plain.settings());
    const double onset = 30.0 * 3600 + 55.0;
    plain.read = [&](int cell, double time, double v) { return cell < moved && time >= onset ? v + 0.1 : v; };
    plain.run(watch, 60.0);
    ASSERT_EQ(watch.room_wide().size(), 1u);
    const RoomWide& w = watch.room_wide().back();
    EXPECT_EQ(w.kind, RoomWide::Kind::moved_together);
    EXPECT_NEAR(w.since, onset, 10.0);
    EXPECT_EQ(w.cells, moved == 30 ? 30 : 15);
    EXPECT_NEAR(w.number, 0.1, 5e-3);
    EXPECT_EQ(told(watch), "");
    EXPECT_EQ(watch.cell(3).state, Standing::healthy);
  }
}

/// While the load moves no row can be compared with the one before; what many do is said once all the same.
TEST(RoomWide, ManyCellsThatMoveWhileTheLoadDoesAreToldOnce) {
  PlainCells plain;
  plain.current_density = [](double time) { return 4.5e3 + 1e3 * std::sin(time / 60.0); };
  CellWatch watch(plain.settings());
  const double onset = 30.0 * 3600 + 5.0;
  plain.read = [&](int cell, double time, double v) { return cell < 9 && time >= onset ? v + 0.08 : v; };
  plain.run(watch, 32.0);
  EXPECT_EQ(told(watch), "");
  ASSERT_EQ(watch.room_wide().size(), 1u);
  EXPECT_EQ(watch.room_wide()[0].cells, 9);
  EXPECT_NEAR(watch.room_wide()[0].number, 0.08, 0.01);
}

/// Shorts of many cells are shorts of each, whatever a scanner's adjustment would look like.
TEST(RoomWide, OfManyGraveChangesEachIsTold) {
  for (const double by : {-1.3, -0.35, 1.2}) {
    PlainCells plain;
    CellWatch watch(plain.settings());
    const double onset = 30.0 * 3600 + 55.0;
    plain.fault = [&](int cell, double time, double) { return cell < 12 && time >= onset ? by : 0.0; };
    plain.run(watch, 31.0);
    EXPECT_EQ(watch.findings().size(), 12u) << told(watch);
    for (int i = 0; i < 12; ++i) EXPECT_EQ(watch.cell(i).state, Standing::sick) << by << "\n" << told(watch);
  }
}

TEST(RoomWide, ZeroOfTheAmmeterWhileCellsAreLiveIsTold) {
  for (const double reads : {0.0, -1.0}) {
    PlainCells plain;
    CellWatch watch(plain.settings());
    const double onset = 20.0 * 3600, mended = 22.0 * 3600;
    plain.also = [&](Scan& row) {
      if (row.time >= onset && row.time < mended) row.current *= reads;
    };
    plain.run(watch, 21.0);
    ASSERT_EQ(watch.room_wide().size(), 1u);
    EXPECT_EQ(watch.room_wide()[0].kind, RoomWide::Kind::live);
    EXPECT_LE(watch.room_wide()[0].detected - onset, 90.0);
    EXPECT_GT(watch.room_wide()[0].number, 2.8);
    plain.run(watch, 2.0);
    EXPECT_NEAR(watch.room_wide()[0].ended.value_or(0.0), mended, 20.0);
    EXPECT_EQ(told(watch), "");
  }
}

TEST(RoomWide, ATrueStopIsNotLive) {
  PlainCells plain;
  CellWatch watch(plain.settings());
  plain.current_density = [](double time) { return time > 20 * 3600 && time < 22 * 3600 ? 20.0 : 5e3; };
  plain.run(watch, 24.0);
  EXPECT_TRUE(watch.room_wide().empty());
}

TEST(RoomWide, CellsWithoutTheVoltageOfTheirCurrentAreNotJudged) {
  PlainCells plain;
  CellWatch watch(plain.settings());
  plain.read = [](int, double time, double v) { return time > 20.0 * 3600 && time < 30.0 * 3600 ? v - 2.7 : v; };
  plain.run(watch, 21.0);
  ASSERT_EQ(watch.room_wide().size(), 1u);
  EXPECT_EQ(watch.room_wide()[0].kind, RoomWide::Kind::bypassed);
  EXPECT_EQ(watch.cell(3).state, Standing::unseen);
  plain.run(watch, 12.0);
  EXPECT_TRUE(watch.room_wide()[0].ended.has_value());
  EXPECT_EQ(watch.cell(3).state, Standing::healthy);
  EXPECT_EQ(told(watch), "");
}

TEST(RoomWide, HydrogenThatNoCellExplainsIsTold) {
  for (const double high :
       {0.0008, 0.025}) {  // of the same flow as 0.03 % before: nearly three times, and what explodes soon
    PlainCells plain(60, 60.0);
    plain.current_density = day_and_night;
    CellWatch watch(plain.settings());
    const double onset = 4.0 * 86400;
    plain.also = [&](Scan& row) {
      const double share = row.time < onset ? 3e-4 : high;
      row.hydrogen = row.current > 0.0 ? share * 5e3 * PlainCells::kArea / row.current + 1e-5 * plain.normal() : 0.0;
    };
    plain.run(watch, 24 * 4.5);
    ASSERT_EQ(watch.room_wide().size(), 1u) << high;
    EXPECT_EQ(watch.room_wide()[0].kind, RoomWide::Kind::hydrogen);
    EXPECT_GE(watch.room_wide()[0].detected, onset);
    EXPECT_LE(watch.room_wide()[0].detected - onset, high > 0.005 ? 1800.0 : 7200.0);
    EXPECT_EQ(told(watch), "");
  }
}

TEST(RoomWide, HydrogenIsToldAsItIsNowAndNotAsItWasWhenItWasTold) {
  PlainCells plain(60, 60.0);
  CellWatch watch(plain.settings());
  const double onset = 4.0 * 86400;
  plain.also = [&](Scan& row) {
    row.hydrogen = (row.time < onset ? 3e-4 : row.time < onset + 6 * 3600.0 ? 9e-4 : 0.02) + 1e-5 * plain.normal();
  };
  plain.run(watch, 24 * 4.0 + 5.0);
  ASSERT_EQ(watch.room_wide().size(), 1u);
  EXPECT_NEAR(watch.room_wide()[0].number, 9e-4, 1e-4);
  plain.run(watch, 4.0);
  ASSERT_EQ(watch.room_wide().size(), 1u);
  EXPECT_NEAR(watch.room_wide()[0].number, 0.02, 1e-3);
}

TEST(RoomWide, AnAnalyserThatStandsAtItsEndStillReads) {
  PlainCells plain(60, 60.0);
  CellWatch watch(plain.settings());
  plain.also = [&](Scan& row) { row.hydrogen = row.time < 20 * 3600 ? 3e-4 + 1e-5 * plain.normal() : 0.025; };
  plain.run(watch, 30.0);
  EXPECT_NEAR(watch.hydrogen().value, 0.025, 1e-4);
  ASSERT_EQ(watch.room_wide().size(), 1u);
  plain.current_density = [](double) { return 3.0; };
  plain.run(watch, 1.0);
  EXPECT_FALSE(watch.hydrogen().known()) << "a share of the protective current is none of the chlorine";
}

}  // namespace
}  // namespace castner::cells
