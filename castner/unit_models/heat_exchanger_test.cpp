// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "castner/unit_models/log_mean.h"
#include "castner/unit_models/model_bench.h"
#include "tests/support/agreement.h"

namespace castner::unit_models {
namespace {

using plant::Contents;
using testing::expect_agreement;

TEST(LogMean, AgreesWithItsDefinitionAndIsSmoothWhereDifferencesAreEqual) {
  EXPECT_NEAR(log_mean(20.0, 10.0), 10.0 / std::log(2.0), 1e-13);
  EXPECT_EQ(log_mean(7.0, 7.0), 7.0);
  // Both sides of the change from series to quotient (u = 0.05): values and slopes meet.
  const auto at = [](double a) { return log_mean(Dual1::seed(a, 0), Dual1(1.0)); };
  const double edge = 1.05 / 0.95;
  EXPECT_NEAR(at(edge * (1 - 1e-12)).a, at(edge * (1 + 1e-12)).a, 1e-11);
  EXPECT_NEAR(at(edge * (1 - 1e-12)).v[0], at(edge * (1 + 1e-12)).v[0], 1e-11);
}

TEST(HeatExchanger, PreheatsLiquorByADutyFromOutside) {
  // docs/domain/caustic.md 5.2: the liquor between effects II and I of the train, 99.93 to 140 degC, takes 1141 kW.
  ModelBench b("heat_exchanger", {{"cold_in", true, Contents::caustic}, {"cold_out", false, Contents::caustic}});
  ASSERT_TRUE(b.unit) << b.problems;
  b.hold("cold_in.flow_mass", 12500.0 / 0.4169 / 3600);
  b.hold("cold_in.mass_frac.NaOH", 0.4169);
  b.hold("cold_in.temperature", 273.15 + 99.93);
  b.hold("cold_out.temperature", 273.15 + 140.0);
  ASSERT_GE(b.solve(), 0);
  // 0.01 K of the stated 99.93 degC is 0.3 kW, the last digit 0.5 kW.
  expect_agreement(
      {"Domain 5.2, three effects", "preheat II to I, kW", 1141, b["duty"] / 1000, 1.0, "domain-reference"});
}

TEST(HeatExchanger, ObeysItsHeatTransferEquationInCounterFlow) {
  ModelBench b("heat_exchanger", {{"hot_in", true, Contents::caustic},
                                  {"hot_out", false, Contents::caustic},
                                  {"cold_in", true, Contents::water},
                                  {"cold_out", false, Contents::water}});
  ASSERT_TRUE(b.unit) << b.problems;
  b.hold("hot_in.flow_mass", 10.0);
  b.hold("hot_in.mass_frac.NaOH", 0.32);
  b.hold("hot_in.temperature", 361.15);
  b.hold("cold_in.flow_mass", 20.0);
  b.hold("cold_in.temperature", 298.15);
  b.hold("area", 40.0);
  b.hold("heat_transfer_coefficient", 1200.0);
  ASSERT_GE(b.solve(), 0);
  const double d1 = b["hot_in.temperature"] - b["cold_out.temperature"],
               d2 = b["hot_out.temperature"] - b["cold_in.temperature"];
  // The differences are held above zero by a width of 0.01 K: 1e-6 relative at these 20 K and more.
  EXPECT_NEAR(b["duty"], 40.0 * 1200.0 * (d1 - d2) / std::log(d1 / d2), 2e-6 * b["duty"]);
  EXPECT_NEAR(b["duty"], 20.0 * 4181.0 * (b["cold_out.temperature"] - 298.15),
              0.003 * b["duty"]);  // cp of water within 0.3 %
  EXPECT_EQ(b["hot_out.mass_frac.NaOH"], 0.32);
}

TEST(HeatExchanger, RefusesHalfASideAndForeignContents) {
  EXPECT_NE(ModelBench("heat_exchanger", {{"hot_in", true, Contents::water}}).problems.find("one end"),
            std::string::npos);
  EXPECT_NE(ModelBench("heat_exchanger", {}).problems.find("no stream"), std::string::npos);
  const ModelBench b("heat_exchanger", {{"hot_in", true, Contents::brine}, {"hot_out", false, Contents::caustic}});
  EXPECT_NE(b.problems.find("what enters that side is brine"), std::string::npos) << b.problems;
}

TEST(Rectifier, LosesWhatItsEfficiencySays) {
  // docs/domain/base_case.md 1.2: 26.190 MW DC at 0.978 for 12.5 t/h of NaOH are 2142.3 kWh/t AC.
  ModelBench b("rectifier", {});
  ASSERT_TRUE(b.unit) << b.problems;
  b.hold("dc_power", 26.190e6);
  b.hold("efficiency", 0.978);
  ASSERT_GE(b.solve(), 0);
  expect_agreement(
      {"Domain 1.2, base case", "AC kWh/t NaOH", 2142.3, b["ac_power"] / 1e3 / 12.5, 0.1, "domain-reference"});
}

}  // namespace
}  // namespace castner::unit_models
