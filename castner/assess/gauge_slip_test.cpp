// SPDX-License-Identifier: Apache-2.0
// Gauge pressures that the plant file has as absolute.
#include <gtest/gtest.h>

#include "castner/assess/assess.h"
#include "castner/assess/file_unit.h"
#include "castner/assess/state.h"
#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "castner/tables/table_reader.h"
#include "tests/support/cell_room.h"
#include "tests/support/root.h"

namespace castner::assess {
namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

/// The tags that the first hour's windows ask about; "nobody" where one of them accuses anybody or has no answer.
std::vector<std::string> asked(const std::string& plant_text) {
  const std::string folder = testing::root() + "/tests/cases/assess/start_assumes_clean/";
  const auto plant = plant_file::read_plant(plant_text, "plant.toml");
  EXPECT_TRUE(plant) << plant.error().text();
  tables::TableOptions options{.time_zone = "Europe/Berlin", .sheet = {}, .start = {}};
  as_the_plant_says(options, *plant);
  auto table =
      tables::read_table(replaced(read_file(folder + "data.csv").value(), " [kPa(g)]", ""), "data.csv", options);
  EXPECT_TRUE(table) << table.error().text();
  for (auto& s : table->series) s.samples.resize(12);
  const auto a = assess(*plant, *table, "data.csv");
  EXPECT_TRUE(a) << a.error().text();
  std::vector<std::string> tags;
  for (const auto& w : a->windows) {
    const auto& r = w.state.value().reconciliation;
    if (r.report.status != solve::Status::converged || !r.gross_errors.empty()) return {"nobody"};
    for (const auto& s : w.state->unit_slips) tags.push_back(s.tag);
  }
  return tags;
}
using Tags = std::vector<std::string>;

TEST(GaugeSlip, IsAskedInEveryWindowAndNobodyIsAccused) {
  const auto text = read_file(testing::root() + "/tests/cases/assess/start_assumes_clean/plant.toml").value();
  EXPECT_EQ(asked(replaced(text, "unit = \"kPa(g)\"", "unit = \"kPa\"")),
            (Tags{"PI-160", "PI-170", "PI-160", "PI-170"}));
}

TEST(GaugeSlip, OfOneOfTwoIsAskedOfThatOne) {
  auto text = read_file(testing::root() + "/tests/cases/assess/start_assumes_clean/plant.toml").value();
  const auto at = text.find("unit = \"kPa(g)\"", text.find("HY.pressure"));
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(asked(text.replace(at, 15, "unit = \"kPa\"")), (Tags{"PI-170", "PI-170"}));
}

/// The cell room with the readings of its simulated state, both gas pressures as gauges show them.
State with_gauges(const std::map<std::string, double>& others = {}) {
  const auto room = testing::cell_room(testing::root());
  std::vector<Measured> readings;
  for (std::size_t i = 0; const auto& y : room.readings(7)) {
    const auto& tag = room.plant.measurements[i++].tag;
    const auto it = others.find(tag);
    const bool gauge = tag == "PI-3001" || tag == "PI-4001";
    readings.push_back({.value = it != others.end() ? it->second : y.value - (gauge ? room.plant.atmosphere : 0.0)});
  }
  return PlantReconciler(room.plant).reconcile(readings, {}, true);
}
std::vector<std::string> asked(const State& state) {
  std::vector<std::string> tags;
  for (const auto& s : state.unit_slips) tags.push_back(s.tag);
  return tags;
}

TEST(GaugeSlip, BesideAVacuumThatIsOneIsAskedOfTheGaugesAlone) {
  const auto state = with_gauges();
  ASSERT_EQ(state.reconciliation.report.status, solve::Status::converged);
  EXPECT_TRUE(state.reconciliation.gross_errors.empty());
  EXPECT_EQ(asked(state), (Tags{"PI-3001", "PI-4001"}));
  EXPECT_TRUE(state.unit_slips.at(0).question.ends_with(
      "and the balances close only if that is a gauge pressure; is its unit right?"));
}

TEST(GaugeSlip, BesideAnotherWrongMeterIsAskedAllTheSame) {
  const auto state = with_gauges({{"TI-1205", 273.15}});
  ASSERT_EQ(state.reconciliation.report.status, solve::Status::converged);
  EXPECT_EQ(asked(state), (Tags{"PI-3001", "PI-4001"}));
  ASSERT_EQ(state.reconciliation.gross_errors.size(), 1U);
  const auto ti = std::find_if(state.instruments.begin(), state.instruments.end(),
                               [](const auto& i) { return i.tag == "TI-1205"; });
  EXPECT_EQ(ti->reading, state.reconciliation.gross_errors[0].index);
}

TEST(GaugeSlip, OfAMeterThatBrokeLaterNothingIsAsked) {
  const auto room = testing::cell_room(testing::root());
  // With the evaporators' vacuum, of which it is asked at once, and without it.
  for (const bool vacuum : {true, false}) {
    PlantReconciler reconciler(room.plant);
    std::vector<Measured> readings;
    for (std::size_t i = 0; const auto& y : room.readings(7)) {
      const bool low = room.plant.measurements[i++].of.ends_with(".pressure") && y.value < 0.9 * room.plant.atmosphere;
      readings.push_back({.value = low && !vacuum ? std::optional<double>() : y.value});
    }
    EXPECT_TRUE(reconciler.reconcile(readings, {}, true).unit_slips.empty());
    for (std::size_t i = 0; i < readings.size(); ++i)  // as if they were gauges from now on
      if (const auto& tag = room.plant.measurements[i].tag; tag == "PI-3001" || tag == "PI-4001")
        *readings[i].value -= room.plant.atmosphere;
    const auto state = reconciler.reconcile(readings, {}, true);
    for (const auto& i : state.instruments) EXPECT_NE(i.why_not, "unit_in_question") << i.tag << ' ' << vacuum;
  }
}

TEST(GaugeSlip, IsAskedLaterWhereTheFirstWindowsDoNotTell) {
  const auto room = testing::cell_room(testing::root());
  PlantReconciler reconciler(room.plant);
  std::vector<Measured> readings;
  for (std::size_t i = 0; const auto& y : room.readings(7)) {
    const auto& tag = room.plant.measurements[i++].tag;
    const bool gauge = tag == "PI-3001" || tag == "PI-4001";
    readings.push_back({.value = y.value - (gauge ? room.plant.atmosphere : 0.0)});
  }
  auto alone = readings;  // as a server may be started: the others have not spoken yet
  for (std::size_t i = 0; i < alone.size(); ++i)
    if (!room.plant.measurements[i].of.ends_with(".pressure")) alone[i].value.reset();
  reconciler.reconcile(alone, {}, true);
  std::vector<std::string> tags;
  for (int windows = 0; windows < 4 && tags.empty(); ++windows) tags = asked(reconciler.reconcile(readings, {}, true));
  EXPECT_EQ(tags, (Tags{"PI-3001", "PI-4001"}));
}

TEST(GaugeSlip, IsNotAskedOfADifferentialPressure) {
  const auto plant = plant_file::read_plant(R"([plant]
name = "orifice"
[[unit]]
name = "N1"
model = "node"
inlets = ["S1"]
outlets = ["S2"]
[[variable]]
name = "dp"
unit = "kPa"
start = 100
[[variable]]
name = "k"
unit = "kPa.s/kg"
start = 10
[[specification]]
of = "k"
value = 10
reconcile = true
[[equation]]
name = "orifice"
residual = "dp - k * S1.flow_mass"
[[measurement]]
tag = "FI-1"
of = "S1.flow_mass"
unit = "kg/s"
sd = "1 %"
[[measurement]]
tag = "FI-2"
of = "S2.flow_mass"
unit = "kg/s"
sd = "1 %"
[[measurement]]
tag = "PDI-1"
of = "dp"
unit = "kPa"
sd = "1 %"
)",
                                            "plant.toml");
  ASSERT_TRUE(plant) << plant.error().text();
  const auto state = PlantReconciler(*plant).reconcile({{.value = 13.1}, {.value = 13.1}, {.value = 30e3}}, {}, true);
  for (const auto& i : state.instruments) EXPECT_EQ(i.why_not, "") << i.tag;
  EXPECT_FALSE(state.reconciliation.gross_errors.empty());
}

}  // namespace
}  // namespace castner::assess
