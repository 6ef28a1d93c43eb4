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

std::string changed(std::string text, const std::string& from, const std::string& to) {
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
  return changed(changed(dry(), "CL.flow_vol_normal_dry", "CL.flow_vol_normal"), "HY.flow_vol_normal_dry",
                 "HY.flow_vol_normal");
}

using All = std::map<std::string, std::string>;

TEST(VapourSlips, MetersOfDryGasThatAreTakenAsMoistAreAsked) {
  EXPECT_EQ(asked(moist(), 1.0, 1.0),
            (All{{"FI-160", "CL.flow_vol_normal_dry"}, {"FI-170", "HY.flow_vol_normal_dry"}}));
  EXPECT_EQ(asked(changed(dry(), "CL.flow_vol_normal_dry", "CL.flow_vol_normal"), 1.0, 1.0),
            (All{{"FI-160", "CL.flow_vol_normal_dry"}}));
}
TEST(VapourSlips, HowMuchVapourThereIsIsNotToldByAPressureThatGaveWay) {
  // The pressure was taken for far too low, as at 10 MPa hardly any of the gas were vapour; its meter shows 107 kPa, where 28 % is.
  const auto plant = plant_file::read_plant(moist(), "plant.toml");
  ASSERT_TRUE(plant);
  State state;
  for (const auto& v : plant->flowsheet->variables()) state.reconciliation.x.push_back(v.start);
  const auto at = [&](const char* path) -> double& {
    return state.reconciliation.x[static_cast<std::size_t>(*plant->flowsheet->find(path))];
  };
  const double pressure = 107e3, estimate = 10e6, share = 0.28 * pressure / estimate;
  at("HY.pressure") = estimate;
  at("HY.mass_frac.H2O") = share * 18.015 / (share * 18.015 + (1.0 - share) * 2.016);
  solve::GrossError accused{.kind = solve::GrossError::Kind::bias};
  for (std::size_t i = 0; i < plant->measurements.size(); ++i) {
    const auto& m = plant->measurements[i];
    Instrument here{.tag = m.tag, .path = m.of, .variable = m.variable, .reading = static_cast<int>(i)};
    if (m.tag == "PI-170") here.measured = pressure, here.sd = 200.0, accused.index = here.reading;
    if (m.tag == "FI-170") {
      here.measured = 0.72 * 0.7, here.sd = 0.01;  // of 0.7 m3/s
      accused.also_possible.push_back(
          {.kind = accused.kind, .index = here.reading, .size = -0.28 * 0.7, .size_sd = 0.015});
    }
    state.instruments.push_back(std::move(here));
  }
  accused.size = pressure - estimate;
  accused.size_sd = 1e3;
  state.reconciliation.gross_errors.push_back(accused);
  const auto slips = unit_slips(*plant, state);
  ASSERT_EQ(slips.size(), 1u);
  EXPECT_EQ(slips[0].instead, "HY.flow_vol_normal_dry");
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
