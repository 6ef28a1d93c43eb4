// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "castner/unit_models/model_bench.h"

namespace castner::unit_models {
namespace {

using plant::Contents;

TEST(SteamHeater, TakesTheSteamThatItsDutyAsksFor) {
  // Brine of 26 %, 10 kg/s from 20 to 65 degC: 1467 kW (Sparrow). Steam of 3 bar, 140 degC (2739.4 kJ/kg) to condensate (561.4):
  // 0.6735 kg/s. Against 133.52 degC the mean difference is 45/ln(113.52/68.52) = 89.13 K: 16.46 m2 at 1000 W/(m2 K).
  ModelBench b("steam_heater", {{"steam", true, Contents::steam},
                                {"cold_in", true, Contents::brine},
                                {"condensate", false, Contents::water},
                                {"cold_out", false, Contents::brine}});
  ASSERT_TRUE(b.unit) << b.problems;
  b.hold("steam.temperature", 413.15), b.hold("steam.pressure", 300e3);
  b.hold("cold_in.flow_mass", 10.0), b.hold("cold_in.temperature", 293.15), b.hold("cold_in.mass_frac.NaCl", 0.26);
  b.hold("cold_out.temperature", 338.15), b.hold("heat_transfer_coefficient", 1000.0);
  ASSERT_GE(b.solve(), 0);
  EXPECT_NEAR(b["duty"], 1467e3, 1e3);
  EXPECT_NEAR(b["steam.flow_mass"], 0.6735, 5e-4);
  EXPECT_NEAR(b["condensate.temperature"], 273.15 + 133.52, 0.01);
  EXPECT_NEAR(b["area"], 16.46, 0.02);
}

}  // namespace
}  // namespace castner::unit_models
