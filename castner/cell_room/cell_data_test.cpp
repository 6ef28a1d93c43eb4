// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_room/cell_data.h"

#include <gtest/gtest.h>

#include <cmath>

#include "castner/readings/time_zone.h"

namespace castner::cell_room {
namespace {

/// A cells.toml of one electrolyser with three cells, and lines more.
std::string cells_toml(const std::string& more = "", const std::string& voltages = "\"EI-{1..3}\"") {
  return "[[electrolyser]]\nname = \"E1\"\ncells = 3\ncell_area = \"2.7 m2\"\nvoltages = " + voltages +
         "\ncurrent = \"II\"\n" + more;
}

/// A file, its data, and both joined.
struct Joined {
  CellRoomFile file;
  tables::Table table;
  Result<CellData> data;
};
Joined joined(const std::string& toml, const std::string& csv, CellDataOptions options = {.data_file = "data.csv"}) {
  Joined j{read_cell_room(toml, "cells.toml").value(), {}, CellData{}};
  tables::TableOptions how{.time_zone = "+00:00"};
  as_the_cells_say(how, j.file);
  auto table = tables::read_table(csv, "data.csv", how);
  EXPECT_TRUE(table.has_value()) << table.error().text();
  if (!table) return j;
  j.table = std::move(*table);
  j.data = join_cells(j.file, j.table, options);
  return j;
}
std::string refusal(const std::string& toml, const std::string& csv,
                    CellDataOptions options = {.data_file = "data.csv"}) {
  const Joined j = joined(toml, csv, options);
  EXPECT_FALSE(j.data.has_value());
  return j.data ? "" : j.data.error().text();
}

struct Row {
  std::string time;
  std::vector<double> voltages;
  double current, temperature, hydrogen;
};
std::vector<Row> rows_of(const Joined& j, std::size_t electrolyser = 0) {
  EXPECT_TRUE(j.data.has_value()) << j.data.error().text();
  std::vector<Row> all;
  if (!j.data) return all;
  CellRows rows(j.data->electrolysers[electrolyser]);
  while (rows.next())
    all.push_back({readings::time_text(rows.row().time).substr(11, 8),
                   {rows.row().voltages.begin(), rows.row().voltages.end()},
                   rows.row().of(RoomQuantity::current),
                   rows.row().of(RoomQuantity::temperature),
                   rows.row().of(RoomQuantity::hydrogen_in_chlorine)});
  return all;
}
std::string notes_of(const Joined& j) {
  std::string all;
  if (j.data)
    for (const auto& n : j.data->notes) all += n + "\n";
  return all;
}

/// A wide table every 10 s.
std::string wide(const std::string& header, const std::vector<std::string>& rows) {
  std::string csv = header + "\n";
  for (std::size_t i = 0; i < rows.size(); ++i)
    csv += "2026-01-01 00:0" + std::to_string(i / 6) + ":" + std::to_string(i % 6) + "0," + rows[i] + "\n";
  return csv;
}

TEST(CellData, AVoltageAndACurrentAreEnoughInAnyOrderOfColumns) {
  const auto j = joined(cells_toml(), wide("time,EI-3,II [kA],EI-1,other,EI-2",
                                           {"3.03,13.5,3.01,7,3.02", "3.13,13.4,3.11,7,Bad", "3.23,13.3,3.21,7,3.22"}));
  const auto rows = rows_of(j);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].time, "00:00:00");
  EXPECT_EQ(rows[0].voltages, (std::vector<double>{3.01, 3.02, 3.03}));
  EXPECT_DOUBLE_EQ(rows[0].current, 13500.0);
  EXPECT_TRUE(std::isnan(rows[0].temperature));
  EXPECT_EQ(rows[1].voltages[0], 3.11);
  EXPECT_TRUE(std::isnan(rows[1].voltages[1]));
  EXPECT_DOUBLE_EQ(rows[2].current, 13300.0);
}

/// Half a percent is an alarm everywhere, so 0.027 without a unit is no 2.7 %.
TEST(CellData, HydrogenWithoutAUnitIsWhatAPlantCanHave) {
  const auto reads = [](const std::string& h) {
    const std::string row = "13500,3.01,3.02,3.03," + h;
    const auto all = rows_of(
        joined(cells_toml("hydrogen_in_chlorine = \"H\"\n"), wide("time,II [A],EI-1,EI-2,EI-3,H", {row, row, row})));
    return all.empty() ? -1.0 : all[0].hydrogen;
  };
  EXPECT_NEAR(reads("0.027"), 0.00027, 1e-9);
  EXPECT_NEAR(reads("0.12"), 0.0012, 1e-9);
  EXPECT_NEAR(reads("0.0004"), 0.0004, 1e-9);
}

