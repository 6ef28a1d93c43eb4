// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_room/room_watch.h"

#include <gtest/gtest.h>

#include <cmath>

#include "castner/cells/plain_cells_for_tests.h"
#include "castner/readings/time_zone.h"

namespace castner::cell_room {
namespace {

constexpr int kCells = 40;
constexpr double kHour = 3600.0;  // [s]
const Time kBegin = readings::parse_time("2026-03-01T00:00:00Z", std::nullopt).value();

CellRoomFile file() {
  return read_cell_room(
             "[cell_room]\nname = \"Room\"\n[[electrolyser]]\nname = \"E1\"\ncells = 40\ncell_area = \"2.7 m2\"\n"
             "voltages = \"V-{01..40}\"\ncurrent = \"I\"\nvoltage = \"U\"\nmembrane_installed = 2026-02-01\n"
             "[[cell]]\nname = \"E1/005\"\nmembrane_installed = 2026-02-27\n"
             "[economics]\nelectricity = \"0.5 CNY/(kW.h)\"\nmembrane = \"9000 CNY\"\n",
             "cells.toml")
      .value();
}

/// Plain cells that a RoomWatch sees.
struct Room {
  RoomWatch watch{file()};
  cells::PlainCells cells{kCells, 60.0};
  long rows = 0;

