// SPDX-License-Identifier: Apache-2.0
// Plants that cannot be: the answer says why in the words of the plant, and where it begins.
#include "castner/assess/physical_reason.h"

#include <gtest/gtest.h>

#include "castner/assess/simulation.h"
#include "castner/assess/state.h"
#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "tests/support/root.h"

namespace castner::assess {
namespace {

plant::Plant read(const std::string& text) {
  auto plant = plant_file::read_plant(text, "plant.toml");
  EXPECT_TRUE(plant) << (plant ? "" : plant.error().text());
  return std::move(*plant);
}

solve::Report failure_of(const std::string& text) {
  const auto report = simulate(read(text)).result.report;
  EXPECT_NE(report.status, solve::Status::converged);
  return report;
}

std::string file(const std::string& name) { return read_file(testing::root() + "/tests/support/" + name).value_or(""); }

std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(PhysicalReason, IsSteamColderThanTheLiquorItIsToBoil) {
  const auto alone = failure_of(file("impossible/steam_colder_than_liquor.toml"));
  EXPECT_EQ(alone.advice.unit, "E1");
  // Steam of 3 bar condenses at 133.5 degC; 50 % NaOH boils at about 146 degC under one atmosphere.
  EXPECT_NE(alone.advice.text.find("condenses at 133.5 degC and its liquor boils at 146."), std::string::npos)
      << alone.advice.text;
  for (const char* name : {"five_effects_forward", "six_effects_backward"}) {
    const auto train = failure_of(file("impossible/" + std::string(name) + ".toml"));
    EXPECT_TRUE(train.advice.text.starts_with("the steam of E")) << train.advice.text;
  }
  const auto plant = failure_of(file("impossible/thirty_one_units_no_difference.toml"));
  EXPECT_EQ(plant.advice.unit, "EV3") << plant.advice.text;
  // With an electrolyser out of service it is told too.
  auto room = read_file(testing::root() + "/plants/cell_room/plant.toml").value_or("");
  room = with(room, "name = \"E1\"\n", "name = \"E1\"\nidle = true\n");
  room = with(room, "value = \"900 kPa\"", "value = \"100 kPa\"");
  const auto idle = failure_of(with(room, "value = \"175.358 degC\"", "value = \"99.6 degC\""));
  EXPECT_TRUE(idle.advice.text.starts_with("the steam of EV")) << idle.advice.text;
}

TEST(PhysicalReason, IsAnEffectWithoutSurface) {
  const auto effect = [](const std::string& area, const std::string& coefficient, const std::string& pressure) {
    std::string text =
        "[[unit]]\nname = \"E\"\nmodel = \"caustic_evaporator\"\ninlets = { feed = \"f\", steam = \"s\" }\n"
        "outlets = { product = \"p\", vapour = \"v\", condensate = \"k\" }\nparameters = { area = " +
        area + ", heat_transfer_coefficient = " + coefficient + " }\n";
    for (const auto& [name, contents] :
         {std::pair("f", "caustic"), {"p", "caustic"}, {"s", "steam"}, {"v", "steam"}, {"k", "water"}})
      text += "[[stream]]\nname = \"" + std::string(name) + "\"\ncontents = \"" + contents + "\"\n";
    for (const auto& [of, value] : {std::pair<std::string, std::string>("f.flow_mass", "5"),
                                    {"f.temperature", "353"},
                                    {"f.mass_frac.NaOH", "0.32"},
                                    {"s.pressure", "9e5"},
                                    {"s.temperature", "453"},
                                    {pressure.empty() ? "p.mass_frac.NaOH" : "v.pressure", pressure}})
      text += "[[specification]]\nof = \"" + of + "\"\nvalue = " + (value.empty() ? "0.5" : value) + "\n";
    return text;
  };
  EXPECT_TRUE(failure_of(effect("0", "1500", "")).advice.text.starts_with("E.area is 0, so no heat flows"));
  EXPECT_TRUE(failure_of(effect("80", "0", "")).advice.text.starts_with("E.heat_transfer_coefficient is 0, so"));
  // With the pressure given it is found how strong the liquor becomes by itself.
  EXPECT_EQ(simulate(read(effect("0", "1500", "20e3"))).result.report.status, solve::Status::converged);
}

TEST(PhysicalReason, IsAFeedWithoutAWayOut) {
  const auto text = file("impossible/feed_without_outlet.toml");
  for (const char* out : {"0 t/h", "9.5 t/h", "12 t/h"}) {
    const auto report = failure_of(with(text, "'0 t/h'", "'" + std::string(out) + "'"));
    EXPECT_NE(report.advice.text.find("M: mass balance, S: mass balance together leave only what is held, f.flow_mass"),
              std::string::npos)
        << report.advice.text;
    EXPECT_EQ(report.advice.variable, "f.flow_mass");
  }
}

TEST(PhysicalReason, IsSaltThatRunsOutOrAcidThatNothingMeets) {
  const auto plant = file("thirty_one_units.toml");
  auto p = read(plant);
  const auto held = held_for_simulation(p);
  auto x = simulate(p).result.x;
  EXPECT_FALSE(physical_reason(p, x)) << physical_reason(p, x)->text;
  const auto set = [&](const char* path, double factor) {
    const auto i = static_cast<std::size_t>(p.flowsheet->find(path).value());
    x[i] *= factor;
  };
  set("AB2.flow_mass", 0.1);
  ASSERT_TRUE(physical_reason(p, x));
  EXPECT_TRUE(physical_reason(p, x)->text.starts_with("E2 would use ")) << physical_reason(p, x)->text;
  std::vector<int> idle;
  for (std::size_t u = 0; u < p.units.size(); ++u)
    if (p.units[u].name == "E2") idle.push_back(static_cast<int>(u));
  ASSERT_EQ(idle.size(), 1u);
  EXPECT_FALSE(physical_reason(p, x, {}, idle)) << "what stands still uses no salt";
  set("AB2.flow_mass", 10.0);
  set("AB3.mass_frac.HCl", 10.0);
  ASSERT_TRUE(physical_reason(p, x));
  EXPECT_TRUE(physical_reason(p, x)->text.starts_with("E3 gets ")) << physical_reason(p, x)->text;
}

TEST(FirstValues, TakeWhatTheFileGivesAPath) {
  const auto text = file("thirty_one_units.toml") + "[[start]]\nof = \"L2.temperature\"\nvalue = \"110 degC\"\n";
  const auto p = read(text);
  const auto x = first_values(p, held_for_simulation(p));
  const auto i = static_cast<std::size_t>(p.flowsheet->find("L2.temperature").value());
  EXPECT_DOUBLE_EQ(x[i], 383.15);
  EXPECT_DOUBLE_EQ(p.flowsheet->variables()[i].start, 383.15);
  EXPECT_EQ(simulate(p).result.report.status, solve::Status::converged);
}

TEST(FirstValues, LeadToTheOtherRootWhereTheFileSaysSo) {
  const std::string text =
      "[plant]\nunits = \"as_published\"\n[[variable]]\nname = \"x\"\n[[equation]]\nresidual = \"x^2 - 5*x + 6\"\n"
      "[[variable]]\nname = \"y\"\n[[specification]]\nof = \"y\"\nvalue = 1\n";
  EXPECT_NEAR(simulate(read(text)).result.x[0], 2.0, 1e-8);
  EXPECT_NEAR(simulate(read(text + "[[start]]\nof = \"x\"\nvalue = 9\n")).result.x[0], 3.0, 1e-8);
}

/// Readings of the plant file, one of them replaced.
State reconciled(const plant::Plant& p, double first) {
  auto readings = plant_readings(p);
  readings.front().value = first;
  return PlantReconciler(p).reconcile(readings, {}, false);
}

TEST(ImpossibleReading, IsAskedAboutWhereverItComesFrom) {
  const auto p = read(
      "[[unit]]\nname = \"H\"\nmodel = \"heat_exchanger\"\ninlets = { cold_in = \"a\" }\noutlets = { cold_out = \"b\" "
      "}\n"
      "[[stream]]\nname = \"a\"\ncontents = \"water\"\n[[stream]]\nname = \"b\"\ncontents = \"water\"\n"
      "[[measurement]]\ntag = \"T1\"\nof = \"a.temperature\"\nvalue = 300\nsd = 1\n"
      "[[measurement]]\ntag = \"T2\"\nof = \"b.temperature\"\nvalue = 320\nsd = 1\n"
      "[[measurement]]\ntag = \"F\"\nof = \"a.flow_mass\"\nvalue = 1\nsd = 0.1\n");
  EXPECT_TRUE(reconciled(p, 301.0).reconciliation.report.warnings.empty());
  for (const double reading : {9273.15, 27.0}) {
    const auto warnings = reconciled(p, reading).reconciliation.report.warnings;
    ASSERT_FALSE(warnings.empty()) << reading;
    EXPECT_NE(warnings.front().text.find("measurement \"T1\" reads "), std::string::npos) << warnings.front().text;
    EXPECT_TRUE(warnings.front().text.ends_with("; is its unit right?")) << warnings.front().text;
  }
}

TEST(FailedEvaluation, NamesEquationVariableAndTag) {
  const auto p = read(
      "[plant]\nunits = \"as_published\"\n[[variable]]\nname = \"v\"\nlow = -10\nhigh = -1\nstart = -2\n"
      "[[variable]]\nname = \"y\"\n[[equation]]\nname = \"root\"\nresidual = \"y - sqrt(v)\"\n"
      "[[measurement]]\ntag = \"VI-1\"\nof = \"v\"\nvalue = -2\nsd = 1\n");
  const auto report = PlantReconciler(p).reconcile(plant_readings(p), {}, false).reconciliation.report;
  EXPECT_EQ(report.status, solve::Status::no_convergence);
  EXPECT_EQ(report.advice.equation, "root: residual");
  EXPECT_NE(report.advice.text.find("root: residual cannot be evaluated"), std::string::npos) << report.advice.text;
}

}  // namespace
}  // namespace castner::assess