TEST(CellData, UnitsComeFromTheHeaderTheFileOrTheSize) {
  const std::vector<std::string> rows{"13.5,3010,3020,3030,88", "13.4,3011,3021,3031,88", "13.3,3012,3022,3032,88"};
  const auto by_size = joined(cells_toml("temperature = \"T\"\n"), wide("time,II,EI-1,EI-2,EI-3,T", rows));
  EXPECT_EQ(notes_of(by_size),
            "the voltages of \"E1\" have no unit: taken as mV by their size\n"
            "\"II\" has no unit: taken as kA, which is 4.963 kA/m2 in cells of 2.7 m2\n"
            "\"T\" has no unit: taken as degC by its size, 88\n");
  const auto by_header = joined(cells_toml("temperature = { tag = \"T\", unit = \"degC\" }\n"),
                                wide("time,II [kA],EI-1 [mV],EI-2 [mV],EI-3 [mV],T", rows));
  EXPECT_EQ(notes_of(by_header), "");
  for (const auto* j : {&by_size, &by_header}) {
    const auto all = rows_of(*j);
    ASSERT_EQ(all.size(), 3u);
    EXPECT_NEAR(all[0].voltages[2], 3.03, 1e-12);
    EXPECT_DOUBLE_EQ(all[0].current, 13500.0);
    EXPECT_DOUBLE_EQ(all[0].temperature, 361.15);
  }
}

TEST(CellData, AUnitThatContradictsIsAProblem) {
  const std::vector<std::string> rows{"13500,3.01,3.02,3.03,88", "13400,3.01,3.02,3.03,88"};
  EXPECT_EQ(
      refusal(
          "[[electrolyser]]\nname = \"E1\"\ncells = 3\ncell_area = \"2.7 m2\"\nvoltages = \"EI-{1..3}\"\ncurrent = { "
          "tag = \"II\", unit = \"kA\" }\ntemperature = \"T\"\n",
          wide("time,II [A],EI-1 [mV],EI-2 [mV],EI-3 [mV],T [bar]", rows)),
      "data.csv: the voltages of \"E1\" usually read 3.02 mV: a cell has 2 to 4 V, so they are in V; correct the unit "
      "in the headers\n"
      "cells.toml:6: [[electrolyser]] \"E1\": current is in \"kA\", and the header of \"II\" in data.csv says \"A\"; "
      "leave unit out, or correct the header\n"
      "data.csv: \"T\", temperature of \"E1\", is in \"bar\", which is no unit of it; correct the header, or name "
      "another tag in cells.toml\n");
  EXPECT_EQ(
      refusal(cells_toml("temperature = \"T\"\n"), wide("time,II [kA],EI-1 [V],EI-2 [A],EI-3 [V],T [K]", rows)),
      "data.csv: the voltages of \"E1\" are not all voltages by their units: \"EI-2\" [A]; correct the headers, or "
      "voltages in cells.toml\n"
      "data.csv: \"II\" usually reads 13400 kA, 4963 kA/m2 in cells of 2.7 m2: that is no current of \"E1\"; it "
      "looks like A: correct the unit in the header\n"
      "data.csv: \"T\" usually reads 88 K: that is no temperature of \"E1\"; it looks like degC: correct the unit in "
      "the header\n");
}

TEST(CellData, SaysWhatIsMissingAndWhatMayBeMeant) {
  EXPECT_EQ(refusal(cells_toml("temperature = \"TI\"\n"), wide("time,EI-1,EI_2,EI-3,TI-1", {"3,3,3,88", "3,3,3,88"})),
            "cells.toml:5: [[electrolyser]] \"E1\": voltage \"EI-2\" is not in data.csv; did you mean \"EI_2\"?\n"
            "cells.toml:6: [[electrolyser]] \"E1\": current = \"II\" is not in data.csv; no column left over reads "
            "like a current: export it with the voltages\n"
            "cells.toml:7: [[electrolyser]] \"E1\": temperature = \"TI\" is not in data.csv; did you mean "
            "\"TI-1\"?\n");
}

