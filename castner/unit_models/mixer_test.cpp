// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "castner/unit_models/model_bench.h"

namespace castner::unit_models {
namespace {

using plant::Contents;

TEST(Mixer, DilutesCausticAndKeepsItsHeat) {
  // docs/domain/base_case.md 1.2: 221.5 t/h of 32 % caustic and 10.89 t/h of water make the 30.5 % feed of the cells.
  ModelBench b(
      "mixer",
      {{"in_1", true, Contents::caustic}, {"in_2", true, Contents::water}, {"out_1", false, Contents::caustic}});
  ASSERT_TRUE(b.unit) << b.problems;
  b.hold("in_1.flow_mass", 221.482 / 3.6);
  b.hold("in_1.mass_frac.NaOH", 0.32);
  b.hold("in_1.temperature", 361.15);
  b.hold("in_2.flow_mass", 10.893 / 3.6);
  b.hold("in_2.temperature", 361.15);
  ASSERT_GE(b.solve(), 0);
  EXPECT_NEAR(b["out_1.flow_mass"] * 3.6, 232.375, 1e-9);
  EXPECT_NEAR(b["out_1.mass_frac.NaOH"], 0.305, 1e-5);  // flows are stated to six digits
  EXPECT_GT(b["out_1.temperature"], 361.15 + 0.2);      // heat of dilution: warmer than both
  EXPECT_LT(b["out_1.temperature"], 361.15 + 3.0);
}

TEST(Mixer, DosesAcidWithoutMovingWater) {
  ModelBench b("mixer", {{"in_1", true, Contents::brine},
                         {"in_2", true, Contents::hydrogen_chloride},
                         {"out_1", false, Contents::acid_brine}});
  ASSERT_TRUE(b.unit) << b.problems;
  b.hold("in_1.flow_mass", 38.2);
  b.hold("in_1.mass_frac.NaCl", 0.26);
  b.hold("in_1.temperature", 338.15);
  b.hold("in_2.flow_mass", 0.05);
  ASSERT_GE(b.solve(), 0);
  EXPECT_NEAR(b["out_1.mass_frac.NaCl"] * b["out_1.flow_mass"], 38.2 * 0.26, 1e-9);
  EXPECT_NEAR(b["out_1.mass_frac.HCl"] * b["out_1.flow_mass"], 0.05, 1e-10);
  EXPECT_NEAR(b["out_1.temperature"], 338.15, 1e-6);  // dissolved acid is counted at its 25 degC value
}

TEST(Mixer, RefusesWhatTheProductCannotHold) {
  const ModelBench b("mixer", {{"in_1", true, Contents::brine}, {"out_1", false, Contents::caustic}});
  EXPECT_EQ(b.unit, nullptr);
  EXPECT_NE(b.problems.find("S_in_1"), std::string::npos) << b.problems;
  const ModelBench two(
      "mixer", {{"in_1", true, Contents::brine}, {"out_1", false, Contents::brine}, {"out_2", false, Contents::brine}});
  EXPECT_NE(two.problems.find("2 outlets"), std::string::npos) << two.problems;
}

TEST(Splitter, KeepsCompositionAndTemperature) {
  ModelBench b(
      "splitter",
      {{"in_1", true, Contents::caustic}, {"out_1", false, Contents::caustic}, {"out_2", false, Contents::caustic}});
  ASSERT_TRUE(b.unit) << b.problems;
  b.hold("in_1.flow_mass", 72.4);
  b.hold("in_1.mass_frac.NaOH", 0.32);
  b.hold("in_1.temperature", 361.15);
  b.hold("out_1.flow_mass", 10.85);
  ASSERT_GE(b.solve(), 0);
  EXPECT_NEAR(b["out_2.flow_mass"], 72.4 - 10.85, 1e-12);
  EXPECT_EQ(b["out_2.mass_frac.NaOH"], 0.32);
  EXPECT_EQ(b["out_2.temperature"], 361.15);
}

TEST(Splitter, RefusesDifferentContents) {
  const ModelBench b("splitter", {{"in_1", true, Contents::caustic}, {"out_1", false, Contents::water}});
  EXPECT_NE(b.problems.find("what is split is caustic"), std::string::npos) << b.problems;
}

}  // namespace
}  // namespace castner::unit_models
