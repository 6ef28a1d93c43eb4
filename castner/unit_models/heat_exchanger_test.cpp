// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "castner/unit_models/counter_flow.h"
#include "castner/unit_models/model_bench.h"
#include "tests/support/agreement.h"

namespace castner::unit_models {
namespace {

using plant::Contents;
using testing::expect_agreement;

TEST(CounterFlow, IsTheLogarithmicMeanAndSmoothWhereDifferencesAreEqual) {
  // Ends 20 and 10 K apart: z = ln 2.
  const ExchangerSide<double> hot{100.0, 60.0, 40.0}, cold{50.0, 80.0, 30.0};
  const double conductance = std::log(2.0) / 10.0;
  EXPECT_NEAR(mean_difference(hot, cold, conductance), 10.0 / std::log(2.0), 1e-13);
  // The same by effectiveness, where ends are 200 and 1 K apart: z = ln 200.
  const ExchangerSide<double> far_hot{300.0, 60.0, 240.0}, far_cold{59.0, 100.0, 41.0};
  EXPECT_NEAR(mean_difference(far_hot, far_cold, std::log(200.0) / 199.0), 199.0 / std::log(200.0), 1e-12);
  EXPECT_EQ(mean_difference<double>({7.0, 7.0, 1.0}, {7.0, 7.0, 1.0}, 3.0), 0.0);
  EXPECT_NEAR(tanh_ratio(1e9), 1e-9, 1e-20);  // no overflow
  // Values and slopes meet where a series changes to its quotient, |argument| = 0.05.
  for (const double edge : {0.05, -0.05})
    for (const auto f : {tanh_ratio<Dual1>, atanh_ratio<Dual1>}) {
      const auto below = f(Dual1::seed(edge * (1 - 1e-12), 0)), above = f(Dual1::seed(edge * (1 + 1e-12), 0));
      EXPECT_NEAR(below.a, above.a, 1e-14);
      EXPECT_NEAR(below.v[0], above.v[0], 1e-11);
    }
  // And where the weight begins and ends, b/a = (1 - u)/(1 + u) at u = 0.9 and 0.98.
  for (const double u : {0.9, 0.98}) {
    const auto at = [&](double b) {
      return mean_difference<Dual1>({100.0, Dual1::seed(b, 0), 1.0}, {0.0, 0.0, 0.2}, 2.0);
    };
    const double edge = 100.0 * (1 - u) / (1 + u);
    EXPECT_NEAR(at(edge * (1 - 1e-9)).a, at(edge * (1 + 1e-9)).a, 1e-6);
    EXPECT_NEAR(at(edge * (1 - 1e-9)).v[0], at(edge * (1 + 1e-9)).v[0], 1e-6);
  }
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
  EXPECT_NEAR(b["duty"], 40.0 * 1200.0 * (d1 - d2) / std::log(d1 / d2), 1e-9 * b["duty"]);
  EXPECT_NEAR(b["duty"], 20.0 * 4181.0 * (b["cold_out.temperature"] - 298.15),
              0.003 * b["duty"]);  // cp of water within 0.3 %
  EXPECT_EQ(b["hot_out.mass_frac.NaOH"], 0.32);
}

/// Two streams of water. Effectiveness of counter-flow by NTU and capacities at the mean temperatures, an independent way.
struct WaterExchanger : ModelBench {
  WaterExchanger(double area, double hot, double cold, double hot_flow = 2.0, double cold_flow = 5.0)
      : ModelBench("heat_exchanger", {{"hot_in", true, Contents::water},
                                      {"hot_out", false, Contents::water},
                                      {"cold_in", true, Contents::water},
                                      {"cold_out", false, Contents::water}}) {
    hold("hot_in.flow_mass", hot_flow), hold("hot_in.temperature", 273.15 + hot);
    hold("cold_in.flow_mass", cold_flow), hold("cold_in.temperature", 273.15 + cold);
    hold("area", area), hold("heat_transfer_coefficient", 1000.0);
  }
  double celsius(const std::string& port) { return (*this)[port + ".temperature"] - 273.15; }
};

TEST(HeatExchanger, NeverCoolsBelowTheInletOfTheOtherSide) {
  for (const double area : {100.0, 150.0, 200.0, 400.0, 4000.0, 1e6}) {
    WaterExchanger b(area, 90.0, 10.0);
    ASSERT_GE(b.solve(), 0) << area;
    EXPECT_GE(b.celsius("hot_out"), 10.0 - 1e-9) << area;  // rounding of 283 K
    // At NTU 24 and more, C_hot/C_cold 0.4, the effectiveness is 1 to 1e-6: 80 K * 2 kg/s of 4.19 kJ/(kg K) over 5 kg/s
    // of 4.18 warm the cold side by 32.0 K.
    if (area >= 200.0) {
      EXPECT_NEAR(b.celsius("hot_out"), 10.0, 2e-4) << area;
      EXPECT_NEAR(b.celsius("cold_out"), 42.0, 0.1) << area;
    }
  }
}

TEST(HeatExchanger, ObeysTheSecondLawAtEveryFlowAndSurface) {
  constexpr double kRounding = 1e-2;  // [K] of balances that close to 1e-4 W
  for (const double area : {0.0, 1.0, 100.0, 1e4, 1e6, 2e7, 1e9})
    for (const double hot : {1e-6, 1e-4, 1e-2, 1.0, 5.0, 100.0})
      for (const double cold : {1e-6, 1e-2, 5.0}) {
        SCOPED_TRACE(std::to_string(area) + " m2, " + std::to_string(hot) + " and " + std::to_string(cold) + " kg/s");
        WaterExchanger b(area, 80.0, 20.0, hot, cold);
        ASSERT_GE(b.solve(), 0);
        for (const char* end : {"hot_out", "cold_out"}) {
          EXPECT_GE(b.celsius(end), 20.0 - kRounding);
          EXPECT_LE(b.celsius(end), 80.0 + kRounding);
        }
        EXPECT_GE(b["duty"], -1e-9);
      }
}

TEST(HeatExchanger, GivesTheTrueNegativeDutyWhereSidesAreSwapped) {
  // NTU = 20 kW/K over 2 * 4.19 = 2.39, C ratio 0.4: effectiveness (1 - e)/(1 - 0.4 e), e = exp(-2.39 * 0.6), is 0.842;
  // times 8.39 kW/K times -80 K is -565 kW.
  WaterExchanger b(20.0, 10.0, 90.0);
  ASSERT_GE(b.solve(), 0);
  EXPECT_NEAR(b["duty"], -565e3, 3e3);
  WaterExchanger right(20.0, 90.0, 10.0, 5.0, 2.0);  // the same with sides as they are
  ASSERT_GE(right.solve(), 0);
  EXPECT_NEAR(b["duty"], -right["duty"], 1e-6 * right["duty"]);
}

TEST(HeatExchanger, PassesThroughNoDifferenceAndNoFlow) {
  for (const double cold : {59.0, 59.999, 60.0, 60.001, 61.0}) {
    WaterExchanger b(50.0, 60.0, cold);
    ASSERT_GE(b.solve(), 0) << cold;
    EXPECT_NEAR(b["duty"], (60.0 - cold) * 8.3e3, std::abs(60.0 - cold) * 400.0 + 1e-6) << cold;
  }
  WaterExchanger equal(50.0, 60.0, 20.0, 3.0, 3.0);  // both sides change alike: effectiveness NTU/(1 + NTU)
  ASSERT_GE(equal.solve(), 0);
  const double ntu = 50e3 / (3.0 * 4180.0);
  EXPECT_NEAR(equal["duty"], ntu / (1.0 + ntu) * 3.0 * 4180.0 * 40.0, 0.002 * equal["duty"]);
  WaterExchanger standing(50.0, 60.0, 20.0, 0.0, 3.0);
  ASSERT_GE(standing.solve(), 0);
  EXPECT_NEAR(standing["duty"], 0.0, 1.0);  // [W]
}

/// Steam of 3 bar and 150 degC against 10 kg/s of water of 20 degC, 20 kW/K: condensing drives with 133.52 degC, so the water takes
/// C (1 - exp(-UA/C)) * 113.52 K, C = 10 * 4.183 kJ/(kg K): 1.805 MW.
struct Condenser : ModelBench {
  Condenser(double steam, Contents leaves)
      : ModelBench("heat_exchanger", {{"hot_in", true, Contents::steam},
                                      {"hot_out", false, leaves},
                                      {"cold_in", true, Contents::water},
                                      {"cold_out", false, Contents::water}}) {
    hold("hot_in.flow_mass", steam), hold("hot_in.temperature", 423.15), hold("hot_in.pressure", 300e3);
    hold("cold_in.flow_mass", 10.0), hold("cold_in.temperature", 293.15);
    hold("area", 20.0), hold("heat_transfer_coefficient", 1000.0);
  }
};

TEST(HeatExchanger, CondensesSteamInPart) {
  Condenser b(1.0, Contents::wet_steam);
  ASSERT_TRUE(b.unit) << b.problems;
  ASSERT_GE(b.solve(), 0);
  EXPECT_NEAR(b["duty"], 1.805e6, 3e3);
  // 2761 kJ/kg less 1805: between 561.4 and 2724.9 (steam tables, 3 bar) 18.2 % are still steam.
  EXPECT_NEAR(b["hot_out.enth_mass"], 956e3, 4e3);
  EXPECT_EQ(b["hot_out.pressure"], 300e3);
}

TEST(HeatExchanger, CondensesAllAndCoolsItNoFurtherThanTheOtherInlet) {
  for (const Contents leaves : {Contents::water, Contents::wet_steam}) {
    Condenser b(0.6, leaves);  // 0.6 kg/s * 2200 kJ/kg, less than the exchanger could take
    ASSERT_GE(b.solve(), 0);
    EXPECT_GT(b["duty"], 0.6 * (2761e3 - 561.4e3));
    EXPECT_LT(b["duty"], 0.6 * (2761e3 - 83.9e3));  // at 20 degC
    Condenser little(0.02, leaves);
    ASSERT_GE(little.solve(), 0);
    EXPECT_NEAR(little["duty"], 0.02 * (2761e3 - 83.9e3), 60.0);
    EXPECT_LE(little["duty"], 0.02 * (2761.5e3 - 83.9e3));
  }
}

TEST(HeatExchanger, BoilsWater) {
  // 5 kg/s of water of 180 degC, C = 5 * 4.36 kJ/(kg K), against a pool that boils at 120.21 degC (2 bar): 1 - exp(-20/21.8) of
  // 59.8 K is 782 kW. From water of 100 degC (419.1 kJ/kg) to steam (2706.2): 0.342 kg/s.
  ModelBench b("heat_exchanger", {{"hot_in", true, Contents::water},
                                  {"hot_out", false, Contents::water},
                                  {"cold_in", true, Contents::water},
                                  {"cold_out", false, Contents::steam}});
  ASSERT_TRUE(b.unit) << b.problems;
  b.hold("hot_in.flow_mass", 5.0), b.hold("hot_in.temperature", 453.15);
  b.hold("cold_in.temperature", 373.15), b.hold("cold_out.pressure", 200e3);
  b.hold("cold_out.temperature", 273.15 + 120.21);
  b.hold("area", 20.0), b.hold("heat_transfer_coefficient", 1000.0);
  ASSERT_GE(b.solve(), 0);
  EXPECT_NEAR(b["duty"], 782e3, 8e3);
  EXPECT_NEAR(b["cold_in.flow_mass"], b["duty"] / (2706.2e3 - 419.1e3), 1e-4);
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
