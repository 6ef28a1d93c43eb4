// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_room/exchange_plan.h"

#include <gtest/gtest.h>

#include <cmath>

namespace castner::cell_room {
namespace {

constexpr double kCurrent = 13500.0;                                        // [A]
constexpr double kNaohPerAmpere = 0.0399971 / 96485.33212 * 0.96 * 3600.0;  // [kg/(A h)] of one cell

CellRoomFile file(const std::string& economics) {
  return read_cell_room(
             "[[electrolyser]]\nname = \"E1\"\ncells = 40\ncell_area = \"2.7 m2\"\nvoltages = \"V-{1..40}\"\n"
             "current = \"I\"\n" +
                 economics,
             "cells.toml")
      .value();
}
const std::string kPrices =
    "[economics]\nelectricity = \"0.5 CNY/(kW.h)\"\nhours_per_year = 8760\nmembrane = \"9000 CNY\"\nstop = \"8 h\"\n"
    "exchange_per_cell = \"0.5 h\"\nlost_margin = \"600 CNY/t\"\n";

/// Forty cells alike, at load.
RoomAnswer forty_cells() {
  RoomAnswer a;
  a.electrolysers = {{.name = "E1", .current = kCurrent}};
  a.reference = {kCurrent / 2.7, 363.15, 0.32};
  for (std::size_t i = 0; i < 40; ++i) {
    CellLine c{.name = cell_name("E1", i + 1), .number = i + 1};
    c.watch.state = cells::Standing::healthy;
    c.watch.standard_voltage = {2.95 + 1e-3 * static_cast<double>(i % 7), 5e-3};
    c.watch.k = {1.05e-4, 2e-6};
    a.cells.push_back(c);
  }
  return a;
}
/// A cell with a finding that draws so much above its own level [W].
void sick(RoomAnswer& a, std::size_t line, cells::Cause cause, double watts, double sd) {
  a.cells[line].finding = a.findings.size();
  a.cells[line].watch.own_level = true;
  a.cells[line].watch.excess_power = {watts, sd};
  CellFinding f{.cell = a.cells[line].name, .line = line};
  f.what.cause = cause;
  a.findings.push_back(f);
}
/// What the caustic of so many hours would have earned [CNY].
double margin(double hours) { return kNaohPerAmpere * kCurrent * 40.0 * hours * 0.6; }

TEST(ExchangePlan, APartIsPaidBackByThePowerThatItSaves) {
  RoomAnswer a = forty_cells();
  sick(a, 3, cells::Cause::membrane_fouling, 2000.0, 100.0);
  const auto plan = plan_exchanges(file(kPrices), a);
  ASSERT_EQ(plan.size(), 1u);
  EXPECT_EQ(plan[0].line, 3u);
  EXPECT_EQ(plan[0].what, Part::membrane);
  EXPECT_NEAR(plan[0].saving_per_day.value, 24.0, 1e-9);  // 2 kW x 24 h x 0.5 CNY
  EXPECT_NEAR(plan[0].saving_per_day.sd, 1.2, 1e-9);
  EXPECT_NEAR(plan[0].standstill, margin(8.5), 1e-6);
  EXPECT_NEAR(plan[0].payback.value, (9000.0 + margin(8.5)) / 24.0, 1e-6);
  EXPECT_NEAR(plan[0].payback.sd / plan[0].payback.value, 0.05, 1e-9);
  EXPECT_NEAR(plan[0].payback_in_a_stop.value, (9000.0 + margin(0.5)) / 24.0, 1e-6);
}

TEST(ExchangePlan, CellsOfOneElectrolyserShareTheStop) {
  RoomAnswer a = forty_cells();
  sick(a, 3, cells::Cause::membrane_fouling, 4000.0, 100.0);
  sick(a, 9, cells::Cause::blister, 3000.0, 100.0);
  const auto plan = plan_exchanges(file(kPrices), a);
  ASSERT_EQ(plan.size(), 2u);
  EXPECT_EQ(plan[0].line, 3u) << "soonest paid back first";
  for (const auto& x : plan) {
    EXPECT_NEAR(x.standstill, margin(4.5), 1e-6);
    EXPECT_EQ(x.when, Exchange::When::own_stop);
  }
}

TEST(ExchangePlan, WhatDoesNotPayCarriesNoShareOfTheStop) {
  RoomAnswer a = forty_cells();
  sick(a, 3, cells::Cause::membrane_fouling, 2600.0, 100.0);  // pays with a tenth of the stop, and not with all of it
  for (std::size_t old = 10; old < 19; ++old) sick(a, old, cells::Cause::blister, 500.0, 20.0);
  sick(a, 30, cells::Cause::pinhole, -300.0, 20.0);
  const auto plan = plan_exchanges(file(kPrices), a);
  ASSERT_EQ(plan.size(), 11u);
  EXPECT_EQ(plan[1].line, 3u);
  EXPECT_EQ(plan[1].when, Exchange::When::next_stop);
  for (const auto& x : plan) EXPECT_NEAR(x.standstill, margin(8.5), 1e-6);
  // With one that pays for itself, the share of one cell more is a half.
  sick(a, 0, cells::Cause::membrane_fouling, 8000.0, 100.0);
  const auto two = plan_exchanges(file(kPrices), a);
  EXPECT_EQ(two[1].line, 0u);
  EXPECT_EQ(two[2].when, Exchange::When::own_stop);
  EXPECT_NEAR(two[2].standstill, margin(4.5), 1e-6);
  EXPECT_EQ(two[3].when, Exchange::When::later);
  EXPECT_NEAR(two[3].standstill, margin(8.0 / 3.0 + 0.5), 1e-6);
}

TEST(ExchangePlan, AStopThatLastsDoesNotMakeStopsFree) {
  RoomAnswer a = forty_cells();
  sick(a, 3, cells::Cause::membrane_fouling, 2000.0, 100.0);
  for (const double now : {0.0, 5.4, -3.0, kCurrent}) {
    a.electrolysers[0].current = now;
    EXPECT_NEAR(plan_exchanges(file(kPrices), a)[0].standstill, margin(8.5), 1e-6) << now;
  }
}

TEST(ExchangePlan, WhatEndangersPeopleComesFirstThoughItSavesNothing) {
  RoomAnswer a = forty_cells();
  sick(a, 3, cells::Cause::membrane_fouling, 2000.0, 100.0);
  sick(a, 9, cells::Cause::pinhole, -300.0, 20.0);
  const auto plan = plan_exchanges(file(kPrices), a);
  ASSERT_EQ(plan.size(), 2u);
  EXPECT_EQ(plan[0].line, 9u);
  EXPECT_EQ(plan[0].when, Exchange::When::before_load);
  EXPECT_FALSE(plan[0].payback.known());
  a.findings[1].what.cause = cells::Cause::dry_out;
  EXPECT_EQ(plan_exchanges(file(kPrices), a)[0].when, Exchange::When::before_load);
}

TEST(ExchangePlan, ASavingThatIsNotClearOfZeroHasNoPayback) {
  RoomAnswer a = forty_cells();
  sick(a, 3, cells::Cause::membrane_fouling, 2000.0, 1100.0);
  const auto plan = plan_exchanges(file(kPrices), a);
  ASSERT_EQ(plan.size(), 1u);
  EXPECT_FALSE(plan[0].payback.known());
  EXPECT_EQ(plan[0].when, Exchange::When::later);
}

TEST(ExchangePlan, WithoutAMarginAStopCostsNothingAndWithoutAPriceNothingIsTold) {
  RoomAnswer a = forty_cells();
  sick(a, 3, cells::Cause::membrane_fouling, 2000.0, 100.0);
  const auto no_margin = plan_exchanges(
      file("[economics]\nelectricity = \"0.5 CNY/(kW.h)\"\nhours_per_year = 8760\nmembrane = \"9000 CNY\"\n"), a);
  ASSERT_EQ(no_margin.size(), 1u);
  EXPECT_DOUBLE_EQ(no_margin[0].standstill, 0.0);
  EXPECT_NEAR(no_margin[0].payback.value, 9000.0 / 24.0, 1e-6);
  const auto no_part = plan_exchanges(file("[economics]\nelectricity = \"0.5 CNY/(kW.h)\"\n"), a);
  ASSERT_EQ(no_part.size(), 1u);
  EXPECT_TRUE(no_part[0].saving_per_day.known());
  EXPECT_FALSE(no_part[0].payback.known());
  const auto no_money = plan_exchanges(file(""), a);
  ASSERT_EQ(no_money.size(), 1u);
  EXPECT_FALSE(no_money[0].saving_per_day.known());
}

TEST(ExchangePlan, WhatIsMendedIsNotExchanged) {
  RoomAnswer a = forty_cells();
  for (const auto cause : {cells::Cause::short_circuit, cells::Cause::contact, cells::Cause::blocked_feed,
                           cells::Cause::unknown, cells::Cause::offset})
    sick(a, a.findings.size(), cause, 2000.0, 100.0);
  EXPECT_TRUE(plan_exchanges(file(kPrices), a).empty());
}

TEST(ExchangePlan, AnOldMembraneIsToldByItsResistance) {
  RoomAnswer a = forty_cells();
  auto& old = a.cells[11];
  old.watch.standard_voltage.value += 0.15, old.watch.k.value += 0.15 / 5000.0;
  old.above_best = {2000.0, 150.0};
  auto& electrode = a.cells[20];  // as high, but which of its electrodes a voltage does not tell
  electrode.watch.standard_voltage.value += 0.15;
  electrode.above_best = {2000.0, 150.0};
  const auto plan = plan_exchanges(file(kPrices), a);
  ASSERT_EQ(plan.size(), 1u);
  EXPECT_EQ(plan[0].line, 11u);
  EXPECT_NEAR(plan[0].saving_per_day.value, 24.0, 1e-9);
}

TEST(ExchangePlan, AResistanceThatIsHardlyKnownAccusesNoMembrane) {
  RoomAnswer a = forty_cells();
  auto& old = a.cells[11];
  old.watch.standard_voltage.value += 0.12,
      old.watch.k = {1.05e-4 + 2.2e-5, 1.7e-5};  // a constant load: the line's slope is a guess
  old.above_best = {2000.0, 150.0};
  EXPECT_TRUE(plan_exchanges(file(kPrices), a).empty());
  // Where all resistances are as unknown together, the cell's against theirs is known.
  a.electrolysers[0].ohmic = {0.52, 5000.0 * 1.69e-5};
  EXPECT_EQ(plan_exchanges(file(kPrices), a).size(), 1u);
}

}  // namespace
}  // namespace castner::cell_room
