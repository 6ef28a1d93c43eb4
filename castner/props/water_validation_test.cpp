// SPDX-License-Identifier: Apache-2.0
// IAPWS-IF97 against the verification tables of its own release, and the flash built on it.
#include <gtest/gtest.h>

#include "castner/props/constants.h"
#include "castner/props/water_if97.h"
#include "castner/props/water_if97_backward.h"
#include "tests/support/agreement.h"
#include "tests/support/published_table.h"

namespace castner::props {
namespace {

using testing::expect_agreement;
using testing::PublishedTable;
using Row = PublishedTable::Row;

/// Nine published digits: one unit in the ninth is at most 1e-8 relative.
void expect_nine_digits(const char* table, const std::string& quantity, double published, double computed) {
  expect_agreement({.validation = table,
                    .quantity = quantity,
                    .published = published,
                    .computed = computed,
                    .tolerance = 1e-8 * std::fabs(published),
                    .source = "if97"});
}

void expect_table(const char* name, const char* file,
                  WaterProperties<double> (*properties)(const WaterState<double>&)) {
  for (const Row& row : PublishedTable(file).rows()) {
    const WaterState<double> s{.temperature = row["temperature_K"], .pressure = row["pressure_MPa"] * kMPa};
    const auto w = properties(s);
    const std::string at = " at " + row.text("temperature_K") + " K, " + row.text("pressure_MPa") + " MPa";
    expect_nine_digits(name, "volume m3/kg" + at, row["volume_m3_kg"], w.vol_mass);
    expect_nine_digits(name, "enthalpy kJ/kg" + at, row["enthalpy_kJ_kg"], w.enth_mass / kKilo);
    expect_nine_digits(name, "internal energy kJ/kg" + at, row["internal_energy_kJ_kg"],
                       (w.enth_mass - s.pressure * w.vol_mass) / kKilo);
    expect_nine_digits(name, "entropy kJ/(kg K)" + at, row["entropy_kJ_kgK"], w.entr_mass / kKilo);
    expect_nine_digits(name, "heat capacity kJ/(kg K)" + at, row["heat_capacity_kJ_kgK"], w.cp_mass / kKilo);
  }
}

TEST(WaterLiquid, MatchesTable5) {
  expect_table("IF97 table 5", "if97/table05_region1.csv", properties_liq_water<double>);
}
TEST(WaterVapour, MatchesTable15) {
  expect_table("IF97 table 15", "if97/table15_region2.csv", properties_vap_water<double>);
}

TEST(WaterSaturation, MatchesTables35And36) {
  for (const Row& row : PublishedTable("if97/table35_pressure_sat.csv").rows())
    expect_nine_digits("IF97 table 35", "saturation pressure MPa at " + row.text("temperature_K") + " K",
                       row["pressure_MPa"], pressure_sat_water(row["temperature_K"]) / kMPa);
  for (const Row& row : PublishedTable("if97/table36_temperature_sat.csv").rows())
    expect_nine_digits("IF97 table 36", "saturation temperature K at " + row.text("pressure_MPa") + " MPa",
                       row["temperature_K"], temperature_sat_water(row["pressure_MPa"] * kMPa));
}

TEST(WaterBackward, TemperatureFromEnthalpyMatchesTables7And24) {
  const auto table = [](const char* name, const char* file, auto temperature) {
    for (const Row& row : PublishedTable(file).rows()) {
      const PressureEnthalpy<double> s{.pressure = row["pressure_MPa"] * kMPa,
                                       .enth_mass = row["enthalpy_kJ_kg"] * kKilo};
      expect_nine_digits(name, "T K at " + row.text("pressure_MPa") + " MPa, " + row.text("enthalpy_kJ_kg") + " kJ/kg",
                         row["temperature_K"], temperature(s));
    }
  };
  table("IF97 table 7", "if97/table07_temperature_ph_region1.csv",
        [](const auto& s) { return temperature_liq_water(s); });
  table("IF97 table 24", "if97/table24_temperature_ph_region2.csv",
        [](const auto& s) { return temperature_vap_water(s); });
}

TEST(WaterBackward, TemperatureFromEntropyMatchesTables9And29) {
  const auto table = [](const char* name, const char* file, auto temperature) {
    for (const Row& row : PublishedTable(file).rows()) {
      const PressureEntropy<double> s{.pressure = row["pressure_MPa"] * kMPa,
                                      .entr_mass = row["entropy_kJ_kgK"] * kKilo};
      expect_nine_digits(name,
                         "T K at " + row.text("pressure_MPa") + " MPa, " + row.text("entropy_kJ_kgK") + " kJ/(kg K)",
                         row["temperature_K"], temperature(s));
    }
  };
  table("IF97 table 9", "if97/table09_temperature_ps_region1.csv",
        [](const auto& s) { return temperature_liq_water(s); });
  table("IF97 table 29", "if97/table29_temperature_ps_region2.csv",
        [](const auto& s) { return temperature_vap_water(s); });
}

TEST(WaterSaturation, MatchesSpotValuesOfTheEvaporators) {
  const auto spot = [](const char* quantity, double published, double computed, double tolerance) {
    expect_agreement({"Domain 6.5, steam", quantity, published, computed, tolerance, "domain-reference, computed"});
  };
  // Half a unit of the last printed digit.
  spot("T_sat degC at 11.7 kPa", 48.91, temperature_sat_water(11.7e3) - 273.15, 0.005);
  spot("T_sat degC at 172.4 kPa", 115.58, temperature_sat_water(172.4e3) - 273.15, 0.005);
  spot("T_sat degC at 900 kPa", 175.36, temperature_sat_water(900e3) - 273.15, 0.005);
  const double t = temperature_sat_water(172.4e3);
  spot("heat of evaporation kJ/kg at 172.4 kPa", 2214.43,
       (enth_mass_vap_sat_water(t) - enth_mass_liq_sat_water(t)) / kKilo, 0.005);
}

// ---- flash ----------------------------------------------------------------------------------------------------------

TEST(WaterFlash, FindsTheRegionOfEnthalpy) {
  const double p = 1e5, t = temperature_sat_water(p);
  const double liquid = enth_mass_liq_sat_water(t), vapour = enth_mass_vap_water<double>({t, p});
  const auto at = [&](double h) { return flash_water(PressureEnthalpy<double>{p, h}); };

  const auto cold = at(4.2e5 - 1e5);
  EXPECT_EQ(cold.phase, WaterPhase::liquid);
  EXPECT_NEAR(enth_mass_liq_water<double>({cold.temperature, p}), 3.2e5, 25e-3 * 4200);  // 25 mK
  EXPECT_FALSE(cold.vapour_fraction.has_value());

  const auto half = at(0.5 * (liquid + vapour));
  EXPECT_EQ(half.phase, WaterPhase::two_phase);
  EXPECT_DOUBLE_EQ(half.temperature, t);
  EXPECT_NEAR(half.vapour_fraction.value(), 0.5, 1e-12);  // the lever rule, to rounding
  EXPECT_TRUE(half.in_range);

  const auto hot = at(3.0e6);
  EXPECT_EQ(hot.phase, WaterPhase::vapour);
  EXPECT_NEAR(enth_mass_vap_water<double>({hot.temperature, p}), 3.0e6, 10e-3 * 2200);  // 10 mK
  EXPECT_TRUE(hot.in_range);
}

TEST(WaterFlash, FindsTheRegionOfEntropy) {
  const auto wet = flash_water(PressureEntropy<double>{1e5, 4.0e3});
  EXPECT_EQ(wet.phase, WaterPhase::two_phase);
  EXPECT_EQ(flash_water(PressureEntropy<double>{1e5, 1.0e3}).phase, WaterPhase::liquid);
  EXPECT_EQ(flash_water(PressureEntropy<double>{1e5, 8.0e3}).phase, WaterPhase::vapour);
}

TEST(WaterFlash, SaysWhereIf97IsNotCovered) {
  // 25 MPa between the end of the liquid (1.65e6) and of the vapour (2.6e6): region 3.
  const auto near_critical = flash_water(PressureEnthalpy<double>{25e6, 2.1e6});
  EXPECT_EQ(near_critical.phase, WaterPhase::supercritical);
  EXPECT_FALSE(near_critical.in_range);
  EXPECT_FALSE(flash_water(PressureEnthalpy<double>{1e5, 5e6}).in_range);    // hotter than 800 degC
  EXPECT_FALSE(flash_water(PressureEnthalpy<double>{1e5, -1e5}).in_range);   // colder than 0 degC
  EXPECT_FALSE(flash_water(PressureEnthalpy<double>{100.0, 2e6}).in_range);  // below the triple point
  EXPECT_TRUE(flash_water(PressureEnthalpy<double>{25e6, 1.0e6}).in_range);
}

}  // namespace
}  // namespace castner::props