TEST(CellData, ATagWithSomethingBehindItThatIsNoUnitIsNamed) {
  EXPECT_EQ(
      refusal(cells_toml(), wide("time,II,EI-1,EI-2 (furlongs),EI-3", {"13.5,3,3,3", "13.5,3,3,3"})),
      "cells.toml:5: [[electrolyser]] \"E1\": voltage \"EI-2\" is not in data.csv; \"EI-2 (furlongs)\" has "
      "\"furlongs\" behind its tag, which is no unit here; write its unit there, such as t/h, m3/h, kPa(g), degC or %, "
      "gpm, psig, degF, or nothing\n");
}

TEST(CellData, FindsTheColumnsOfAHeaderInAnotherLanguage) {
  EXPECT_EQ(
      refusal(cells_toml("temperature = \"TI-1104\"\n"),
              wide("时间,1#槽电流(kA),1#槽单槽电压-01,1#槽单槽电压-02,1#槽单槽电压-03,1#槽温度(℃)",
                   {"13.5,3.01,3.02,3.03,88", "13.5,3.01,3.02,3.03,88"})),
      "cells.toml:5: [[electrolyser]] \"E1\": none of its 3 voltages is in data.csv: \"EI-1\", \"EI-2\", \"EI-3\"; "
      "columns \"1#槽单槽电压-01\" to \"1#槽单槽电压-03\" read like 3 cells: did you mean voltages = "
      "\"1#槽单槽电压-{01..03}\"?\n"
      "cells.toml:6: [[electrolyser]] \"E1\": current = \"II\" is not in data.csv; did you mean \"1#槽电流\"?\n"
      "cells.toml:7: [[electrolyser]] \"E1\": temperature = \"TI-1104\" is not in data.csv; did you mean "
      "\"1#槽温度\"?\n");
}

TEST(CellData, OneColumnDoesNotHoldAandKA) {
  EXPECT_EQ(
      refusal(cells_toml(),
              wide("time,II,EI-1,EI-2,EI-3", {"13.5,3.01,3.02,3.03", "13.48,3.01,3.02,3.03", "13470,3.01,3.02,3.03",
                                              "13470,3.01,3.02,3.03", "13.4,3.01,3.02,3.03"})),
      "data.csv: \"II\", the current of \"E1\", jumps from 13.48 to 13470 at 2026-01-01T00:00:20+00:00, the first of 2 "
      "such jumps, while the voltages stay: A and kA are mixed in one column; give the whole column one unit\n");
}

TEST(CellData, AHeaderDoesNotHideThatUnitsAreMixed) {
  EXPECT_NE(refusal(cells_toml(), wide("time,II [kA],EI-1,EI-2,EI-3",
                                       {"13.5,3.01,3.02,3.03", "13480,3.01,3.02,3.03", "13470,3.01,3.02,3.03"}))
                .find("A and kA are mixed"),
            std::string::npos);
}

TEST(CellData, ACurrentWithoutANumberIsNone) {
  EXPECT_EQ(
      refusal(cells_toml(), wide("time,II [kA],EI-1,EI-2,EI-3", {"Bad,3,3,3", "Bad,3,3,3"})),
      "data.csv: \"II\", the current of \"E1\", holds no number; export the current with the voltages: without it no "
      "cell can be judged\n");
}

TEST(CellData, ADayOfStandstillIsReadInTheUnitThatItHas) {
  for (const char* header : {"time,II [A],EI-1,EI-2,EI-3", "time,II,EI-1,EI-2,EI-3"}) {
    const auto all =
        rows_of(joined(cells_toml(), wide(header, {"13.5,2.21,2.22,2.23", "13.5,2.2,2.2,2.2", "13.5,2.2,2.2,2.2"})));
    ASSERT_EQ(all.size(), 3u) << header;
    EXPECT_DOUBLE_EQ(all[2].current, 13.5) << header;
  }
}

TEST(CellData, AnInstrumentThatFailsIsNotUsedAndNoBadInput) {
  const auto j =
      joined(cells_toml("temperature = \"T\"\ncaustic = \"C\"\n"),
             wide("time,II [kA],EI-1,EI-2,EI-3,T,C [%]", {"13.5,3,3,3,3276.7,0.01", "13.5,3,3,3,3276.7,0.01"}));
  EXPECT_EQ(notes_of(j),
            "\"T\", temperature of \"E1\", usually reads 3277, without a unit: not used\n"
            "\"C\", caustic of \"E1\", usually reads 0.01 %: not used\n");
  EXPECT_TRUE(std::isnan(rows_of(j).at(1).temperature));
}

