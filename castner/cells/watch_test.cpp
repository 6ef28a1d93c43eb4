// SPDX-License-Identifier: Apache-2.0
#include "castner/cells/watch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <string>

#include "castner/cells/plain_cells_for_tests.h"

namespace castner::cells {
namespace {

TEST(CellWatch, SaysNothingOfHealthyCells) {
  PlainCells plain;
  plain.current_density = day_and_night;
  CellWatch watch(plain.settings());
  plain.run(watch, 72.0);
  EXPECT_EQ(told(watch), "");
  for (int i = 0; i < watch.cells(); ++i) EXPECT_EQ(watch.cell(i).state, Standing::healthy) << i;
}

TEST(CellWatch, TellsUZeroAndResistanceOfEachCell) {
  PlainCells plain;
  plain.current_density = day_and_night;
  CellWatch watch(plain.settings());
  plain.run(watch, 48.0);
  const Figure k = watch.middle().ohmic();
  EXPECT_NEAR(k.value, 0.108e-3, 3 * k.sd) << k.sd;
  EXPECT_LT(k.sd, 0.006e-3);
  for (int i = 0; i < watch.cells(); ++i) {
    const auto a = watch.cell(i);
    const auto at = static_cast<std::size_t>(i);
    EXPECT_NEAR(a.k.value - k.value, plain.ohmic[at] - plain.ohmic[0] + watch.cell(0).k.value - k.value, 1e-6);
    EXPECT_NEAR(a.standard_voltage.value, PlainCells::healthy(5e3) + plain.own[at] + plain.ohmic[at] * 5e3, 0.02);
  }
}

struct Case {
  const char* name;
  Cause cause;
  double after;  // told within so many seconds
  std::function<double(double since, double j)> volts;
  std::function<double(double since, double v)> read;
};

/// Half a kelvin is worth 5 mV on a membrane, whatever this electrolyser has shown of it.
TEST(CellWatch, WhatTheThermometerMayBeWrongIsCountedByWhatMembranesDo) {
  PlainCells plain(60, 60.0);
  plain.current_density = day_and_night;
  plain.also = [&](Scan& row) {  // cells that do not care for temperature
    row.temperature = 363.15 + 5.0 * std::sin(row.time / 20e3) + 0.05 * plain.normal();
    row.caustic = 0.32 + 0.01 * std::sin(row.time / 33e3);
  };
  CellWatch watch(plain.settings());
  plain.run(watch, 24 * 10.0);
  EXPECT_GT(watch.middle().standard_voltage().sd, 8e-3);
  EXPECT_GT(watch.middle().ohmic().sd, 1.5e-6);
}

TEST(CellWatch, TellsAStepWithinAMinute) {
  PlainCells plain;
  CellWatch watch(plain.settings());
  const double onset = 30.0 * 3600;
  plain.fault = [&](int cell, double time, double) { return cell == 17 && time >= onset ? -0.9 : 0.0; };
  plain.run(watch, 31.0);
  ASSERT_EQ(watch.findings().size(), 1u) << told(watch);
  const Diagnosis& f = watch.findings()[0];
  EXPECT_EQ(f.cell, 17);
  EXPECT_EQ(f.cause, Cause::short_circuit) << told(watch);
  EXPECT_LE(f.detected - onset, 60.0);
  EXPECT_NEAR(f.since, onset, 20.0);
  EXPECT_EQ(watch.cell(17).state, Standing::sick);
}

TEST(CellWatch, TellsAnOffsetFromAContactByTheVoltmeter) {
  for (const bool instrument : {false, true}) {
    PlainCells plain;
    CellWatch watch(plain.settings());
    const double onset = 30.0 * 3600;
    if (instrument)
      plain.read = [&](int cell, double time, double v) { return cell == 5 && time >= onset ? v + 0.15 : v; };
    else
      plain.fault = [&](int cell, double time, double j) { return cell == 5 && time >= onset ? 0.03e-3 * j : 0.0; };
    plain.run(watch, 32.0);
    ASSERT_EQ(watch.findings().size(), 1u) << told(watch);
    EXPECT_EQ(watch.findings()[0].instrument(), instrument) << told(watch);
  }
}

TEST(CellWatch, TellsSlowFouling) {
  PlainCells plain(60, 60.0);
  plain.current_density = day_and_night;
  CellWatch watch(plain.settings());
  const double onset = 6.0 * 86400;
  plain.fault = [&](int cell, double time, double j) {
    return cell == 5 && time >= onset ? 1.2e-6 * j * (time - onset) / 86400 : 0.0;
  };
  plain.run(watch, 24 * 10.0);
  ASSERT_EQ(watch.findings().size(), 1u) << told(watch);
  const Diagnosis& f = watch.findings()[0];
  EXPECT_LE(f.detected - onset, 86400.0);
  EXPECT_EQ(f.cause, Cause::membrane_fouling) << told(watch);
}

/// The analyses of an electrolyser are not one cell's: a joint that went bad in a minute makes no oxygen days later.
TEST(CellWatch, WhatTheAnalysesDoDaysLaterIsNoSignOfWhatCameAtOnce) {
  PlainCells plain(60, 60.0);
  CellWatch watch(plain.settings());
  const double onset = 50.0 * 3600, later = 80.0 * 3600;
  plain.fault = [&](int cell, double time, double j) { return cell == 5 && time >= onset ? 0.014e-3 * j : 0.0; };
  plain.also = [&](Scan& row) {
    const double more = std::clamp((row.time - later) / (48.0 * 3600), 0.0, 1.0);
    row.oxygen = 0.012 * (1.0 + 0.2 * more) + 1e-4 * plain.normal();
    row.chloride = 30e-6 * (1.0 + 0.3 * more) + 5e-7 * plain.normal();
    row.hydrogen = 3e-4 * (1.0 + 0.5 * more) + 2e-5 * plain.normal();
  };
  plain.run(watch, 150.0);
  ASSERT_EQ(watch.findings().size(), 1u) << told(watch);
  const Diagnosis& f = watch.findings()[0];
  for (const Sign sign : {Sign::hydrogen, Sign::oxygen, Sign::chloride}) EXPECT_NE(f.signs[sign], 0) << told(watch);
}

/// A fouled membrane lets no salt and no hydrogen through; that another cell's does is known.
TEST(CellWatch, AnotherCellsLeakMakesNoBlisterOfFouling) {
  PlainCells plain(60, 60.0);
  plain.current_density = day_and_night;
  CellWatch watch(plain.settings());
  const double fouls = 4.0 * 86400, leaks = 5.0 * 86400 + 12.0 * 3600;
  plain.fault = [&](int cell, double time, double j) {
    if (cell == 5 && time >= fouls) return 1.2e-6 * j * (time - fouls) / 86400;
    return cell == 30 && time >= leaks ? -30e-3 : 0.0;
  };
  plain.also = [&](Scan& row) {
    const double more = row.time < leaks ? 0.0 : 1.0, load = row.current / (5e3 * PlainCells::kArea);
    row.hydrogen = (3e-4 + 6e-4 * more) / load + 2e-5 * plain.normal();
    row.oxygen = 0.012 * (1.0 + 0.1 * more) + 1e-4 * plain.normal();
    row.chloride = (30e-6 + 10e-6 * more) / load + 5e-7 * plain.normal();
  };
  plain.run(watch, 24 * 9.0);
  ASSERT_EQ(watch.findings().size(), 2u) << told(watch);
  const auto& fouled = watch.findings()[watch.findings()[0].cell == 5 ? 0 : 1];
  const auto& leaking = watch.findings()[watch.findings()[0].cell == 5 ? 1 : 0];
  EXPECT_EQ(leaking.cause, Cause::pinhole) << told(watch);
  EXPECT_EQ(fouled.cause, Cause::membrane_fouling) << told(watch);
}

/// It grew for an hour and then stood: what it does when load is cut tells whether it is an electrode.
TEST(CellWatch, TellsTheShareOfWhatCameWithinAnHour) {
  for (const double ohmic : {0.0, 1.0}) {
    PlainCells plain(60, 60.0);
    CellWatch watch(plain.settings());
    plain.current_density = [](double time) {
      const double hour = std::fmod(time / 3600.0, 24.0);
      return hour >= 8.0 && hour < 12.0 ? 3.5e3 : 5e3;
    };
    const double onset = 29.0 * 3600;
    plain.fault = [&](int cell, double time, double j) {
      const double grown = std::clamp((time - onset) / 3600.0, 0.0, 1.0);
      return cell == 5 ? 60e-3 * grown * (1.0 + ohmic * (j - 5e3) / 5e3) : 0.0;
    };
    plain.run(watch, 48.0);
    ASSERT_EQ(watch.findings().size(), 1u) << told(watch);
    const Figure share = watch.findings()[0].signs.ohmic_share;
    EXPECT_LT(share.sd, 0.15);
    EXPECT_NEAR(share.value, ohmic, 3.0 * share.sd);
  }
}

TEST(CellWatch, NamesSwappedWires) {
  PlainCells plain;
  CellWatch watch(plain.settings());
  plain.own[30] = 0.02, plain.own[7] = -0.015;
  const double onset = 30.0 * 3600;
  std::vector<double>& v = plain.voltages;
  plain.also = [&](Scan& row) {
    if (row.time >= onset) std::swap(v[7], v[30]);
  };
  plain.run(watch, 31.0);
  ASSERT_EQ(watch.findings().size(), 2u) << told(watch);
  for (const Diagnosis& f : watch.findings()) {
    EXPECT_EQ(f.cause, Cause::swapped) << told(watch);
    EXPECT_EQ(f.with, f.cell == 7 ? 30 : 7);
  }
}

TEST(CellWatch, NamesDeadAndStuckInstruments) {
  PlainCells plain;
  plain.current_density = day_and_night;
  CellWatch watch(plain.settings());
  const double onset = 30.0 * 3600;
  plain.read = [&](int cell, double time, double v) {
    if (time < onset) return v;
    return cell == 3 ? 0.0 : cell == 4 ? 2.9871 : v;
  };
  plain.run(watch, 36.0);
  ASSERT_EQ(watch.findings().size(), 2u) << told(watch);
  EXPECT_EQ(watch.findings()[0].cause, Cause::dead) << told(watch);
  EXPECT_EQ(watch.findings()[1].cause, Cause::stuck) << told(watch);
  EXPECT_EQ(watch.cell(3).state, Standing::unseen);
}

TEST(CellWatch, ALoadCutAloneMovesNothing) {
  PlainCells plain;
  CellWatch watch(plain.settings());
  plain.current_density = [](double time) { return time > 20 * 3600 && time < 21 * 3600 ? 2e3 : 5.4e3; };
  plain.also = [](Scan& row) { row.hydrogen = 0.0005 * 5e3 * PlainCells::kArea / row.current; };
  plain.run(watch, 24.0);
  EXPECT_EQ(told(watch), "");
  EXPECT_FALSE(watch.hydrogen_time_to(0.04).has_value());
}

TEST(CellWatch, ACellThatStoodApartFromTheBeginningIsSuspectAndNoMore) {
  PlainCells plain;
  plain.own[9] = 0.12;
  plain.own[10] = 0.4;
  CellWatch watch(plain.settings());
  plain.run(watch, 6.0);
  EXPECT_EQ(told(watch), "");
  for (const int cell : {9, 10}) {
    const double power = plain.own[static_cast<std::size_t>(cell)] * 5e3 * PlainCells::kArea;
    EXPECT_EQ(watch.cell(cell).state, Standing::suspect);
    EXPECT_FALSE(watch.cell(cell).own_level);
    EXPECT_NEAR(watch.cell(cell).excess_power.value, power, 0.15 * power);
  }
}

TEST(CellWatch, ACellThatWasHardlySeenIsSuspectAtMost) {
  PlainCells plain;
  CellWatch watch(plain.settings());
  plain.fault = [&](int cell, double time, double) { return cell == 17 && time >= 1800 ? -0.9 : 0.0; };
  plain.run(watch, 1.0);
  ASSERT_EQ(watch.findings().size(), 1u) << told(watch);
  EXPECT_EQ(watch.cell(17).state, Standing::suspect);
}

TEST(CellWatch, WhatCannotBeReadHurtsNobody) {
  PlainCells plain;
  CellWatch watch(plain.settings());
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN(), kInfinite = std::numeric_limits<double>::infinity();
  int k = 0;
  plain.also = [&](Scan& row) {
    ++k;
    if (k % 50 == 0) std::fill(plain.voltages.begin(), plain.voltages.end(), kNan);
    if (k % 50 == 10) plain.voltages[3] = kInfinite;
    if (k % 50 == 11) plain.voltages[3] = 1e30;
    if (k % 50 == 20) row.current = k % 100 == 20 ? kInfinite : 1e12;
    if (k % 50 == 21) row.current = kNan;
    if (k % 50 == 30) row.temperature = row.caustic = row.hydrogen = kInfinite;
    if (k % 50 == 31) row.temperature = -1.0;
    if (k % 50 == 32) row.voltage = kInfinite;
  };
  plain.run(watch, 48.0);
  EXPECT_EQ(told(watch), "");
  for (int i = 0; i < watch.cells(); ++i) {
    EXPECT_EQ(watch.cell(i).state, Standing::healthy) << i;
    EXPECT_TRUE(watch.cell(i).standard_voltage.known()) << i;
    EXPECT_TRUE(watch.cell(i).excess_power.known()) << i;
  }
}

TEST(CellWatch, ACoarseVoltmeterContradictsNobody) {
  PlainCells plain;
  CellWatch watch(plain.settings());
  const double onset = 30.0 * 3600;
  plain.fault = [&](int cell, double time, double j) { return cell == 5 && time >= onset ? 0.012e-3 * j : 0.0; };
  plain.voltmeter = 0.0;
  plain.also = [&](Scan& row) { row.voltage = std::round(row.voltage * 2.0) / 2.0; };  // to half a volt
  plain.run(watch, 31.0);
  ASSERT_EQ(watch.findings().size(), 1u) << told(watch);
  EXPECT_FALSE(watch.findings()[0].signs[Sign::sum].has_value()) << told(watch);
}

/// 0.1 V within a minute, as the virtual plant's does: three times what the cell has done.
TEST(CellWatch, AVoltmeterThatWandersContradictsNobody) {
  int contradicted = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    PlainCells plain(60, 1.0, seed);
    CellWatch watch(plain.settings());
    const double onset = 1.5 * 3600;
    plain.fault = [&](int cell, double time, double j) { return cell == 5 && time >= onset ? 0.012e-3 * j : 0.0; };
    double wander = 0.0;
    plain.also = [&](Scan& row) {
      wander += -0.02 * wander + 0.02 * plain.normal();
      row.voltage += wander;
    };
    plain.run(watch, 1.6);
    ASSERT_EQ(watch.findings().size(), 1u) << told(watch);
    contradicted += watch.findings()[0].signs[Sign::sum] == 1;
  }
  EXPECT_EQ(contradicted, 0);
}

TEST(CellWatch, ADeadChannelTakesTheVoltmeterFromNobody) {
  PlainCells plain;
  CellWatch watch(plain.settings());
  const double onset = 30.0 * 3600;
  plain.read = [&](int cell, double time, double v) {
    if (cell == 20) return std::numeric_limits<double>::quiet_NaN();
    return cell == 5 && time >= onset ? v + 0.15 : v;
  };
  plain.run(watch, 31.0);
  ASSERT_EQ(watch.findings().size(), 1u) << told(watch);
  EXPECT_EQ(watch.findings()[0].signs[Sign::sum], 1) << told(watch);
  EXPECT_TRUE(watch.findings()[0].instrument()) << told(watch);
}

TEST(CellWatch, OfASickCellWhoseLoadHasNotMovedTheSlopeIsNotKnown) {
  PlainCells plain;
  CellWatch watch(plain.settings());
  const double onset = 96.0 * 3600;
  plain.current_density = [&](double time) { return time < onset - 3600.0 ? day_and_night(time) : 5e3; };
  plain.fault = [&](int cell, double time, double j) { return cell == 5 && time >= onset ? 0.014e-3 * j : 0.0; };
  plain.run(watch, 97.0);
  const auto sick = watch.cell(5), healthy = watch.cell(6);
  EXPECT_GT(sick.k.sd, 0.014e-3) << "as much as it has changed";
  EXPECT_LT(std::abs(sick.k.value - healthy.k.value - 0.014e-3), 3.0 * sick.k.sd);
}

TEST(CellWatch, ACellThatIsReadNoLongerIsNotHealthy) {
  PlainCells plain;
  CellWatch watch(plain.settings());
  plain.read = [](int cell, double time, double v) {
    return cell == 5 && time > 20.0 * 3600 ? std::numeric_limits<double>::quiet_NaN() : v;
  };
  plain.run(watch, 20.1);
  EXPECT_EQ(watch.cell(5).state, Standing::healthy) << "six minutes are nothing";
  plain.run(watch, 1.0);
  EXPECT_EQ(watch.cell(5).state, Standing::unseen);
  EXPECT_EQ(watch.cell(6).state, Standing::healthy);
}

TEST(CellWatch, FollowsAnotherRhythmOfRowsWithinThree) {
  PlainCells plain(60, 10800.0);
  CellWatch watch(plain.settings());
  plain.run(watch, 24.0 * 30);  // means of three hours from a history
  plain.seconds = 1.0;
  const double onset = plain.time + 20.0;
  plain.fault = [&](int cell, double time, double) {
    return cell == 5 ? 0.04 * std::clamp((time - onset) / 300.0, 0.0, 1.0) : 0.0;
  };
  plain.run(watch, 0.5);
  ASSERT_EQ(watch.findings().size(), 1u) << told(watch);
  EXPECT_EQ(watch.findings()[0].signs[Sign::speed], 1) << "within an hour, and not at once";
}

/// What is lopsided in time must not carry the middle away, block by block.
TEST(CellWatch, TheMiddleStaysWhereTheCellsAre) {
  PlainCells plain;
  CellWatch watch(plain.settings());
  // Each cell reads 9 mV too much in one row of six, another one in each: no row's middle feels it, every cell's mean does.
  plain.read = [&](int cell, double time, double v) {
    return (static_cast<int>(std::lround(time / 10.0)) + cell) % 6 == 0 ? v + 9e-3 : v;
  };
  plain.current_density = day_and_night;
  plain.run(watch, 24.0 * 14);
  EXPECT_NEAR(watch.middle().standard_voltage().value, PlainCells::healthy(5e3) + 3e-3, 10e-3);
  double power = 0.0;
  for (int i = 0; i < watch.cells(); ++i) power += watch.cell(i).excess_power.value / watch.cells();
  EXPECT_NEAR(power, 0.0, 2e-3 * 5e3 * PlainCells::kArea);
}

TEST(CellWatch, GoesOnFromItsBytesAsIfNothingHadBeen) {
  PlainCells plain;
  plain.current_density = day_and_night;
  CellWatch whole(plain.settings());
  const double onset = 30.0 * 3600;
  plain.fault = [&](int cell, double time, double j) { return cell == 5 && time >= onset ? 0.03e-3 * j : 0.0; };
  plain.run(whole, 30.5);
  const std::string bytes = whole.save();
  CellWatch again(plain.settings());
  ASSERT_TRUE(again.load(bytes));
  EXPECT_EQ(again.time(), whole.time());
  EXPECT_EQ(again.save(), bytes);
  PlainCells twin = plain;
  plain.run(whole, 6.0);
  twin.run(again, 6.0);
  EXPECT_EQ(told(again), told(whole));
  EXPECT_NE(told(whole), "");
  for (int i = 0; i < whole.cells(); ++i) EXPECT_EQ(again.cell(i).excess_power.value, whole.cell(i).excess_power.value);
}

TEST(CellWatch, TakesNoBytesThatAreNotItsOwn) {
  PlainCells plain(8);
  CellWatch watch(plain.settings());
  plain.run(watch, 3.0);
  const std::string bytes = watch.save();
  CellWatch other(PlainCells(9).settings());
  EXPECT_FALSE(other.load(bytes));
  for (std::size_t cut = 0; cut < bytes.size(); cut += 37)
    EXPECT_FALSE(watch.load(std::string_view(bytes).substr(0, cut))) << cut;
  EXPECT_FALSE(watch.load(bytes + "x"));
  EXPECT_TRUE(watch.load(bytes));
  // Whatever bytes were turned on the disk: they are refused or read, and nothing breaks.
  std::mt19937 chance(1);
  for (int i = 0; i < 2000; ++i) {
    std::string bad = bytes;
    bad[chance() % bad.size()] = static_cast<char>(chance());
    CellWatch w(plain.settings());
    if (!w.load(bad)) continue;
    for (int k = 0; k < w.cells(); ++k) (void)w.cell(k);
  }
}

TEST(CellWatch, TakesLessThanAKilobyteForACell) {
  PlainCells plain(180, 60.0);
  plain.current_density = day_and_night;
  CellWatch watch(plain.settings());
  plain.run(watch, 24 * 8.0);
  EXPECT_LT(watch.save().size() / 180, 1000u);
}

}  // namespace
}  // namespace castner::cells
