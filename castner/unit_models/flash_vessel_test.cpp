// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "castner/unit_models/model_bench.h"

namespace castner::unit_models {
namespace {

using plant::Contents;

TEST(FlashVessel, PartsFlashSteamFromCondensate) {
  // Steam tables: 175.36 degC (9 bar) 742.7 kJ/kg; 3 bar 561.4 and 2724.9: (742.7 - 561.4)/2163.5 = 8.38 % flash.
  ModelBench b(
      "flash_vessel",
      {{"feed", true, Contents::water}, {"vapour", false, Contents::steam}, {"liquid", false, Contents::water}});
  ASSERT_TRUE(b.unit) << b.problems;
  b.hold("feed.flow_mass", 2.0), b.hold("feed.temperature", 273.15 + 175.36), b.hold("vapour.pressure", 300e3);
  ASSERT_GE(b.solve(), 0);
  EXPECT_NEAR(b["vapour.flow_mass"], 2.0 * 0.0838, 2e-4);
  EXPECT_NEAR(b["liquid.temperature"], 273.15 + 133.52, 0.01);

  b.hold("feed.temperature", 273.15 + 80.0);  // colder than boils there: liquid as it came
  ASSERT_GE(b.solve(), 0);
  EXPECT_NEAR(b["vapour.flow_mass"], 0.0, 1e-6);
  EXPECT_NEAR(b["liquid.temperature"], 273.15 + 80.0, 0.01);
}

}  // namespace
}  // namespace castner::unit_models
