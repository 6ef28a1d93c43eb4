// SPDX-License-Identifier: Apache-2.0
#include "castner/plant/outside.h"

#include <gtest/gtest.h>

#include <cmath>

#include "castner/plant/stream.h"

namespace castner::plant {
namespace {

/// A unit without equations that joins streams, whose liquids then stand under one pressure.
struct Pipe {
  std::vector<Variable> variables;
  std::vector<Equation> equations;
  template <class T>
  bool residual(std::span<const T>, std::span<T>) const {
    return true;
  }
};

struct Sketch {
  Sketch() { plant.flowsheet = std::make_unique<Flowsheet>(); }

  /// A stream with these values, in the order of its variables; 0 starts at its typical value.
  void stream(const std::string& name, Contents contents, std::vector<double> values, bool feed = false) {
    plant.streams.push_back({name, contents, feed ? "" : "U", ""});
    for (Variable v : stream_variables(contents)) {
      v.name = name + "." + v.name;
      plant.flowsheet->add_variable(v);
    }
    x.insert(x.end(), values.begin(), values.end());
    ASSERT_EQ(x.size(), plant.flowsheet->variables().size());
  }
  void join(const std::vector<std::string>& names) {
    Pipe pipe;
    std::vector<std::string> paths;
    for (const auto& n : names) paths.push_back(n + ".flow_mass");
    for (const auto& p : paths) pipe.variables.push_back({p, "kg/s", 0.0, kUnbounded, 1.0, 1.0});
    plant.flowsheet->add_unit("U", make_unit(std::move(pipe)), paths);
  }
  std::vector<Warning> outside(std::span<const double> sd = {}) const { return plant::outside(plant, x, sd); }

  Plant plant;
  std::vector<double> x;
};

constexpr double kC = 273.15;

/// Of one stream, the quantity and the limit of each warning.
struct Case {
  Contents contents;
  std::vector<double> values;
  std::string path;  ///< empty: nothing to say
  double limit = 0.0, near = 0.0;
};

TEST(Outside, JudgesEachStreamByWhatItHolds) {
  using enum Contents;
  const std::vector<Case> cases{
      // Solubility of NaCl after Sparrow: 26.28 % + 62.75e-4 t + 1.084e-4 t^2: 26.45 % at 20, 27.15 % at 65 degC.
      {brine, {1, 0.40, kC + 20}, "S.mass_frac.NaCl", 0.2645, 1e-4},
      {brine, {1, 0.30, kC + 65}, "S.mass_frac.NaCl", 0.2715, 1e-4},
      {brine, {1, 0.26, kC + 20}, ""},
      {brine, {1, 0.26, kC - 1}, "S.temperature", kC, 1e-9},
      // Of salt in salt and water alone: 1 % of others leave 0.99 of it.
      {depleted_brine, {1, 0.28, 0.01, 0.0, 0.0, kC + 65}, "S.mass_frac.NaCl", 0.2715 * 0.99, 1e-4},
      {acid_brine, {1, 0.13, 0.50, kC + 60}, "S.mass_frac.HCl", 0.05, 1e-9},
      {acid_brine, {1, 0.20, 0.03, kC + 60}, ""},  // as chlorate is decomposed
      {depleted_brine, {1, 0.15, 0.10, 0.0, 0.0, kC + 60}, "S.mass_frac.NaClO3", 0.05, 1e-9},
      {depleted_brine, {1, 0.9, 0.3, 0.0, 0.0, kC + 65}, "S.mass_frac.NaCl", 0.7, 1e-9},  // 20 % too much
      {caustic, {1, 0.90, kC + 120}, "S.mass_frac.NaOH", 0.78, 1e-9},
      {caustic, {1, 0.90, kC + 20}, "S.mass_frac.NaOH", 0.46, 1e-9},
      {caustic, {1, 0.32, kC + 88}, ""},
      // 50 % caustic boils at 145 degC in air (Dow; Olsson 146.4), 32 % at 119; water at 99.974.
      {caustic, {1, 0.50, kC + 138}, ""},
      {caustic, {1, 0.50, kC + 160}, "S.temperature", kC + 145, 2.0},
      {caustic, {1, 0.32, kC + 130}, "S.temperature", kC + 119.0, 1.5},
      {water, {1, kC + 100.2}, ""},
      {water, {1, kC + 120}, "S.temperature", 373.124, 0.01},
      {brine, {1, 0.26, kC + 150}, "S.temperature", kC + 107.5, 1.5},
      {water, {1, kC - 2}, "S.temperature", kC, 1e-9},
      // Saturation at 300 kPa is 133.52, at 1000 kPa 179.88 degC (IF97).
      {steam, {1, kC + 72.8, 300e3}, "S.temperature", kC + 133.52, 0.01},
      {steam, {1, kC + 175.358, 1000e3}, "S.temperature", kC + 179.88, 0.01},
      {steam, {1, kC + 133.4, 300e3}, ""},
      {steam, {1, kC + 180, 300e3}, ""},
      // Wet chlorine of the cell room as it leaves the cells, then cooled: water is 55.7 kPa of it, whose dew point is 84 degC.
      {chlorine_gas, {1, 0.003, 0.178, kC + 88, 121.3e3}, ""},
      {chlorine_gas, {1, 0.003, 0.178, kC + 40, 121.3e3}, "S.temperature", kC + 84.0, 0.2},
      {hydrogen_gas, {1, 0.75, kC + 40, 124.3e3}, "S.temperature", kC + 70.2, 0.5},  // 31.3 kPa of water
      {hydrogen_gas, {1, 0.02, kC + 40, 500e3}, "S.pressure", 300e3, 1e-6},
      // Dry chlorine of 300 kPa boils at -5.6 degC (Antoine: 6.8 bar at 20, 3.7 at 0 degC).
      {chlorine_gas, {1, 0.0, 0.0, kC - 25, 299e3}, "S.temperature", kC - 5.6, 1.0},
  };
  for (const Case& c : cases) {
    Sketch s;
    s.stream("S", c.contents, c.values);
    const auto found = s.outside();
    const std::string what = std::string(contents_info(c.contents).name) + (found.empty() ? "" : ": " + found[0].text);
    ASSERT_EQ(found.size(), c.path.empty() ? 0u : 1u) << what;
    if (found.empty()) continue;
    EXPECT_EQ(found[0].path, c.path) << what;
    EXPECT_NEAR(found[0].limit, c.limit, c.near) << what;
    EXPECT_FALSE(found[0].unit.empty()) << what;
    EXPECT_NE(found[0].value, found[0].limit) << what;
  }
}

TEST(Outside, SaysWhatWhereAndBySources) {
  Sketch s;
  s.stream("ST", Contents::steam, {1, kC + 110, 172.4e3});
  const auto found = s.outside();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].text,
            "ST.temperature is 110 degC, below 115.6 degC: saturation at its pressure; steam would condense");
  EXPECT_EQ(found[0].source, "if97");
  EXPECT_EQ(found[0].unit, "K");
  EXPECT_EQ(found[0].value, kC + 110);
}

