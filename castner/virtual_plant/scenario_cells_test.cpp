// SPDX-License-Identifier: Apache-2.0
// Sick cells and wrong readings as a scenario writes them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "castner/cell_bank/cell_physics.h"
#include "castner/virtual_plant/scenario.h"

namespace castner::virtual_plant {
namespace {

using cell_bank::Illness;
using cell_bank::ReadingFault;

/// E1 has three cells.
Result<Scenario> read_of_cells(const std::string& text) {
  return read_scenario(text, "s.toml", {{}, {"E1"}, {}, [](const std::string& cell) -> std::optional<CellName> {
                                          for (int i = 0; i < 3; ++i)
                                            if (cell == fmt::format("E1/{:03}", i + 1)) return CellName{0, i};
                                          return std::nullopt;
                                        }});
}

TEST(ScenarioOfCells, EveryIllnessHasAKindWithAUsualSize) {
  for (int i = 0; i < cell_bank::kIllnesses; ++i) {
    const auto cause = static_cast<Illness>(i);
    const auto s = read_of_cells(fmt::format(
        "[[event]]\nat = \"10 min\"\nkind = \"{}\"\ncell = \"E1/002\"\nfor = \"2 d\"\n", cell_bank::name_of(cause)));
    ASSERT_TRUE(s) << s.error().text();
    ASSERT_EQ(s->illnesses.size(), 1u);
    const auto& fault = s->illnesses[0].fault;
    EXPECT_EQ(fault.cause, cause);
    EXPECT_EQ(fault.cell, 1);
    EXPECT_EQ(fault.onset, 600.0);
    EXPECT_EQ(fault.until, 600.0 + 2 * 86400.0);
    EXPECT_GT(fault.size, 0.0);
  }
}

TEST(ScenarioOfCells, SizesAreWrittenInTheirUnits) {
  const auto s = read_of_cells(R"([[event]]
at = "0 s"
kind = "pinhole"
cell = "E1/001"
size = "0.2 kA/m2"
over = "2 h"
[[event]]
at = "0 s"
kind = "blister"
cell = "E1/001"
size = "20 %"
[[event]]
at = "0 s"
kind = "contact"
cell = "E1/003"
size = "150 mV"
flicker = 0.3
[[event]]
at = "-5 d"
kind = "anode_coating"
cell = "E1/003"
size = "0.2 V"
over = "4 d"
)");
  ASSERT_TRUE(s) << s.error().text();
  ASSERT_EQ(s->illnesses.size(), 4u);
  EXPECT_NEAR(s->illnesses[0].fault.size, 200.0, 1e-9);
  EXPECT_EQ(s->illnesses[0].fault.over, 7200.0);
  EXPECT_NEAR(s->illnesses[1].fault.size, 0.2, 1e-12);
  EXPECT_NEAR(s->illnesses[2].fault.size * cell_bank::kReferenceDensity, 0.150, 1e-9);  // volts at full load
  EXPECT_EQ(s->illnesses[2].fault.off, 0.3);
  EXPECT_EQ(s->illnesses[3].fault.size, 0.2);
  EXPECT_EQ(s->illnesses[3].fault.onset, -5 * 86400.0);
  EXPECT_EQ(s->illnesses[3].fault.over, 4 * 86400.0);
}

TEST(ScenarioOfCells, EveryWrongReadingHasItsName) {
  std::string text;
  for (int i = 0; i < cell_bank::kReadingFaults; ++i) {
    const auto fault = static_cast<ReadingFault>(i);
    text += fmt::format("[[event]]\nat = \"1 min\"\nkind = \"scanner\"\ncell = \"E1/002\"\nfault = \"{}\"\n",
                        cell_bank::name_of(fault));
    if (fault == ReadingFault::offset || fault == ReadingFault::displaced) text += "by = \"-20 mV\"\n";
    if (fault == ReadingFault::scale) text += "by = \"2 %\"\n";
    if (fault == ReadingFault::swapped || fault == ReadingFault::displaced) text += "with = \"E1/003\"\n";
  }
  const auto s = read_of_cells(text);
  ASSERT_TRUE(s) << s.error().text();
  ASSERT_EQ(s->scanners.size(), static_cast<std::size_t>(cell_bank::kReadingFaults));
  for (std::size_t i = 0; i < s->scanners.size(); ++i) {
    const auto& e = s->scanners[i];
    EXPECT_EQ(static_cast<std::size_t>(e.fault), i);
    EXPECT_EQ(e.cell, (CellName{0, 1}));
    EXPECT_EQ(e.size, e.fault == ReadingFault::offset || e.fault == ReadingFault::displaced ? -0.020
                      : e.fault == ReadingFault::scale                                      ? 0.02
                                                                                            : 0.0);
    const bool two = e.fault == ReadingFault::swapped || e.fault == ReadingFault::displaced;
    EXPECT_EQ(e.with, (two ? CellName{0, 2} : CellName{}));
  }
}

TEST(ScenarioOfCells, SaysEveryProblemWithItsLine) {
  const auto s = read_of_cells(R"([[event]]
at = "1 min"
kind = "pinhole"
cell = "E1/004"
size = "100 mV"
[[event]]
at = "1 min"
kind = "pinholes"
[[event]]
at = "1 min"
kind = "blister"
size = "200 %"
[[event]]
at = "1 min"
kind = "dry_out"
cell = "E1/001"
over = "1 h"
flicker = 0.3
[[event]]
at = "1 min"
kind = "scanner"
cell = "E1/001"
fault = "displaced"
with = "E1/003"
by = "60 mV"
[[event]]
at = "1 min"
kind = "scanner"
cell = "E1/001"
fault = "swapped"
with = "E1/001"
[[event]]
at = "1 min"
kind = "scanner"
cell = "E1/001"
fault = "scale"
[[event]]
at = "1 min"
kind = "scanner"
cell = "E1/001"
fault = "swaped"
[[event]]
at = "1 min"
kind = "cell"
cell = "E1/001"
)");
  ASSERT_FALSE(s);
  std::vector<std::string> lines;
  for (const auto& p : s.error().problems) lines.push_back(p.text());
  const std::vector<std::string> expected = {
      "s.toml:4: [[event]] pinhole: there is no cell \"E1/004\"",
      "s.toml:5: [[event]] pinhole: size = \"100 mV\" is not an amount in A/m2; write it as \"100 A/m2\"",
      "s.toml:8: [[event]]: there is no kind of event \"pinholes\"; did you mean \"pinhole\"?",
      "s.toml:9: [[event]] blister: it has no cell; write cell = \"E2/077\"",
      "s.toml:12: [[event]] blister: size is not between 0.001 and 0.9",
      "s.toml:17: [[event]] dry_out: a dry-out has a pace of its own",
      "s.toml:18: [[event]] dry_out: unknown key \"flicker\"",
      "s.toml:24: [[event]] scanner: the two have no tap between them; name the cell next to it",
      "s.toml:31: [[event]] scanner: it is the same cell; name the other one",
      "s.toml:32: [[event]] scanner: it does not say how far off the reading is; write by = \"2 %\"",
      "s.toml:41: [[event]] scanner: there is no fault of a scanner \"swaped\"; did you mean \"swapped\"?",
      "s.toml:42: [[event]] cell: it does not say how many volts more; write by = \"250 mV\"",
  };
  ASSERT_EQ(lines.size(), expected.size()) << ::testing::PrintToString(lines);
  for (std::size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(lines[i].substr(0, expected[i].size()), expected[i]);
}

}  // namespace
}  // namespace castner::virtual_plant