TEST(CellData, UncertainReadingsAreRead) {
  const auto all =
      rows_of(joined(cells_toml(),
                     "time,tag,value,quality\n2026-01-01 00:00,EI-1,3.1,uncertain\n2026-01-01 00:00,EI-2,3.2,good\n"
                     "2026-01-01 00:00,EI-3,3.3,bad\n2026-01-01 00:00,II,13.5,good\n"));
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].voltages[0], 3.1);
  EXPECT_TRUE(std::isnan(all[0].voltages[2]));
}

TEST(CellData, AStopLeavesAProtectiveCurrentAndNoMixedUnits) {
  const auto j =
      joined(cells_toml(), wide("time,II [A],EI-1,EI-2,EI-3", {"13500,3.01,3.02,3.03", "13490,3.01,3.02,3.03",
                                                               "13.5,2.21,2.22,2.23", "13.5,2.21,2.22,2.23"}));
  EXPECT_DOUBLE_EQ(rows_of(j).at(2).current, 13.5);
}

TEST(CellData, ATripBetweenTwoScansIsNoMixedUnit) {
  std::string csv = "time,tag,value\n";
  for (int scan = 0; scan < 4; ++scan)
    for (int cell = 1; cell <= 3; ++cell)
      csv += "2026-01-01 00:0" + std::to_string(scan) + ":00,EI-" + std::to_string(cell) +
             (scan < 2 ? ",3.0\n" : ",2.2\n");
  for (int second = 0; second < 60; ++second)  // the current falls half a minute before the next scan
    csv += "2026-01-01 00:01:" + std::string(second < 10 ? "0" : "") + std::to_string(second) + ",II," +
           (second < 30 ? "13500\n" : "13.5\n");
  EXPECT_TRUE(joined(cells_toml(), csv).data.has_value());
}

TEST(CellData, SlowTagsHoldForThreeOfTheirIntervalsAndTheCurrentNotPastABadOne) {
  std::vector<std::string> rows;
  for (int i = 0; i < 30; ++i)
    rows.push_back((i == 4 ? std::string("Bad") : "13.5") + ",3.0,3.0,3.0," + (i % 3 == 0 && i <= 9 ? "88" : ""));
  const auto all =
      rows_of(joined(cells_toml("temperature = \"T\"\n"), wide("time,II [kA],EI-1,EI-2,EI-3,T [degC]", rows)));
  ASSERT_EQ(all.size(), 30u);
  EXPECT_TRUE(std::isnan(all[4].current));
  EXPECT_DOUBLE_EQ(all[5].current, 13500.0);
  EXPECT_DOUBLE_EQ(all[2].temperature, 361.15);
  EXPECT_DOUBLE_EQ(all[18].temperature, 361.15);  // 90 s after the last, which came every 30 s
  EXPECT_TRUE(std::isnan(all[19].temperature));
}

TEST(CellData, AScanOfALongTableIsOneRow) {
  std::string csv = "time,tag,value\n";
  for (int scan = 0; scan < 4; ++scan) {
    const std::string minute = "2026-01-01 00:0" + std::to_string(scan) + ":0";
    csv += minute + "0.5,EI-1,3.1\n" + minute + "1.5,EI-2,3.2\n";
    if (scan != 2) csv += minute + "3.0,EI-3,3.3\n";
    csv += minute + "1.0,II,13500\n";
  }
  const auto all = rows_of(joined(cells_toml(), csv));
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0].time, "00:00:03");
  EXPECT_EQ(all[0].voltages, (std::vector<double>{3.1, 3.2, 3.3}));
  EXPECT_DOUBLE_EQ(all[0].current, 13500.0);
  EXPECT_TRUE(std::isnan(all[2].voltages[2]));
  EXPECT_EQ(all[3].voltages, all[0].voltages);
}

TEST(CellData, RowsBeginAnewWhereAScanWasCutOff) {
  // Cells 2 and 3 of the first scan, then whole ones every minute: the pause tells them apart.
  std::string csv = "time,tag,value\n2026-01-01 00:00:01,EI-2,3.2\n2026-01-01 00:00:02,EI-3,3.3\n";
  for (int scan = 1; scan < 4; ++scan)
    for (int cell = 1; cell <= 3; ++cell)
      csv += "2026-01-01 00:0" + std::to_string(scan) + ":0" + std::to_string(cell - 1) + ",EI-" +
             std::to_string(cell) + ",3." + std::to_string(cell) + "\n";
  csv += "2026-01-01 00:00:00,II,13.5\n2026-01-01 00:01:00,II,13.5\n2026-01-01 00:02:00,II,13.5\n";
  const auto all = rows_of(joined(cells_toml(), csv));
  ASSERT_EQ(all.size(), 4u);
  EXPECT_TRUE(std::isnan(all[0].voltages[0]));
  EXPECT_EQ(all[1].time, "00:01:02");
  EXPECT_EQ(all[1].voltages, (std::vector<double>{3.1, 3.2, 3.3}));
}

