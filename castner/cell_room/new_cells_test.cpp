// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_room/new_cells.h"

#include <gtest/gtest.h>

#include "castner/cell_room/cell_file.h"
#include "castner/readings/tag_family.h"
#include "castner/readings/tag_pattern.h"

namespace castner::cell_room {
namespace {

std::vector<RoomColumn> columns(const std::string& cells, const std::string& unit, double volts,
                                std::vector<RoomColumn> more) {
  const auto tags = readings::expand_tags(cells).value();
  for (const auto& tag : tags) more.push_back({tag, unit, volts});
  return more;
}
CellRoomFile read_back(const std::vector<RoomColumn>& c) {
  auto file = read_cell_room(new_cells("data.csv", c), "cells.toml");
  EXPECT_TRUE(file.has_value()) << file.error().text() << new_cells("data.csv", c);
  return file ? std::move(*file) : CellRoomFile{};
}
const QuantitySource& of(const CellRoomFile& f, std::size_t e, RoomQuantity q) { return f.electrolysers.at(e).of(q); }

TEST(NewCells, VoltagesAndACurrentMakeAFileThatIsTakenAsItIs) {
  for (const auto& [cells, current] : {std::pair("EI-1101-{001..180}", "II-1101"),
                                       {"E1_{1..3}", "I"},
                                       {"1#槽-{1..60}", "1#槽电流"},
                                       {"Cell {1..90} Voltage", "Current"},
                                       {"E1.C{001..100}", "E1.I"},
                                       {"CV_{001..009}", "DC_Current"},
                                       {"R1_CELL_{1..9}_V", "R1_AMPS"},
                                       {"A-{01..40}", "A current"},
                                       {"U{01..12}", "Strom"}}) {
    const CellRoomFile f = read_back(columns(cells, "", 3.0, {{current, "", 13.5}}));
    ASSERT_EQ(f.electrolysers.size(), 1u) << cells;
    const auto wanted = readings::expand_tags(cells).value();
    ASSERT_EQ(f.electrolysers[0].cells.size(), wanted.size()) << cells;
    for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_EQ(f.electrolysers[0].cells[i].voltage, wanted[i]);
    EXPECT_EQ(of(f, 0, RoomQuantity::current).tag, current);
    EXPECT_EQ(of(f, 0, RoomQuantity::current).unit->text, "kA");
  }
}

TEST(NewCells, FindsWhatElseBelongsToTheElectrolyser) {
  using enum RoomQuantity;
  const CellRoomFile f = read_back(columns("EI-1101-{001..150}", "V", 3.0,
                                           {{"II-1101", "kA", 13.5},
                                            {"EI-1101", "V", 450.0},
                                            {"TI-1104", "degC", 88.0},
                                            {"TI-1103 anolyte inlet", "degC", 65.0},
                                            {"Catholyte NaOH AI-1105", "%", 32.0},
                                            {"AI-1107 H2 in Cl2", "%", 0.1},
                                            {"AI-1108 O2 in Cl2", "%", 1.1},
                                            {"FI-1102 feed brine", "m3/h", 90.0},
                                            {"LI-1100", "%", 50.0}}));
  EXPECT_EQ(f.electrolysers.at(0).name, "E1101");
  EXPECT_EQ(of(f, 0, current).tag, "II-1101");
  EXPECT_FALSE(of(f, 0, current).unit);
  EXPECT_EQ(of(f, 0, voltage).tag, "EI-1101");
  EXPECT_EQ(of(f, 0, temperature).tag, "TI-1104");
  EXPECT_EQ(of(f, 0, caustic).tag, "Catholyte NaOH AI-1105");
  EXPECT_EQ(of(f, 0, hydrogen_in_chlorine).tag, "AI-1107 H2 in Cl2");
  EXPECT_EQ(of(f, 0, oxygen_in_chlorine).tag, "AI-1108 O2 in Cl2");
  EXPECT_EQ(of(f, 0, brine_flow).tag, "FI-1102 feed brine");
  EXPECT_FALSE(of(f, 0, chloride_in_caustic).given());
}

TEST(NewCells, TheCausticsTemperatureHasTheNumberOfItsAnalyser) {
  const CellRoomFile f = read_back(
      columns("EI-1101-{001..150}", "V", 3.0,
              {{"II-1101", "kA", 13.5}, {"TI-1103", "degC", 86.0}, {"AI-1105", "%", 32.0}, {"TI-1105", "degC", 88.0}}));
  EXPECT_EQ(of(f, 0, RoomQuantity::caustic).tag, "AI-1105");
  EXPECT_EQ(of(f, 0, RoomQuantity::temperature).tag, "TI-1105");
}

TEST(NewCells, TellsElectrolysersApartByTheirNumbers) {
  using enum RoomQuantity;
  auto c = columns("{1..2}#槽-{1..40}", "", 3.0,
                   {{"2#槽电流", "", 13500.0},
                    {"1#槽电流", "", 13400.0},
                    {"1#槽温度", "", 88.0},
                    {"2#槽温度", "", 87.0},
                    {"1#槽总电压", "", 120.0},
                    {"2#槽总电压", "", 121.0},
                    {"1#碱浓度", "%", 32.0},
                    {"1#氯中含氢", "%", 0.1}});
  CellRoomFile f = read_back(c);
  ASSERT_EQ(f.electrolysers.size(), 2u);
  EXPECT_EQ(f.electrolysers[1].name, "E2");
  EXPECT_EQ(f.electrolysers[1].cells[39].voltage, "2#槽-40");
  EXPECT_EQ(of(f, 0, current).tag, "1#槽电流");
  EXPECT_EQ(of(f, 1, current).tag, "2#槽电流");
  EXPECT_EQ(of(f, 1, current).unit->text, "A");
  EXPECT_EQ(of(f, 1, temperature).tag, "2#槽温度");
  EXPECT_EQ(of(f, 0, voltage).tag, "1#槽总电压");
  EXPECT_EQ(of(f, 0, caustic).tag, "1#碱浓度");
  EXPECT_FALSE(of(f, 1, caustic).given());
  EXPECT_EQ(of(f, 0, hydrogen_in_chlorine).tag, "1#氯中含氢");
  // One rectifier for both.
  f = read_back(columns("E{1..2}_{1..40}", "", 3.0, {{"Rectifier current", "A", 13500.0}}));
  EXPECT_EQ(of(f, 0, current).tag, "Rectifier current");
  EXPECT_EQ(of(f, 1, current).tag, "Rectifier current");
}

TEST(NewCells, SaysWhatIsMissing) {
  auto c = columns("EI-{1..9}", "V", 3.0, {{"I", "A", 13500.0}});
  c.erase(c.begin() + 5);
  const std::string text = new_cells("data.csv", c);
  EXPECT_NE(text.find("cells = 8    # in series; no column has the number 5: cells count without\n"), text.npos)
      << text;
  EXPECT_NE(text.find("voltages = [\"EI-{1..4}\", \"EI-{6..9}\"]"), text.npos) << text;
  EXPECT_NE(text.find("# temperature = \"TAG\"    # no column tells it; a tag, or a constant: \"88 degC\"\n"),
            text.npos);
  EXPECT_NE(new_cells("data.csv", columns("EI-{1..9}", "V", 3.0, {})).find("# current = \"TAG\"    # FILL IN"),
            text.npos);
  EXPECT_NE(
      new_cells("data.csv", {{"FI-1", "t/h", 3.0}, {"TI-1", "degC", 3.0}, {"TI-2", "degC", 3.0}}).find("No columns"),
      text.npos);
}

TEST(NewCells, SaysWhatItLacksToBeOfUse) {
  EXPECT_TRUE(lacking("d.csv", columns("EI-{1..9}", "V", 3.0, {{"I", "A", 13500.0}})).empty());
  const auto no_current = lacking("d.csv", columns("EI-{1..9}", "V", 3.0, {}));
  ASSERT_EQ(no_current.size(), 1u);
  EXPECT_NE(no_current[0].text().find("d.csv: no column tells which current is that of \"E"), std::string::npos);
  const auto no_cells = lacking("d.csv", {{"U1", "V", 3.0}, {"I", "kA", 13.5}});
  ASSERT_EQ(no_cells.size(), 1u);
  EXPECT_EQ(no_cells[0].what, "no columns differ by one number only and read like cells' voltages");
}

}  // namespace
}  // namespace castner::cell_room
