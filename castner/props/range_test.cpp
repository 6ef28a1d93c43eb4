// SPDX-License-Identifier: Apache-2.0
#include "castner/props/range.h"

#include <gtest/gtest.h>

#include <limits>

#include "castner/props/water_if97.h"

namespace castner::props {
namespace {

using enum Correlation;

bool inside(Correlation c, const StatePoint& s) { return !outside_range(c, s).has_value(); }

TEST(Range, EveryCorrelationHasItsRowAndSource) {
  for (const auto& info : all_correlations()) {
    EXPECT_EQ(correlation_info(info.correlation).name, info.name);
    EXPECT_FALSE(info.source.empty());
    EXPECT_FALSE(info.limits.empty());
    // Nothing is known of a state without numbers, so nothing may be trusted.
    EXPECT_TRUE(outside_range(info.correlation, {}).has_value()) << info.name;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_TRUE(outside_range(info.correlation, {nan, nan, nan}).has_value()) << info.name;
  }
}

TEST(Range, OlssonsStepsWidenWithTemperature) {
  const auto pressure = [](double celsius, double w) {
    return inside(caustic_vapour_pressure, {.temperature = celsius + 273.15, .mass_frac = w});
  };
  EXPECT_TRUE(pressure(10, 0.41));
  EXPECT_FALSE(pressure(10, 0.45));
  EXPECT_TRUE(pressure(20, 0.50));  // on the edge the wider step holds
  EXPECT_TRUE(pressure(90, 0.70));
  EXPECT_FALSE(pressure(90, 0.71));
  EXPECT_TRUE(pressure(160, 0.80));
  EXPECT_FALSE(pressure(90, 0.01));
  EXPECT_FALSE(pressure(201, 0.50));
  // The published table leaves out the enthalpy of 50 % at 20 degC, and holds it at 40 degC.
  EXPECT_FALSE(inside(caustic_enthalpy, {.temperature = 293.15, .mass_frac = 0.50}));
  EXPECT_TRUE(inside(caustic_enthalpy, {.temperature = 313.15, .mass_frac = 0.50}));
}

TEST(Range, WaterPhasesMeetAtSaturation) {
  const double p = pressure_sat_water(373.15);
  EXPECT_TRUE(inside(water_liquid, {.temperature = 373.15, .pressure = p}));
  EXPECT_TRUE(inside(water_vapour, {.temperature = 373.15, .pressure = p}));
  EXPECT_FALSE(inside(water_liquid, {.temperature = 373.15, .pressure = 0.99 * p}));
  EXPECT_FALSE(inside(water_vapour, {.temperature = 373.15, .pressure = 1.01 * p}));
  EXPECT_FALSE(inside(water_vapour, {.temperature = 650.0, .pressure = 25e6}));  // region 3
  EXPECT_TRUE(inside(water_vapour, {.temperature = 1000.0, .pressure = 100e6}));
}

TEST(Range, SaysWhichLimitIsLeftAndByHowMuch) {
  EXPECT_EQ(outside_range(caustic_viscosity, {.temperature = 373.15, .mass_frac = 0.3}).value(),
            "temperature 373.15 K is 10 K above the limit of 363.15 K");
  EXPECT_EQ(outside_range(brine_activity, {.temperature = 300.0, .mass_frac = 0.30}).value(),
            "mass fraction 0.3 is 0.0404 above the limit of 0.25962");
}

}  // namespace
}  // namespace castner::props
