// SPDX-License-Identifier: Apache-2.0
// Readings outside of what is possible: named, left out, and the rest reconciled.
#include <gtest/gtest.h>

#include <algorithm>

#include "castner/assess/assess.h"
#include "castner/assess/idle_for_tests.h"
#include "castner/assess/simulation.h"
#include "castner/base/file.h"
#include "castner/plant_file/plant_file.h"
#include "tests/support/root.h"

namespace castner::assess::idle_tests {
namespace {

/// The cell room as its simulation reads, but one instrument [in its own unit].
class OneReadsOtherwise : public ::testing::Test {
 protected:
  OneReadsOtherwise() : plant_(*plant_file::read_plant(read_file(file_).value(), file_)), reconciler_(plant_) {
    x_ = simulate(plant_).result.x;
  }
  /// @param random  sd of the noise [SI]
  State read(std::string_view tag, double value, double random = 0.0) {
    std::vector<Measured> readings;
    for (const auto& m : plant_.measurements) {
      if (m.tag == tag) wrong_ = readings.size();
      const double true_value = x_[static_cast<std::size_t>(m.variable)];
      readings.push_back({.value = m.tag == tag ? m.unit.to_si(value) : true_value});
      if (m.tag == tag) readings.back().sd_random = random;
    }
    return reconciler_.reconcile(readings, {}, true);
  }

  const std::string file_ = testing::root() + "/plants/cell_room/plant.toml";
  plant::Plant plant_;
  PlantReconciler reconciler_;
  std::vector<double> x_;
  std::size_t wrong_ = 0;
};

TEST_F(OneReadsOtherwise, WhatCannotBeIsLeftOutAndTheRestReconciled) {
  // A lost sign, of liquor and of steam; a pressure and a voltage below 0; strengths beyond 0 and 100 %; flows far below 0.
  for (const auto& [tag, value] : std::vector<std::pair<const char*, double>>{{"TI-2002", -87.6},
                                                                              {"TI-5101", -5.0},
                                                                              {"TI-5302", 1e5},
                                                                              {"PI-3001", -20.0},
                                                                              {"AI-2002", -32.0},
                                                                              {"AI-2002", 320.0},
                                                                              {"AI-1106", 180.0},
                                                                              {"EI-1101", -450.0},
                                                                              {"FI-1002", -177.0},
                                                                              {"FI-5102", -7.0}}) {
    SCOPED_TRACE(std::string(tag) + " " + std::to_string(value));
    const auto state = read(tag, value);
    const auto& r = state.reconciliation;
    ASSERT_EQ(r.report.status, solve::Status::converged) << r.report.advice.text;
    EXPECT_EQ(state.instruments[wrong_].why_not, "impossible");
    EXPECT_TRUE(r.gross_errors.empty());
    EXPECT_TRUE(r.global_test.passed.value());
    EXPECT_TRUE(state.idle.empty());
    const auto told = std::count_if(r.report.warnings.begin(), r.report.warnings.end(), [&](const Warning& w) {
      return w.text.find("measurement \"" + std::string(tag) + "\" reads ") == 0;
    });
    EXPECT_EQ(told, 1);
  }
}

TEST_F(OneReadsOtherwise, ALittleBelowNothingIsNoise) {
  // Oxygen of 0.82 %, with an sd of 0.02 %: it is accused, but not as impossible.
  const auto state = read("AI-1106", -0.03);
  EXPECT_EQ(state.instruments[wrong_].why_not, "");
  EXPECT_EQ(read("AI-1106", -0.1).instruments[wrong_].why_not, "impossible");
  EXPECT_EQ(read("AI-1106", -0.1, 0.0005).instruments[wrong_].why_not, "") << "2 sd of a noisy mean";
}

TEST_F(OneReadsOtherwise, AUnitThatIsNotRightIsAskedAllTheSame) {
  // ppm in a column of %.
  const auto state = read("AI-2002", 1e6 * x_[static_cast<std::size_t>(*plant_.flowsheet->find("LF.mass_frac.NaOH"))]);
  ASSERT_EQ(state.unit_slips.size(), 1u);
  EXPECT_EQ(state.unit_slips[0].tag, "AI-2002");
}

TEST(ImpossibleReading, WaterDoesNotFlowAsIce) {
  const auto plant = plant_file::read_plant(
      "[[unit]]\nname = \"H\"\nmodel = \"heat_exchanger\"\ninlets = { cold_in = \"a\" }\noutlets = { cold_out = "
      "\"b\" }\n"
      "[[stream]]\nname = \"a\"\ncontents = \"water\"\n[[stream]]\nname = \"b\"\ncontents = \"water\"\n"
      "[[measurement]]\ntag = \"T1\"\nof = \"a.temperature\"\nvalue = \"15 degC\"\nsd = \"0.5 K\"\n"
      "[[measurement]]\ntag = \"F\"\nof = \"a.flow_mass\"\nvalue = 1\nsd = 0.1\n",
      "plant.toml");
  ASSERT_TRUE(plant) << plant.error().text();
  for (const auto& [celsius, why_not] : {std::pair(-15.0, "impossible"), {-1.0, ""}, {15.0, ""}}) {
    auto readings = plant_readings(*plant);
    readings[0].value = celsius + 273.15;
    EXPECT_EQ(PlantReconciler(*plant).reconcile(readings, {}, false).instruments[0].why_not, why_not) << celsius;
  }
}

// Over a file: its scatter does not make the windows unsteady, and the findings name it.
TEST_F(StoppedWithinTheDay, AThermocoupleThatLostItsSignIsLeftOutOfEveryWindow) {
  auto table = day(120, 500, 600);
  for (auto& s : table.series)
    if (s.tag == "TI-2002")
      for (std::size_t k = 0; k < s.samples.size(); ++k) s.samples[k].value = k % 40 < 20 ? -60.0 : -90.0;
  const auto a = assess(plant_, table, "data.csv");
  ASSERT_TRUE(a) << a.error().text();
  ASSERT_FALSE(a->windows.empty());
  for (const auto& w : a->windows) {
    ASSERT_TRUE(w.steady);
    EXPECT_TRUE(w.state->reconciliation.global_test.passed.value());
    EXPECT_EQ((Told{plant_, *w.state}.why_not("TI-2002")), "impossible");
  }
}

TEST_F(OneReadsOtherwise, WhoWouldHaveToBeWhatCannotBeIsNoSuspect) {
  // A quarter too much dilution water: the heat balance would take water of 985 degC to explain it by its thermometer.
  const auto& fi = *std::find_if(plant_.measurements.begin(), plant_.measurements.end(),
                                 [](const auto& m) { return m.tag == "FI-2001"; });
  const auto state = read("FI-2001", 1.25 * fi.unit.from_si(x_[static_cast<std::size_t>(fi.variable)]));
  const auto& errors = state.reconciliation.gross_errors;
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].index, state.instruments[wrong_].reading);
  const auto ti = std::find_if(state.instruments.begin(), state.instruments.end(),
                               [](const auto& i) { return i.tag == "TI-2001"; });
  EXPECT_FALSE(solve::names(errors[0], solve::GrossError::Kind::bias, ti->reading));
}

}  // namespace
}  // namespace castner::assess::idle_tests
