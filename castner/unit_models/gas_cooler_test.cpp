// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "castner/unit_models/model_bench.h"

namespace castner::unit_models {
namespace {

using plant::Contents;

/// Wet chlorine of docs/domain/base_case.md 1.2, cooled from 88 degC at 121.3 kPa.
struct ChlorineCooler : ModelBench {
  explicit ChlorineCooler(double celsius, double water = 0.178)
      : ModelBench("gas_cooler", {{"gas_in", true, Contents::chlorine_gas},
                                  {"gas_out", false, Contents::chlorine_gas},
                                  {"condensate", false, Contents::water}}) {
    hold("gas_in.flow_mass", 3400.0 / 3600), hold("gas_in.temperature", 361.15), hold("gas_in.pressure", 121.3e3);
    hold("gas_in.mass_frac.O2", 0.003), hold("gas_in.mass_frac.H2O", water);
    hold("gas_out.temperature", 273.15 + celsius);
  }
};

TEST(GasCooler, CondensesTheWaterThatSaturationLeaves) {
  // 3400 kg/h: water 605.2 kg/h, dry 2784.6 of Cl2 (39.27 kmol/h) and 10.2 of O2 (0.32). At 40 degC p_sat is 7.384 of 121.3 kPa, so
  // 39.59 * 7.384/113.92 = 2.566 kmol/h, 46.2 kg/h, stay: 559 kg/h condense. Heat: 559 kg/h * 2.5 MJ/kg (88 degC vapour to 40
  // degC water) is 388 kW, the dry gas 19.4 kW, the vapour that stays 1 kW.
  ChlorineCooler b(40.0);
  ASSERT_TRUE(b.unit) << b.problems;
  ASSERT_GE(b.solve(), 0);
  EXPECT_NEAR(b["condensate.flow_mass"] * 3600, 559.0, 0.5);
  EXPECT_NEAR(b["duty"], 0.41e6, 0.01e6);
  EXPECT_EQ(b["condensate.temperature"], b["gas_out.temperature"]);
}

TEST(GasCooler, CondensesNothingAboveTheDewPoint) {
  ChlorineCooler b(86.0);  // the dew point is 84.0 degC
  ASSERT_GE(b.solve(), 0);
  EXPECT_NEAR(b["condensate.flow_mass"], 0.0, 1e-6);
  EXPECT_NEAR(b["gas_out.mass_frac.H2O"], 0.178, 1e-6);
}

TEST(GasCooler, CoolsDryGas) {
  for (const double celsius : {-20.0, 20.0, 60.0})
    for (const double water : {0.0, 1e-12, 1e-6}) {
      ChlorineCooler b(celsius, water);
      ASSERT_GE(b.solve(), 0) << celsius << " " << water;
      EXPECT_GE(b["gas_out.mass_frac.H2O"], 0.0);
      EXPECT_NEAR(b["gas_out.mass_frac.H2O"], water, 1e-9);
      EXPECT_NEAR(b["condensate.flow_mass"], 0.0, 1e-9);
      EXPECT_GT(b["duty"], 0.0);
    }
}

}  // namespace
}  // namespace castner::unit_models