TEST(CellData, AFirstCellThatIsNotReadShiftsNoRowIntoTheNextScan) {
  // Twelve cells, half a second each, of ten; the first is not read once.
  std::string csv =
      "time,tag,value\n2026-01-01 00:00:00,II,13.5\n2026-01-01 00:00:10,II,13.5\n2026-01-01 00:00:20,II,13.5\n";
  for (int scan = 0; scan < 5; ++scan)
    for (int cell = 0; cell < 12; ++cell)
      if (scan != 1 || cell != 0)
        csv += "2026-01-01 00:00:" + std::to_string(scan) + std::to_string(cell / 2) + (cell % 2 ? ".5" : ".0") +
               ",EI-" + std::to_string(cell + 1) + ",3." + std::to_string(scan) + "\n";
  std::string toml = cells_toml("", "\"EI-{1..12}\"");
  toml.replace(toml.find("cells = 3"), 9, "cells = 12");
  const auto all = rows_of(joined(toml, csv));
  ASSERT_EQ(all.size(), 5u);
  EXPECT_TRUE(std::isnan(all[1].voltages[0]));
  EXPECT_EQ(all[1].time, "00:00:15");
  EXPECT_EQ(all[3].voltages, std::vector<double>(12, 3.3));
  EXPECT_EQ(all[4].voltages, std::vector<double>(12, 3.4));
}

TEST(CellData, RowsOutsideThePeriodAreLeftOutAndWhatIsHeldMayBeOlder) {
  const std::string csv =
      wide("time,II [kA],EI-1,EI-2,EI-3,T [degC]", {"13.5,3,3,3,88", "13.5,3,3,3,", "13.5,3,3,3,", "13.5,3,3,3,"});
  const auto at = [](const char* text) { return readings::parse_time(text, "+00:00").value(); };
  const auto all = rows_of(joined(cells_toml("temperature = \"T\"\n"), csv,
                                  {.from = at("2026-01-01T00:00:10"), .to = at("2026-01-01T00:00:30")}));
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].time, "00:00:10");
  EXPECT_DOUBLE_EQ(all[0].temperature, 361.15);
  EXPECT_EQ(
      refusal(cells_toml(), csv, {.data_file = "data.csv", .from = at("2026-02-01")}),
      "--from: no voltage was read from 2026-02-01T00:00:00+00:00 on: data.csv holds 2026-01-01T00:00:00+00:00 to "
      "2026-01-01T00:00:30+00:00; choose times between the two\n");
}

TEST(CellData, ATableWithoutTimesIsRefused) {
  EXPECT_EQ(refusal(cells_toml(), "tag,value\nEI-1,3\nII,13.5\n"),
            "data.csv: has no times: cells are judged by how they change; give a table with a column of times, "
            "time,TAG1,TAG2 or time,tag,value\n");
}

TEST(CellData, AFewReadingsInAAmongKaAreNoneAndAreSaid) {
  std::vector<std::string> rows(40, "13.5,3,3,3");
  rows[7] = "13500,3,3,3";
  const auto j = joined(cells_toml(), wide("time,II [kA],EI-1,EI-2,EI-3", rows));
  EXPECT_EQ(notes_of(j),
            "\"II\", the current of \"E1\", reads 13500 at "
            "2026-01-01T00:01:10+00:00, in A among kA: taken as no reading\n");
  const auto all = rows_of(j);
  ASSERT_EQ(all.size(), 40u);
  EXPECT_TRUE(std::isnan(all[7].current));
  EXPECT_DOUBLE_EQ(all[6].current, 13500.0);
  EXPECT_DOUBLE_EQ(all[8].current, 13500.0);
  // In the other unit, beside a stop with a protective current of 13.5 A, whose cells say that it is one.
  for (auto& r : rows) r = "13500,3,3,3";
  rows[7] = "13.5,3,3,3";
  for (std::size_t i = 20; i < 30; ++i) rows[i] = "13.5,2.1,2.1,2.1";
  const auto other = rows_of(joined(cells_toml(), wide("time,II [A],EI-1,EI-2,EI-3", rows)));
  ASSERT_EQ(other.size(), 40u);
  EXPECT_TRUE(std::isnan(other[7].current));
  EXPECT_DOUBLE_EQ(other[25].current, 13.5);
}