TEST(Outside, AStreamWithoutFlowHasNoState) {
  Sketch s;
  s.stream("S", Contents::brine, {0.0, 0.40, kC + 20});
  EXPECT_TRUE(s.outside().empty());
}

TEST(Outside, LiquidsStandUnderTheHighestPressureAroundThem) {
  Sketch s;
  s.stream("steam", Contents::steam, {1, kC + 160, 500e3});  // saturated at 151.8 degC
  s.stream("cold", Contents::water, {1, kC + 20});
  s.stream("hot", Contents::water, {1, kC + 140});
  s.stream("on", Contents::water, {1, kC + 139});
  s.stream("apart", Contents::water, {1, kC + 139});
  s.join({"steam", "cold", "hot"});
  s.join({"hot", "on"});
  const auto found = s.outside();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].path, "apart.temperature");
}

TEST(Outside, AFeedHotterThanItBoilsInAirIsBelieved) {
  Sketch s;
  s.stream("feed", Contents::water, {1, kC + 140}, true);
  s.stream("on", Contents::water, {1, kC + 150});
  s.join({"feed", "on"});
  const auto found = s.outside();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].path, "on.temperature");
  EXPECT_NEAR(found[0].limit, kC + 140, 0.01);
}

TEST(Outside, WhatAnEstimateLeavesForSure) {
  Sketch s;
  s.stream("S", Contents::steam, {1, kC + 130, 300e3});  // 3.52 K below saturation
  EXPECT_EQ(s.outside(std::vector<double>{0.0, 1.0, 0.0}).size(), 1u);
  EXPECT_EQ(s.outside(std::vector<double>{0.0, 2.0, 0.0}).size(), 0u);
  EXPECT_EQ(s.outside(std::vector<double>{0.0, INFINITY, 0.0}).size(), 0u);
}

}  // namespace
}  // namespace castner::plant
