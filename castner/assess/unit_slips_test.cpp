// SPDX-License-Identifier: Apache-2.0
// A gas flow that counts its water vapour, or does not, against the plant file: two electrolysers whose meters show dry gas.
#include "castner/assess/unit_slips.h"

#include <gtest/gtest.h>

#include "castner/assess/assess.h"
#include "castner/assess/file_unit.h"
#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "castner/tables/table_reader.h"
#include "tests/support/root.h"

namespace castner::assess {
namespace {

std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

/// What is asked of the first window, by tag.
std::map<std::string, std::string> asked(const std::string& plant_text, double chlorine, double hydrogen) {
  const std::string folder = testing::root() + "/tests/cases/assess/start_assumes_clean/";
  const auto plant = plant_file::read_plant(plant_text, "plant.toml");
  EXPECT_TRUE(plant) << plant.error().text();
  tables::TableOptions options{.time_zone = "Europe/Berlin", .sheet = {}, .start = {}};
  as_the_plant_says(options, *plant);
  auto table = tables::read_table(read_file(folder + "data.csv").value(), "data.csv", options);
  EXPECT_TRUE(table) << table.error().text();
  for (auto& s : table->series) {
    s.samples.resize(6);
    for (auto& x : s.samples) x.value *= s.tag == "FI-160" ? chlorine : s.tag == "FI-170" ? hydrogen : 1.0;
  }
  const auto a = assess(*plant, *table, "data.csv");
  EXPECT_TRUE(a) << a.error().text();
  std::map<std::string, std::string> all;
  for (const auto& w : a->windows)
    if (w.state)
      for (const auto& s : w.state->unit_slips) all[s.tag] = s.instead.empty() ? s.question : s.instead;
  return all;
}
std::string dry() { return read_file(testing::root() + "/tests/cases/assess/start_assumes_clean/plant.toml").value(); }
std::string moist() {
  return with(with(dry(), "CL.flow_vol_normal_dry", "CL.flow_vol_normal"), "HY.flow_vol_normal_dry",
              "HY.flow_vol_normal");
}

using All = std::map<std::string, std::string>;

TEST(VapourSlips, MetersOfDryGasThatAreTakenAsMoistAreAsked) {
  EXPECT_EQ(asked(moist(), 1.0, 1.0),
            (All{{"FI-160", "CL.flow_vol_normal_dry"}, {"FI-170", "HY.flow_vol_normal_dry"}}));
  EXPECT_EQ(asked(with(dry(), "CL.flow_vol_normal_dry", "CL.flow_vol_normal"), 1.0, 1.0),
            (All{{"FI-160", "CL.flow_vol_normal_dry"}}));
}
TEST(VapourSlips, MetersOfMoistGasThatAreTakenAsDryAreAsked) {
  // Half of the chlorine, and 28 % of the hydrogen, are vapour at 86 degC.
  EXPECT_EQ(asked(dry(), 2.015, 1.381), (All{{"FI-160", "CL.flow_vol_normal"}, {"FI-170", "HY.flow_vol_normal"}}));
}
TEST(VapourSlips, MetersThatAreRightOrWrongByAnotherAmountAreNot) {
  EXPECT_EQ(asked(dry(), 1.0, 1.0), All{});
  EXPECT_EQ(asked(dry(), 1.25, 1.0), All{});
  EXPECT_EQ(asked(dry(), 1.0, 0.8), All{});
}

}  // namespace
}  // namespace castner::assess