TEST(CellData, VoltagesInMvAmongVAreToldByTheirNames) {
  const std::vector<std::string> rows(10, "13.5,3,3000,3.1");
  const auto j = joined(cells_toml(), wide("time,II [kA],EI-1,EI-2,EI-3", rows));
  EXPECT_EQ(notes_of(j),
            "voltages of \"E1\" that have no unit and "
            "are taken as "
            "mV, unlike the others, by their size: \"EI-2\"\n");
  EXPECT_EQ(rows_of(j)[0].voltages, (std::vector<double>{3.0, 3.0, 3.1}));
  EXPECT_EQ(
      refusal(cells_toml(), wide("time,II [kA],EI-1 [V],EI-2 [V],EI-3 [V]", rows)),
      "data.csv: voltages of \"E1\" that read a thousand times more or less than the others, by their headers in one "
      "unit: \"EI-2\"; correct the unit in these headers: it is mV\n");
  EXPECT_EQ(rows_of(joined(cells_toml(),
                           wide("time,II [kA],EI-1,EI-2,EI-3", std::vector<std::string>(10, "13.5,3000,3,3100"))))[0]
                .voltages,
            (std::vector<double>{3.0, 3.0, 3.1}));
  // A tap that is lost in the middle is an instrument's fault.
  std::vector<std::string> lost(10, "13.5,3,3,3.1");
  for (std::size_t i = 4; i < 10; ++i) lost[i] = "13.5,3,3000,3.1";
  EXPECT_DOUBLE_EQ(rows_of(joined(cells_toml(), wide("time,II [kA],EI-1 [V],EI-2 [V],EI-3 [V]", lost)))[9].voltages[1],
                   3000.0);
}

TEST(CellData, VoltagesBelowZeroAreRefusedAndASingleOneIsSaid) {
  EXPECT_EQ(
      refusal(cells_toml(),
              wide("time,II [kA],EI-1 [V],EI-2 [V],EI-3 [V]", std::vector<std::string>(5, "13.5,-3,-3,-3.1"))),
      "data.csv: the voltages of \"E1\" are below zero: -3; turn their sign in the export: reversed leads; a cell that "
      "makes chlorine counts as positive\n");
  EXPECT_EQ(notes_of(joined(cells_toml(), wide("time,II [kA],EI-1 [V],EI-2 [V],EI-3 [V]",
                                               std::vector<std::string>(5, "13.5,3,-3,3.1")))),
            "the voltages of \"E1\" are below zero for some, as with reversed leads: \"EI-2\"\n");
}

TEST(CellData, AHoleOfWeeksIsSaid) {
  const std::string head = "time,II [kA],EI-1 [V],EI-2 [V],EI-3 [V]\n";
  const std::string before = "2026-01-01T00:00:00Z,13.5,3,3,3\n2026-01-01T00:01:00Z,13.5,3,3,3\n",
                    after = "2026-03-01T00:00:00Z,13.5,3,3,3\n2026-03-01T00:01:00Z,13.5,3,3,3\n";
  EXPECT_EQ(
      notes_of(joined(cells_toml(), head + before + after)),
      "no voltage of \"E1\" was read for 58 days, 2026-01-01T00:01:00+00:00 to 2026-03-01T00:00:00+00:00: what lies "
      "before and after is taken as one life\n");
  EXPECT_EQ(
      notes_of(joined(cells_toml(), head + before + "2026-01-30T00:00:00Z,13.5,,3,3\n2026-01-30T00:01:00Z,13.5,,3,3\n" +
                                        "2026-01-05T00:00:00Z,13.5,3,3,3\n" + after)),
      "")
      << "another cell was read";
}

TEST(CellData, AConstantThatSomebodyWroteIsSaid) {
  auto toml = cells_toml("temperature = \"84 degC\"\n");
  toml.replace(toml.find("\"II\""), 4, "\"13.5 kA\"");
  EXPECT_EQ(
      notes_of(joined(toml, wide("time,EI-1 [V],EI-2 [V],EI-3 [V]", std::vector<std::string>(5, "3,3,3.1")))),
      "the current of \"E1\" is taken as 13.5 kA all the time, as the file says: where the load moved or stood still, "
      "nobody knows it\nthe temperature of \"E1\" is taken as 84 degC all the time, as the file says: voltages are "
      "standardised as if it were known to 3 K\n");
}

}  // namespace
}  // namespace castner::cell_room