  Room() {
    cells.also = [this](cells::Scan& r) {
      CellRow row{.time = kBegin + std::chrono::milliseconds(std::llround(1e3 * r.time)), .voltages = r.cells};
      row.known.fill(std::numeric_limits<double>::quiet_NaN());
      row.known[at(RoomQuantity::current)] = r.current;
      row.known[at(RoomQuantity::voltage)] = r.voltage;
      watch.step(0, row);
      ++rows;
    };
  }
  void run(double hours) {
    cells::CellWatch beside(cells.settings());
    cells.run(beside, hours);
  }
};
std::string minute(Time t) { return readings::time_text(t).substr(0, 16); }

/// From the 30th hour on the joint of cell 17 takes 20 mohm cm2 more: 0.1 V at 5 kA/m2.
double bad_joint(int cell, double time, double j) { return cell == 16 && time >= 30.0 * kHour ? 20e-6 * j : 0.0; }

TEST(RoomWatch, AnswersWithNamesTagsTimesAndMoney) {
  Room room;
  room.cells.fault = bad_joint;
  room.run(56.0);  // the last 24 whole hours are all after it
  const RoomAnswer a = room.watch.answer();
  EXPECT_EQ(a.name, "Room");
  EXPECT_EQ(a.currency, "CNY");
  EXPECT_EQ(a.rows, room.rows);
  EXPECT_EQ(minute(*a.from), "2026-03-01T00:00");
  EXPECT_EQ(minute(*a.to), "2026-03-03T07:59");
  ASSERT_EQ(a.cells.size(), 40u);
  EXPECT_EQ(a.cells[16].name, "E1/017");
  EXPECT_EQ(a.cells[16].tag, "V-17");
  ASSERT_EQ(a.findings.size(), 1u);
  const CellFinding& f = a.findings[0];
  EXPECT_EQ(f.cell, "E1/017");
  EXPECT_EQ(f.line, 16u);
  EXPECT_EQ(a.cells[16].finding, 0u);
  EXPECT_LT(std::chrono::abs(f.since - (kBegin + std::chrono::hours(30))), std::chrono::minutes(5));
  EXPECT_GE(f.detected, f.since);
  EXPECT_LT(f.detected - f.since, std::chrono::minutes(15));
  // 0.1 V x 13.5 kA = 1.35 kW, 16.2 CNY a day.
  EXPECT_NEAR(a.cells[16].watch.excess_power.value, 1350.0, 40.0);
  EXPECT_TRUE(a.cells[16].watch.own_level);
  EXPECT_NEAR(f.cost_per_day.value, a.cells[16].watch.excess_power.value * 24e-3 * 0.5, 1e-9);
  EXPECT_NEAR(a.electrolysers[0].excess_power.value, 1350.0, 5.0 * a.electrolysers[0].excess_power.sd);
  EXPECT_EQ(a.electrolysers[0].healthy, 39);
  EXPECT_EQ(a.electrolysers[0].sick, 1);
}

TEST(RoomWatch, WhatCameWithinADayStandsFirstAndCostsWhatItTakesNow) {
  Room room;  // cell 9 has lost 0.2 V since the 30th hour, cell 17 0.1 V since the 60th
  room.cells.fault = [](int cell, double time, double j) {
    return cell == 8 && time >= 30.0 * kHour ? 40e-6 * j : cell == 16 && time >= 60.0 * kHour ? 20e-6 * j : 0.0;
  };
  room.run(61.0);
  const RoomAnswer a = room.watch.answer();
  ASSERT_EQ(a.findings.size(), 2u);
  EXPECT_EQ(a.findings[0].cell, "E1/017");
  EXPECT_EQ(a.findings[0].what.severity, a.findings[1].what.severity);
  EXPECT_TRUE(a.findings[0].fresh);
  EXPECT_FALSE(a.findings[1].fresh);
  // 0.1 V x 13.5 kA = 1.35 kW, 16.2 CNY a day; the mean of the last day knows of an hour of it.
  EXPECT_NEAR(a.findings[0].cost_per_day.value, 16.2, 0.8);
  EXPECT_LT(a.cells[16].cost_per_day.value, 4.0);
  EXPECT_NEAR(a.findings[1].cost_per_day.value, 32.4, 1.6);
}

TEST(RoomWatch, WhatIsWrongWithAPairIsToldOnceAndBothCellsShowIt) {
  Room room;  // the tap between cells 8 and 9 works loose
  room.cells.read = [](int cell, double time, double v) {
    return time > 28.0 * kHour && (cell == 7 || cell == 8) ? v + (cell == 7 ? 0.06 : -0.06) : v;
  };
  room.run(30.0);
  const RoomAnswer a = room.watch.answer();
  ASSERT_EQ(a.findings.size(), 2u) << "scripts are told of each";
  ASSERT_EQ(a.told().size(), 1u);
  EXPECT_TRUE(a.findings[1].repeats && a.findings[1].line == *a.findings[0].other);
  EXPECT_EQ(a.findings[1].with, a.findings[0].tag);
  EXPECT_TRUE(a.findings[0].what.instrument());
  EXPECT_EQ(a.findings[0].line + *a.findings[0].other, 7u + 8u);
  EXPECT_EQ(a.cells[7].finding, 0u);
  EXPECT_EQ(a.cells[8].finding, 0u);
}

TEST(RoomWatch, SaysOfAMomentNothingThatALaterRowTold) {
  Room whole, part;
  for (Room* r : {&whole, &part}) r->cells.fault = bad_joint;
  part.run(29.9);
  const RoomAnswer before = part.watch.answer();
  whole.run(29.9);
  const RoomAnswer at_that_time = whole.watch.answer();
  whole.run(10.0);
  EXPECT_TRUE(before.findings.empty());
  for (std::size_t i = 0; i < before.cells.size(); ++i) {
    EXPECT_EQ(before.cells[i].watch.standard_voltage.value, at_that_time.cells[i].watch.standard_voltage.value);
    EXPECT_EQ(before.cells[i].watch.excess_power.value, at_that_time.cells[i].watch.excess_power.value);
  }
  for (const auto& f : whole.watch.answer().findings) EXPECT_GT(f.detected, *before.to);
}

TEST(RoomWatch, CountsAgesFromWhenAPartWasPutIn) {
  Room room;
  room.run(24.0);
  const RoomAnswer a = room.watch.answer();
  EXPECT_NEAR(*a.cells[0].age, 29.0, 0.01);
  EXPECT_NEAR(*a.cells[4].age, 3.0, 0.01);
}

TEST(RoomWatch, ARenewedCellStartsAnew) {
  Room room;
  room.cells.fault = bad_joint;
  room.run(40.0);
  ASSERT_EQ(room.watch.answer().findings.size(), 1u);
  EXPECT_FALSE(room.watch.renew("E1/041", Part::membrane, kBegin));
  EXPECT_FALSE(room.watch.renew("E2/017", Part::membrane, kBegin));
  EXPECT_TRUE(room.watch.renew("E1/017", Part::membrane, kBegin + std::chrono::hours(40)));
  const RoomAnswer a = room.watch.answer();
  ASSERT_EQ(a.findings.size(), 1u);
  EXPECT_TRUE(a.findings[0].ended);
  EXPECT_FALSE(a.cells[16].finding);
  EXPECT_FALSE(a.findings[0].cost_per_day.known());
  EXPECT_LT(*a.cells[16].age, 2.0);
  EXPECT_FALSE(a.cells[16].watch.own_level);
}

TEST(RoomWatch, OfWhatNobodySeesItSaysTheStateAlone) {
  Room room;
  room.cells.read = [](int cell, double time, double v) { return cell == 7 && time > 28.0 * kHour ? 0.0 : v; };
  room.run(30.0);
  const RoomAnswer a = room.watch.answer();
  ASSERT_EQ(a.findings.size(), 1u);
  EXPECT_EQ(a.findings[0].what.cause, cells::Cause::dead);
  EXPECT_EQ(a.cells[7].watch.state, cells::Standing::unseen);
  EXPECT_FALSE(a.cells[7].watch.excess_power.known());
  EXPECT_FALSE(a.cells[7].watch.standard_voltage.known());
  EXPECT_FALSE(a.cells[7].cost_per_day.known());
  EXPECT_TRUE(a.exchanges.empty());
}

TEST(RoomWatch, ACellThatIsSickBeforeItWasEverAtLoadIsSuspectAndTold) {
  Room room;
  room.cells.current_density = [](double time) { return time < 0.2 * kHour ? 20.0 : time < 0.4 * kHour ? 300.0 : 5e3; };
  room.cells.fault = [](int cell, double, double j) { return cell == 5 && j < 1000.0 ? -0.8 : 0.0; };
  room.run(0.6);
  const RoomAnswer a = room.watch.answer();
  ASSERT_EQ(a.findings.size(), 1u);
  EXPECT_EQ(a.findings[0].cell, "E1/006");
  EXPECT_FALSE(a.findings[0].what.instrument());
  EXPECT_EQ(a.cells[5].watch.state, cells::Standing::suspect);
  EXPECT_EQ(a.electrolysers[0].suspect, 1);
  EXPECT_EQ(a.electrolysers[0].unseen, 0);
}

TEST(RoomWatch, AnElectrolyserHasAnExcessWhereItsCellsHaveTheirOwnLevel) {
  Room room;
  room.run(20.0);
  EXPECT_FALSE(room.watch.answer().electrolysers[0].excess_power.known());
  room.run(10.0);
  EXPECT_TRUE(room.watch.answer().electrolysers[0].excess_power.known());
}

TEST(RoomWatch, FindingsStandOpenFirstThenTheWorst) {
  Room room;
  room.cells.fault = [](int cell, double time, double j) {
    if (cell == 2 && time >= 26.0 * kHour && time < 27.0 * kHour) return 20e-6 * j;  // over again
    if (cell == 30 && time >= 36.0 * kHour) return -1.5;                             // a short
    return bad_joint(cell, time, j);
  };
  room.run(37.0);
  const RoomAnswer a = room.watch.answer();
  ASSERT_EQ(a.findings.size(), 3u);
  EXPECT_EQ(a.findings[0].cell, "E1/031");
  EXPECT_EQ(a.findings[0].what.severity, cells::Severity::critical);
  EXPECT_EQ(a.findings[1].cell, "E1/017");
  EXPECT_EQ(a.findings[2].cell, "E1/003");
  EXPECT_TRUE(a.findings[2].ended);
}

TEST(RoomWatch, AnExchangeOfAnotherTimeChangesOnlyTheDateIfThatIsNewer) {
  Room room;
  room.run(30.0);
  ASSERT_TRUE(room.watch.answer().cells[4].watch.own_level);
  const double age = *room.watch.answer().cells[4].age;
  EXPECT_TRUE(room.watch.renew("E1/005", Part::membrane, kBegin - std::chrono::days(900)));  // of the one before
  EXPECT_DOUBLE_EQ(*room.watch.answer().cells[4].age, age);
  EXPECT_TRUE(room.watch.answer().cells[4].watch.own_level);
  EXPECT_TRUE(room.watch.renew("E1/005", Part::membrane, kBegin - std::chrono::hours(30)));  // before the first row
  EXPECT_NEAR(*room.watch.answer().cells[4].age, age - 1.0, 1.0);
  EXPECT_TRUE(room.watch.answer().cells[4].watch.own_level);
  EXPECT_TRUE(room.watch.renew("E1/005", Part::membrane, kBegin + std::chrono::hours(30)));
  EXPECT_FALSE(room.watch.answer().cells[4].watch.own_level);
}

}  // namespace
}  // namespace castner::cell_room
