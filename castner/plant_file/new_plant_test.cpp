// SPDX-License-Identifier: Apache-2.0
#include "castner/plant_file/new_plant.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <sstream>

#include "castner/base/config.h"
#include "castner/plant_file/plant_file.h"

namespace castner::plant_file {
namespace {

/// Takes the [[unit]], [[stream]] and [[measurement]] lines out of their comments, as the text tells people to.
std::string uncommented(const std::string& text) {
  std::istringstream in(text);
  std::string out, line;
  bool settings = false;
  while (std::getline(in, line)) {
    settings = settings || line == "[plant]";
    out += (settings && line.starts_with("# ") ? line.substr(2) : line) + "\n";
  }
  return out;
}

TEST(NewPlant, GuessesWhatAColumnIs) {
  const std::string text = new_plant("data.csv", {{"FI-101", "t/h", 12.5},
                                                  {"TI-101", "degC", 80.0},
                                                  {"PIC-7", "", {}},
                                                  {"AI-3", "wt%", 32.0},
                                                  {"cell 12", "V", 3.1},
                                                  {"FIQ-9", "Nm3/h", {}},
                                                  {"state", "", {}}});
  EXPECT_NE(
      text.find(
          "# tag = \"FI-101\"\n# of = \"S101.flow_mass\"    # a guess from its unit\n# unit = \"t/h\"\n# value = 12.5"),
      std::string::npos);
  EXPECT_NE(text.find("# of = \"S101.temperature\""), std::string::npos);
  EXPECT_NE(text.find("# of = \"S7.pressure\"    # a guess from the first letter of its tag\n# unit = \"1\"    # the "
                      "data does not say: fill it in"),
            std::string::npos);
  EXPECT_NE(text.find("# of = \"S3.mass_frac.NaOH\""), std::string::npos);
  EXPECT_NE(text.find("the data says wt%: \"wt%\" is not a unit here; write \"%\""), std::string::npos);
  EXPECT_NE(text.find("# of = \"E12.voltage\""), std::string::npos);
  EXPECT_NE(text.find("# of = \"S9.flow_vol_normal\""), std::string::npos);
  EXPECT_NE(text.find("# of = \"S7.flow_mass\"    # nothing tells what it measures: fill it in\n"), std::string::npos);
}
TEST(NewPlant, GuessesByWordsWhereThereIsNoUnitAndByLettersInTagsAlone) {
  const auto guess = [](const char* tag) {
    const std::string text = new_plant("d.csv", {{tag, "", {}}});
    const std::size_t at = text.find("# of = \"") + 8;
    return text.substr(at, text.find('\n', at) - at);
  };
  EXPECT_EQ(guess("E101.current"), "E101.current\"    # a guess from its name");
  EXPECT_EQ(guess("Cell voltage 12"), "E12.voltage\"    # a guess from its name");
  EXPECT_EQ(guess("3#出口温度"), "S3.temperature\"    # a guess from its name");
  EXPECT_EQ(guess("Druck Kopf 2"), "S2.pressure\"    # a guess from its name");
  EXPECT_EQ(guess("Débit 4"), "S4.flow_mass\"    # a guess from its name");
  EXPECT_EQ(guess("TIC101"), "S101.temperature\"    # a guess from the first letter of its tag");
  EXPECT_EQ(guess("Pump speed 3"), "S3.flow_mass\"    # nothing tells what it measures: fill it in");
  EXPECT_EQ(guess("FLASH"), "S1.flow_mass\"    # nothing tells what it measures: fill it in");
}
TEST(NewPlant, IsAPlantOnceItsCommentsAreTakenAway) {
  const auto plant = read_plant(
      uncommented(new_plant("d.csv", {{"FI-1", "t/h", 12.5}, {"TI-1", "degC", 80.0}, {"FI-2", "kg/h", 6e3}})),
      "plant.toml");
  ASSERT_TRUE(plant) << plant.error().text();
  EXPECT_EQ(plant->measurements.size(), 3u);
  EXPECT_EQ(plant->units.size(), 1u);
}
RC_GTEST_PROP(NewPlantProperty, IsTomlForAnyTag, ()) {
  // Any tag a data file in UTF-8 can hold; the reader of data files has made it UTF-8.
  const auto tag = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
  const auto unit = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
  const std::string text = new_plant(tag, {{tag, unit, 1.0}});
  RC_ASSERT(read_toml(text, "plant.toml").has_value());
  const auto read = read_toml(uncommented(text), "plant.toml");
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->find("measurement")->items[0].find("tag")->text == tag);
}

}  // namespace
}  // namespace castner::plant_file
