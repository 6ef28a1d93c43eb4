// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "castner/virtual_plant/scenario.h"
#include "castner/virtual_plant/virtual_file.h"
#include "tests/support/root.h"

namespace castner::virtual_plant {
namespace {

const std::string kPlant = testing::root() + "/plants/cell_room/plant.toml";

const plant::Plant& cell_room_plant() {
  static const plant::Plant plant = *plant_file::read_plant(*read_file(kPlant), kPlant);
  return plant;
}

/// Each problem as one line; a file without problems gives none.
template <class T>
std::vector<std::string> problems(const Result<T>& result) {
  std::vector<std::string> lines;
  if (!result)
    for (const auto& p : result.error().problems) lines.push_back(p.text());
  return lines;
}

ScenarioNames names() {
  return {{{"FI-2004", *parse_unit("t/h")}, {"TI-1203", *parse_unit("degC")}},
          {"E1", "E2"},
          {"plc"},
          [](const std::string& cell) {
            return cell == "E2/077" ? std::optional(CellName{1, 76}) : std::nullopt;
          }};
}

TEST(VirtualFile, ReadsTheCellRooms) {
  const std::string file = testing::root() + "/plants/cell_room/virtual.toml";
  const auto v = read_virtual_file(*read_file(file), file, cell_room_plant());
  ASSERT_TRUE(v) << v.error().text();
  EXPECT_EQ(v->seed, 20261102u);
  EXPECT_EQ(v->process.controllers.size(), 6u);
  EXPECT_EQ(v->process.with_load.size(), 5u);
  EXPECT_EQ(v->links.size(), 4u);
  EXPECT_EQ(v->weak_cells.front().second, 0.09);
  EXPECT_NEAR(v->load.at(9.0 * 3600.0), 0.9, 1e-12);
}

TEST(VirtualFile, SaysEveryProblemWithItsLine) {
  const auto lines = problems(read_virtual_file(R"([virtual]
period = "0 s"
seed = -1
[load]
with = ["E1.curent"]
points = [["0 h", 1.0], ["0 h", 0.9], [3]]
[[change]]
of = "AN1.temperature"
value = "60 mV"
[[change]]
of = "E3.wear_voltage"
value = "60 kg"
[[controller]]
name = "C"
holds = "CA.temperature"
by = "LF1.flow_mass"
gain = 0.0
[[weak_cell]]
cell = "E2/151"
by = "90 mV"
[[analysis]]
tag = "AI-1103"
electrolyser = "E7"
of = "hydrogen"
unit = "kg"
sd = "1 V"
[[analysis]]
tag = "AI-9"
lag = "-1 s"
[[link]]
name = "plc"
kind = "modbus"
tags = ["*"]
port = 99999
[[link]]
name = "plc"
kind = "sparkplug"
url = "127.0.0.1"
group = "a/b"
node = "n"
device = "d"
tags = ["*"]
[speed]
)",
                                                "v.toml", cell_room_plant()));
  const std::vector<std::string> expected = {
      "v.toml:2: [virtual]: period is not between 0.01 and 3600 s",
      "v.toml:3: [virtual]: seed = -1 is not an integer from 0 to 9223372036854775807",
      "v.toml:5: [load]: the plant has no \"E1.curent\"; did you mean \"E1.current\"?",
      "v.toml:6: [load]: times do not rise from 0 to below repeat",
      "v.toml:6: [load]: a point is not a time and a share of full load",
      "v.toml:8: [[change]]: the plant file does not specify \"AN1.temperature\"",
      "v.toml:12: [[change]]: value = \"60 kg\" is not an amount in V",
      "v.toml:17: [[controller]] \"C\": a gain of 0 controls nothing",
      "v.toml:19: [[weak_cell]]: there is no cell \"E2/151\"; write it as \"E2/077\", from 1",
      "v.toml:22: [[analysis]] \"AI-1103\": the tag is taken",
      "v.toml:23: [[analysis]] \"AI-1103\": electrolyser = \"E7\" is not known",
      "v.toml:24: [[analysis]] \"AI-1103\": of = \"hydrogen\" is not known",
      "v.toml:25: [[analysis]] \"AI-1103\": unit = \"kg\" is no unit of a share",
      "v.toml:26: [[analysis]] \"AI-1103\": sd = \"1 V\" is not an amount in 1 or %",
      "v.toml:27: [[analysis]] \"AI-9\": it needs tag, electrolyser, of, unit and sd",
      "v.toml:29: [[analysis]] \"AI-9\": lag is not between 0 and 86400 s",
      "v.toml:32: [[link]] \"plc\": kind = \"modbus\" is not known",
      "v.toml:34: [[link]] \"plc\": port = 99999 is not an integer from 0 to 65535",
      "v.toml:36: [[link]] \"plc\": the name is taken",
      "v.toml:38: [[link]] \"plc\": url = \"127.0.0.1\" names no broker; write it as \"tcp://127.0.0.1:1883\"",
      "v.toml:39: [[link]] \"plc\": group is no name without / + #",
      "v.toml:43: \"speed\" is not part of this file",
  };
  ASSERT_EQ(lines.size(), expected.size()) << ::testing::PrintToString(lines);
  for (std::size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(lines[i].substr(0, expected[i].size()), expected[i]);
}

TEST(Scenario, ReadsEveryKindOfEvent) {
  const auto s = read_scenario(R"([[event]]
at = "10 min"
kind = "load"
to = "80 %"
over = "15 min"
for = "2 h"
[[event]]
at = "20 min"
kind = "instrument"
tag = "FI-2004"
fault = "bias"
by = "1000 kg/h"
[[event]]
at = "20 min"
kind = "instrument"
tag = "TI-1203"
fault = "drift"
by = "-2 sd"
in = "30 min"
[[event]]
at = "30 min"
kind = "cell"
cell = "E2/077"
by = "250 mV"
[[event]]
at = "0 s"
kind = "electrolyser"
unit = "E2"
current_efficiency_loss = 0.01
[[event]]
at = "40 min"
kind = "stop"
unit = "E2"
brine = "20 %"
over = "20 min"
for = "8 h"
[[event]]
at = "50 min"
kind = "source"
source = "plc"
fault = "rubbish"
for = "2 min"
)",
                               "s.toml", names());
  ASSERT_TRUE(s) << s.error().text();
  ASSERT_EQ(s->loads.size(), 1u);
  EXPECT_EQ(s->loads[0].share, 0.8);
  EXPECT_EQ(s->loads[0].spell.until, 600.0 + 7200.0);
  ASSERT_EQ(s->instruments.size(), 2u);
  EXPECT_NEAR(s->instruments[0].fault.size, 1.0, 1e-12);  // in the tag's t/h
  EXPECT_TRUE(s->instruments[1].in_sd);
  EXPECT_NEAR(s->instruments[1].fault.size, -2.0 / 1800.0, 1e-15);
  EXPECT_NEAR(s->cells.at(0).size, 0.25, 1e-12);
  EXPECT_EQ(s->electrolysers.at(0).current_efficiency_loss, 0.01);
  EXPECT_EQ(s->stops.at(0).name, "E2");
  EXPECT_EQ(s->stops.at(0).current, 0.01);
  EXPECT_EQ(s->stops.at(0).brine, 0.2);
  EXPECT_EQ(s->stops.at(0).spell.until, 2400.0 + 8 * 3600.0);
  EXPECT_EQ(s->links.at(0).until, 3120.0);
  EXPECT_TRUE(read_scenario("", "s.toml", names()));
}

TEST(Scenario, SaysEveryProblemWithItsLine) {
  const auto lines = problems(read_scenario(R"([[event]]
kind = "load"
to = 3
[[event]]
at = "10 min"
kind = "instrumnt"
[[event]]
at = "10 min"
kind = "instrument"
tag = "FI-2005"
fault = "bias"
by = "1 t/h"
[[event]]
at = "10 min"
kind = "instrument"
tag = "FI-2004"
fault = "bias"
by = "1 degC"
[[event]]
at = "10 kg"
kind = "cell"
cell = "E9/001"
by = "250 mV"
colour = "red"
[[event]]
at = "1 h"
for = "1 min"
over = "5 min"
kind = "source"
source = "plc"
fault = "down"
[[event]]
at = "1 h"
kind = "stop"
unit = "E9"
to = 0.02
[event2]
)",
                                            "s.toml", names()));
  const std::vector<std::string> expected = {
      "s.toml:1: [[event]]: it does not say when; write at = \"10 min\"",
      "s.toml:3: [[event]] load: to is not between 0.01 and 1.5",
      "s.toml:6: [[event]]: there is no kind of event \"instrumnt\"; did you mean \"instrument\"?",
      "s.toml:10: [[event]] instrument: there is no tag \"FI-2005\"; did you mean \"FI-2004\"?",
      "s.toml:18: [[event]] instrument: by = \"1 degC\" is not an amount in t/h",
      "s.toml:20: [[event]]: at = \"10 kg\" is not an amount in s",
      "s.toml:22: [[event]] cell: there is no cell \"E9/001\"",
      "s.toml:24: [[event]] cell: unknown key \"colour\"",
      "s.toml:27: [[event]]: it ends before it has begun in full",
      "s.toml:35: [[event]] stop: there is no electrolyser \"E9\"",
      "s.toml:36: [[event]] stop: to is not between 0.001 and 0.01; write it as 0.01: the current that protects "
      "electrodes "
      "is 10 to 50 A/m2",
      "s.toml:37: \"event2\" is not part of a scenario",
  };
  ASSERT_EQ(lines.size(), expected.size()) << ::testing::PrintToString(lines);
  for (std::size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(lines[i].substr(0, expected[i].size()), expected[i]);
}

}  // namespace
}  // namespace castner::virtual_plant
