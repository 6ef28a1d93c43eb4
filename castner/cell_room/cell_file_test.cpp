// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_room/cell_file.h"

#include <gtest/gtest.h>

namespace castner::cell_room {
namespace {

using std::chrono::sys_days;
using namespace std::chrono_literals;

constexpr const char* kWhole = R"toml([cell_room]
name = "Cell room"
currency = "CNY"
reference = { current_density = "4 kA/m2", temperature = "85 degC", caustic = 0.33 }

[[electrolyser]]
name = "E1"
cells = 180
cell_area = "2.70 m2"
voltages = "EI-1101-{001..180}"
current = { tag = "II-1101", unit = "kA" }
voltage = "EI-1101"
temperature = "88 degC"
caustic = 0.32
hydrogen_in_chlorine = "AI-1107"
membrane_installed = 2025-04-01

[[cell]]
name = "E1/017"
membrane_installed = 2026-03-02

[economics]
electricity = "0.45 CNY/(kW.h)"
hours_per_year = 8000
membrane = "9000 CNY"
stop = "8 h"
exchange_per_cell = "0.5 h"
lost_margin = "600 CNY/t"
)toml";

CellRoomFile good(const std::string& text) {
  auto r = read_cell_room(text, "cells.toml");
  EXPECT_TRUE(r.has_value()) << r.error().text();
  return r ? std::move(*r) : CellRoomFile{};
}
std::string refusal(const std::string& text) {
  const auto r = read_cell_room(text, "cells.toml");
  EXPECT_FALSE(r.has_value());
  return r ? "" : r.error().text();
}
std::string electrolyser(const std::string& name, const std::string& cells, const std::string& voltages,
                         const std::string& more = "current = \"I1\"\n") {
  return "[[electrolyser]]\nname = \"" + name + "\"\ncells = " + cells +
         "\ncell_area = \"2.7 m2\"\nvoltages = " + voltages + "\n" + more;
}

TEST(CellFile, ReadsWhatTheExampleSays) {
  const CellRoomFile f = good(kWhole);
  EXPECT_EQ(f.currency, "CNY");
  EXPECT_DOUBLE_EQ(f.reference.current_density, 4000.0);
  EXPECT_DOUBLE_EQ(f.reference.temperature, 358.15);
  ASSERT_EQ(f.electrolysers.size(), 1u);
  const auto& e = f.electrolysers[0];
  ASSERT_EQ(e.cells.size(), 180u);
  EXPECT_EQ(e.cells[0].voltage, "EI-1101-001");
  EXPECT_EQ(e.cells[179].voltage, "EI-1101-180");
  EXPECT_DOUBLE_EQ(e.cell_area, 2.7);
  EXPECT_EQ(e.of(RoomQuantity::current).tag, "II-1101");
  EXPECT_EQ(e.of(RoomQuantity::current).unit->text, "kA");
  EXPECT_EQ(e.of(RoomQuantity::voltage).tag, "EI-1101");
  EXPECT_DOUBLE_EQ(*e.of(RoomQuantity::temperature).constant, 361.15);
  EXPECT_DOUBLE_EQ(*e.of(RoomQuantity::caustic).constant, 0.32);
  EXPECT_FALSE(e.of(RoomQuantity::brine_flow).given());
  EXPECT_EQ(*e.cells[0].installed.membrane, sys_days(2025y / 4 / 1));
  EXPECT_EQ(*e.cells[16].installed.membrane, sys_days(2026y / 3 / 2));
  EXPECT_FALSE(e.cells[16].installed.anode);
  ASSERT_TRUE(f.economics);
  EXPECT_NEAR(*f.economics->electricity, 0.45 / 3.6e6, 1e-15);
  EXPECT_DOUBLE_EQ(*f.economics->membrane, 9000.0);
  EXPECT_DOUBLE_EQ(f.economics->stop, 8 * 3600.0);
  EXPECT_NEAR(*f.economics->lost_margin, 0.6, 1e-12);
  EXPECT_FALSE(f.economics->anode_coating);
}

TEST(CellFile, NeedsOnlyCellsAreaVoltagesAndCurrent) {
  const CellRoomFile f = good(electrolyser("E1", "3", "\"V{1..3}\""));
  EXPECT_DOUBLE_EQ(f.reference.current_density, 5000.0);
  EXPECT_DOUBLE_EQ(f.reference.temperature, 363.15);
  EXPECT_DOUBLE_EQ(f.reference.caustic, 0.32);
  EXPECT_FALSE(f.economics);
  EXPECT_EQ(f.electrolysers[0].cells[2].voltage, "V3");
  EXPECT_EQ(
      refusal("[[electrolyser]]\n"),
      "cells.toml:1: [[electrolyser]]: has no name; write name = \"E1\"\n"
      "cells.toml:1: [[electrolyser]]: has no cells; write cells = 180\n"
      "cells.toml:1: [[electrolyser]]: has no cell_area; write cell_area = \"2.70 m2\"\n"
      "cells.toml:1: [[electrolyser]]: has no voltages; write voltages = \"EI-1101-{001..180}\", or a list of tags\n"
      "cells.toml:1: [[electrolyser]]: has no current; write current = \"II-1101\"\n");
  EXPECT_EQ(refusal(""),
            "cells.toml: the file describes no electrolyser; add [[electrolyser]] with its cells, voltages and "
            "current; castner new "
            "--cells DATA.csv writes them where DATA has a column a cell\n");
}

TEST(CellFile, AnEmptyListIsNoElectrolyser) { EXPECT_EQ(refusal("electrolyser = []\n"), refusal("")); }

TEST(CellFile, VoltagesMayBeAListOfTagsAndPatterns) {
  const auto f = good(electrolyser("E1", "5", "[\"A{01..03}\", \"单槽电压\", \"B\"]"));
  const auto& cells = f.electrolysers[0].cells;
  EXPECT_EQ(cells[1].voltage, "A02");
  EXPECT_EQ(cells[3].voltage, "单槽电压");
  EXPECT_EQ(cells[4].voltage, "B");
}

TEST(CellFile, CountsTheVoltages) {
  EXPECT_EQ(
      refusal(electrolyser("E1", "180", "\"V{001..179}\"")),
      "cells.toml:5: [[electrolyser]] \"E1\": has 180 cells, but 179 voltages, \"V001\" to \"V179\"; write cells = "
      "179, or correct voltages; one tag a cell, cell 1 first\n");
  EXPECT_EQ(refusal(electrolyser("E1", "180", "\"V\"")),
            "cells.toml:5: [[electrolyser]] \"E1\": has 180 cells, but 1 voltage; count the cells: voltages = "
            "\"EI-1101-{001..180}\"\n");
  EXPECT_EQ(
      refusal(electrolyser("E1", "180", "\"V{1..99999999999}\"")),
      "cells.toml:5: [[electrolyser]] \"E1\": voltages: \"V{1..99999999999}\" counts beyond 10000 tags; write the "
      "first and the last number of the cells: {001..180}\n");
}

TEST(CellFile, OneTagIsOneCell) {
  EXPECT_EQ(
      refusal(electrolyser("E1", "4", "[\"V{1..3}\", \"V2\"]")),
      "cells.toml:5: [[electrolyser]] \"E1\": tags of its voltages that stand twice: \"V2\" (cell 2 and cell 4); one "
      "tag is one cell's voltage\n");
  EXPECT_EQ(
      refusal(electrolyser("E1", "9", "\"V{1..9}\"") + electrolyser("E2", "9", "\"V{5..13}\"")),
      "cells.toml:11: [[electrolyser]] \"E2\": tags of its voltages that are those of [[electrolyser]] \"E1\" too: "
      "\"V5\" "
      "(cell 5, here cell 1), \"V6\" (cell 6, here cell 2), \"V7\" (cell 7, here cell 3) and 2 more; one tag is one "
      "cell's voltage\n");
  EXPECT_EQ(
      refusal(electrolyser("E1", "3", "\"V{1..3}\"", "current = \"I1\"\nvoltage = \"V2\"\ntemperature = \"I1\"\n")),
      "cells.toml:7: [[electrolyser]] \"E1\": voltage = \"V2\" is the tag of cell 2 too; one tag measures one thing\n"
      "cells.toml:8: [[electrolyser]] \"E1\": temperature = \"I1\" is the tag of current too; one tag measures one "
      "thing\n");
}

TEST(CellFile, ElectrolysersInOneCircuitShareTheirCurrentAndNotTheirAnalyser) {
  const std::string first = electrolyser("E1", "2", "\"V{1..2}\"", "current = \"I\"\n"),
                    second = electrolyser("E2", "2", "\"W{1..2}\"", "current = \"I\"\n");
  good(first + second);
  EXPECT_EQ(
      refusal(first + "hydrogen_in_chlorine = \"AI\"\n" + second + "hydrogen_in_chlorine = \"AI\"\n"),
      "cells.toml:14: [[electrolyser]] \"E2\": hydrogen_in_chlorine = \"AI\" is that of [[electrolyser]] \"E1\" too; "
      "name the tag of this electrolyser, or leave it out: one for all says nothing of one\n");
}

TEST(CellFile, QuantitiesAreTagsOrConstantsOfTheirKind) {
  const auto with = [](const std::string& line) {
    return electrolyser("E1", "2", "\"V{1..2}\"", "current = \"I\"\n" + line + "\n");
  };
  const std::string e = "cells.toml:7: [[electrolyser]] \"E1\": ";
  EXPECT_EQ(good(with("temperature = \"1#槽温度\"")).electrolysers[0].of(RoomQuantity::temperature).tag, "1#槽温度");
  EXPECT_EQ(good(with("temperature = { tag = \"88 degC\" }")).electrolysers[0].of(RoomQuantity::temperature).tag,
            "88 degC");
  EXPECT_EQ(refusal(with("temperature = 88")),
            e + "temperature = 88 K is impossible; it is between 273.15 K and 405 K; did you mean \"88 degC\"?\n");
  EXPECT_EQ(refusal(with("caustic = 32")),
            e + "caustic = 32 is impossible; it is between 0.05 and 0.55; did you mean \"32 %\"?\n");
  EXPECT_EQ(refusal(with("temperature = \"5 bar\"")),
            e + "temperature = \"5 bar\" is in Pa, not in K; write temperature = \"88 degC\"\n");
  EXPECT_EQ(
      refusal(with("temperature = \"88 C\"")),
      e + "temperature = \"88 C\" is neither a quantity that can be read nor like a tag; write temperature = \"88 "
          "degC\", or { tag = \"88 C\" } where it is a tag\n");
  EXPECT_EQ(
      refusal(with("voltage = { tag = \"E\", unit = \"kA\", sd = 1 }")),
      "cells.toml:7: [[electrolyser]] \"E1\" voltage: unit \"kA\" is none of a voltage; write unit = \"V\" or another "
      "unit of that kind\n"
      "cells.toml:7: [[electrolyser]] \"E1\" voltage: unknown key \"sd\"; known keys are \"tag\", \"unit\"\n");
  EXPECT_EQ(refusal(with("brine_flow = true")),
            e + "brine_flow is true or false, not a number; write brine_flow = \"25 t/h\"\n");
  EXPECT_EQ(refusal(with("temprature = \"T\"")), e + "unknown key \"temprature\"; did you mean \"temperature\"?\n");
  EXPECT_NEAR(*good(with("brine_flow = \"36 m3/h\"")).electrolysers[0].of(RoomQuantity::brine_flow).constant, 11.58,
              1e-9);
}

TEST(CellFile, CellsAreNamedByTheirElectrolyserAndNumber) {
  const std::string e = electrolyser("E1", "12", "\"V{1..12}\"");
  const auto f = good(e + "[[cell]]\nname = \"E1/3\"\nanode_installed = 2024-01-31T08:00:00\n");
  EXPECT_EQ(*f.electrolysers[0].cells[2].installed.anode, sys_days(2024y / 1 / 31));
  EXPECT_EQ(
      refusal(e + "[[cell]]\nname = \"E1/13\"\n[[cell]]\nname = \"E2/1\"\n[[cell]]\nname = \"17\"\n[[cell]]\n"
                  "name = \"E1/4\"\n[[cell]]\nname = \"E1/004\"\nmembrane_installed = \"2026-01-01\"\n[[cell]]\n"),
      "cells.toml:8: [[cell]] \"E1/13\": \"E1\" has no cell of the number 13; give a number from 1 to 12\n"
      "cells.toml:10: [[cell]] \"E2/1\": there is no electrolyser \"E2\"; did you mean \"E1\"?\n"
      "cells.toml:12: [[cell]] \"17\": is not electrolyser/number; write name = \"E1/017\", counted from 1\n"
      "cells.toml:15: [[cell]] \"E1/004\": this cell stands in line 13 already; say all of a cell under one [[cell]]\n"
      "cells.toml:17: [[cell]] \"E1/004\": membrane_installed is a text, not a date; write membrane_installed = "
      "2026-03-02, without quotes\n"
      "cells.toml:18: [[cell]]: has no name; write name = \"E1/017\", electrolyser and number\n");
  EXPECT_EQ(cell_name("E1", 17), "E1/017");
  EXPECT_EQ(cell_name("E1", 1234), "E1/1234");
}

TEST(CellFile, TellsAllProblemsAtOnce) {
  EXPECT_EQ(
      refusal(
          "[cell_room]\ncurrency = \"yuan\"\nreference = { temperature = 90 }\n[economics]\nmembrane = 9000\n"
          "electricity = \"0.45 EUR/(kW.h)\"\nlost_margin = \"600 CNY/t\"\nstop = \"8 m\"\nhours_per_year = 9000\n" +
          electrolyser("E1", "0", "\"V\"") + electrolyser("E1", "1", "7") + "[cells]\n"),
      "cells.toml:2: [cell_room]: currency \"yuan\" is not a code of three capital letters; write currency = \"CNY\"\n"
      "cells.toml:3: [cell_room] reference: temperature = 90 K is impossible; it is between 303.15 K and 383.15 K; "
      "did you mean \"90 degC\"?\n"
      "cells.toml:5: [economics]: membrane has no unit; write membrane = \"9000 CNY\"\n"
      "cells.toml:7: [economics]: lost_margin is in CNY, the cell room in EUR; use one currency\n"
      "cells.toml:8: [economics]: stop = \"8 m\" is in m, not in s; write stop = \"8 h\"\n"
      "cells.toml:9: [economics]: hours_per_year = 9000 h is impossible; it is between 1 h and 8784 h; write "
      "hours_per_year = \"8000 h\"\n"
      "cells.toml:12: [[electrolyser]] \"E1\": cells = 0 is not an integer from 1 to 10000; write cells = 180\n"
      "cells.toml:17: [[electrolyser]] \"E1\": an electrolyser in line 10 has this name; give each a name of its own\n"
      "cells.toml:20: [[electrolyser]] \"E1\": voltages is a number, not a text; write voltages = "
      "\"EI-1101-{001..180}\", or a list of tags\n"
      "cells.toml:22: the file: unknown key \"cells\"; did you mean \"cell\"?\n");
}

}  // namespace
}  // namespace castner::cell_room
