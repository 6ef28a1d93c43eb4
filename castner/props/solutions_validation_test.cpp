// SPDX-License-Identifier: Apache-2.0
// Caustic, brine and their activities against published tables and the values of docs/domain/properties.md.
#include <gtest/gtest.h>

#include <cmath>

#include "castner/props/brine.h"
#include "castner/props/caustic.h"
#include "castner/props/constants.h"
#include "castner/props/pitzer.h"
#include "castner/props/water_if97.h"
#include "tests/support/agreement.h"
#include "tests/support/published_table.h"

namespace castner::props {
namespace {

using testing::expect_agreement;
using testing::PublishedTable;
using testing::spot;
using Row = PublishedTable::Row;

double kelvin(double celsius) { return celsius + kZeroCelsius; }
CausticState<double> caustic(double w, double celsius) { return {.temperature = kelvin(celsius), .mass_frac_naoh = w}; }
BrineState<double> brine(double x, double celsius) { return {.temperature = kelvin(celsius), .mass_frac_nacl = x}; }
double boiling(double w, double kpa) {
  return temperature_boil_caustic<double>({.pressure = kpa * kKilo, .mass_frac_naoh = w}) - kZeroCelsius;
}

TEST(Caustic, MatchesOlssonsTable) {
  for (const Row& row : PublishedTable("olsson-1997/table.csv").rows()) {
    const auto s = caustic(row["mass_frac_naoh"], row["temperature_degC"]);
    const std::string at = " at w " + row.text("mass_frac_naoh") + ", " + row.text("temperature_degC") + " degC";
    // Printed digits; 2 % more for the rounding of the printer.
    const auto expect = [&](const std::string& quantity, const std::string& unit, const char* column, double computed) {
      if (const auto published = row.number(column))
        expect_agreement({"Olsson 1997, " + quantity, quantity + unit + at, *published, computed,
                          1.02 * row.last_digit(column), "olsson-1997"});
    };
    expect("density", " kg/m3", "density_kg_m3", dens_mass_caustic(s));
    expect("enthalpy", " kJ/kg", "enthalpy_kJ_kg", enth_mass_caustic(s) / kKilo);
    expect("vapour pressure", " kPa", "pressure_sat_kPa", pressure_sat_caustic(s) / kKilo);
  }
}

TEST(Solutions, MatchTheCrcHandbookAt20DegC) {
  for (const Row& row : PublishedTable("crc-2021/aqueous_20degC.csv").rows()) {
    const double w = row["mass_percent"] / 100.0;
    const bool naoh = row.text("salt") == "NaOH";
    const std::string at = " of " + row.text("mass_percent") + " % " + row.text("salt") + " at 20 degC";
    const auto expect = [&](const std::string& quantity, const std::string& unit, double published, double percent,
                            double computed) {
      expect_agreement({"CRC 2021, " + quantity + " of " + row.text("salt"), quantity + unit + at, published, computed,
                        percent / 100.0 * published, "crc-2021"});
    };
    expect("density", " kg/m3", row["density_kg_m3"], row["density_tolerance_percent"],
           naoh ? dens_mass_caustic(caustic(w, 20)) : dens_mass_brine(brine(w, 20)));
    expect("viscosity", " mPa s", row["viscosity_mPa_s"], row["viscosity_tolerance_percent"],
           kKilo * (naoh ? visc_d_caustic(caustic(w, 20)) : visc_d_brine(brine(w, 20))));
  }
}

TEST(Brine, DensityMatchesMeasurements) {
  for (const Row& row : PublishedTable("umk-1974/nacl_density.csv").rows())
    // Sparrow's accuracy, 0.1 %.
    expect_agreement({"UMK 1974, density of NaCl",
                      "density kg/m3 of " + row.text("mass_percent_nacl") + " % NaCl at 20 degC",
                      row["density_20degC_kg_m3"], dens_mass_brine(brine(row["mass_percent_nacl"] / 100.0, 20.0)),
                      1e-3 * row["density_20degC_kg_m3"], "umk-1974"});
}

TEST(Caustic, MatchesItsSpecificationSheet) {
  // Rounded figures of a supplier: the tolerances are 2 K and 0.5 %.
  expect_agreement(
      {"Dow, caustic of 50 %", "boiling point degC of 50 % at 101.3 kPa", 145.0, boiling(0.5, 101.3), 2.0, "dow"});
  const double water_4 = dens_mass_liq_water<double>({kelvin(4), 101325.0});
  expect_agreement({"Dow, caustic of 50 %", "specific gravity of 50 %, 20/4 degC", 1.52,
                    dens_mass_caustic(caustic(0.5, 20)) / water_4, 0.005 * 1.52, "dow"});
}

TEST(Caustic, MatchesPerrysDensities) {
  // Perry's figures as remembered in docs/domain/properties.md 6.1; the correlation is accurate to 0.2 %.
  const auto perry = [](const char* quantity, double published, double w, double t) {
    expect_agreement({"Perry, density of NaOH", quantity, published, dens_mass_caustic(caustic(w, t)), 2e-3 * published,
                      "domain-reference 6.1, remembered"});
  };
  perry("density kg/m3 of 50 % at 20 degC", 1525.3, 0.5, 20);
  perry("density kg/m3 of 50 % at 60 degC", 1496.7, 0.5, 60);
  perry("density kg/m3 of 50 % at 100 degC", 1469.0, 0.5, 100);
  perry("density kg/m3 of 30 % at 60 degC", 1302.5, 0.3, 60);
  perry("density kg/m3 of 30 % at 100 degC", 1275.5, 0.3, 100);
}

TEST(Caustic, MatchesTheSpotValues) {
  const auto p = [](double w, double t) { return pressure_sat_caustic(caustic(w, t)) / kKilo; };
  spot("Domain 6.1, caustic", "vapour pressure kPa of 32 % at 90 degC", 33.946, p(0.32, 90), 0.0005);
  spot("Domain 6.1, caustic", "vapour pressure kPa of 32 % at 80 degC", 22.318, p(0.32, 80), 0.0005);
  spot("Domain 6.1, caustic", "vapour pressure kPa of 50 % at 90 degC", 11.301, p(0.50, 90), 0.0005);
  spot("Domain 6.1, caustic", "vapour pressure kPa of 50 % at 20 degC", 0.163, p(0.50, 20), 0.0005);
  spot("Domain 6.1, caustic", "boiling point degC of 32 % at 101.325 kPa", 119.32, boiling(0.32, 101.325), 0.005);
  spot("Domain 6.1, caustic", "boiling point degC of 50 % at 101.325 kPa", 146.38, boiling(0.50, 101.325), 0.005);
  spot("Domain 6.1, caustic", "boiling point degC of 50 % at 13.332 kPa", 93.61, boiling(0.50, 13.332), 0.005);
  spot("Domain 6.1, caustic", "boiling point degC of 20 % at 101.325 kPa", 107.92, boiling(0.20, 101.325), 0.005);
  spot("Geankoplis, single effect", "boiling point degC of 50 % at 11.7 kPa", 90.75, boiling(0.50, 11.7), 0.005);
  const auto h = [](double w, double t) { return enth_mass_caustic(caustic(w, t)) / kKilo; };
  spot("Domain 6.1, caustic", "enthalpy kJ/kg of 30 % at 20 degC", 84.2, h(0.30, 20), 0.05);
  spot("Domain 6.1, caustic", "enthalpy kJ/kg of 30 % at 60 degC", 228.6, h(0.30, 60), 0.05);
  spot("Domain 6.1, caustic", "enthalpy kJ/kg of 30 % at 100 degC", 373.1, h(0.30, 100), 0.05);
  spot("Domain 6.1, caustic", "enthalpy kJ/kg of 50 % at 20 degC", 284.0, h(0.50, 20), 0.05);
  spot("Domain 6.1, caustic", "enthalpy kJ/kg of 50 % at 60 degC", 413.0, h(0.50, 60), 0.05);
  spot("Domain 6.1, caustic", "enthalpy kJ/kg of 50 % at 100 degC", 541.2, h(0.50, 100), 0.05);
  spot("Geankoplis, single effect", "enthalpy kJ/kg of 20 % at 60 degC", 213.3, h(0.20, 60), 0.05);
  spot("Geankoplis, single effect", "enthalpy kJ/kg of 50 % at 89.5 degC", 507.6, h(0.50, 89.5), 0.05);
  spot("Domain 6.1, caustic", "heat capacity kJ/(kg K) of 32 % at 90 degC", 3.59,
       cp_mass_caustic(caustic(0.32, 90)) / kKilo, 0.005);
  // The limit of pure water, which Olsson's does not meet exactly (0.5 and 0.3 % high). The source prints these
  // two beside w = 0.001; they are the values at w = 0.
  spot("Domain 6.1, caustic", "vapour pressure kPa of 0 % at 20 degC", 2.350, p(0.0, 20), 0.0005);
  spot("Domain 6.1, caustic", "vapour pressure kPa of 0 % at 90 degC", 70.38, p(0.0, 90), 0.006);
}

TEST(Caustic, HeatOfDilutionMatchesFelder) {
  // Enthalpy of NaOH.nH2O at 25 degC against NaOH.10H2O, kJ/mol NaOH; Olsson deviates by 0.23 at most.
  const auto per_mole = [](double n) {
    const double mass = kMolarMassNaOH + n * kMolarMassWater;
    return mass * enth_mass_caustic(caustic(kMolarMassNaOH / mass, 25)) -
           n * kMolarMassWater * enth_mass_liq_water<double>({kelvin(25), 101325.0});
  };
  const auto felder = [&](const char* quantity, double published, double n) {
    expect_agreement({"Felder B.11, heat of dilution", quantity, published, (per_mole(n) - per_mole(10)) / kKilo, 0.24,
                      "domain-reference 6.1, remembered"});
  };
  felder("dilution kJ/mol, n = 3", 13.64, 3);
  felder("dilution kJ/mol, n = 4", 8.08, 4);
  felder("dilution kJ/mol, n = 5", 4.77, 5);
  felder("dilution kJ/mol, n = 20", -0.33, 20);
}

TEST(Caustic, ActivityMatchesTheSpotValues) {
  spot("Domain 2.1, reversible voltage", "ln(m gamma) at w 0.32, 90 degC", 3.2890,
       log_molal_activity_naoh(caustic(0.32, 90)), 5e-5);
  spot("Domain 2.1, reversible voltage", "ln(m gamma) at w 0.30, 85 degC", 3.1132,
       log_molal_activity_naoh(caustic(0.30, 85)), 5e-5);
  spot("Domain 2.1, reversible voltage", "ln(m gamma) at w 0.35, 80 degC", 3.7480,
       log_molal_activity_naoh(caustic(0.35, 80)), 6e-5);
  const double w6 = 6.0 * kMolarMassNaOH / (1.0 + 6.0 * kMolarMassNaOH);
  const auto a = [&](double t) { return activity_water_caustic(caustic(w6, t)); };
  spot("Domain 6.1, caustic", "activity of water over 6 mol/kg NaOH at 25 degC", 0.7363, a(25), 5e-5);
  spot("Domain 6.1, caustic", "activity of water over 6 mol/kg NaOH at 60 degC", 0.7512, a(60), 5e-5);
  spot("Domain 6.1, caustic", "activity of water over 6 mol/kg NaOH at 90 degC", 0.7627, a(90), 5e-5);
}

TEST(Brine, MatchesTheSpotValues) {
  const auto rho = [](double x, double t) { return dens_mass_brine(brine(x, t)); };
  spot("Domain 6.3, brine", "density kg/m3 of 10 % at 20 degC", 1070.3, rho(0.10, 20), 0.05);
  spot("Domain 6.3, brine", "density kg/m3 of 20 % at 20 degC", 1147.4, rho(0.20, 20), 0.05);
  spot("Domain 6.3, brine", "density kg/m3 of 25 % at 20 degC", 1188.3, rho(0.25, 20), 0.05);
  spot("Domain 6.3, brine", "density kg/m3 of 26 % at 20 degC", 1196.7, rho(0.26, 20), 0.05);
  spot("Domain 6.3, brine", "density kg/m3 of 26 % at 60 degC", 1174.3, rho(0.26, 60), 0.05);
  spot("Domain 6.3, brine", "density kg/m3 of 26 % at 100 degC", 1149.2, rho(0.26, 100), 0.05);
  // Boiling saturated brine, remembered: 0.3 % of pressure here, though 6.3 mol/kg lies beyond Pitzer's range.
  const double x_boiling = mass_frac_sat_brine(kelvin(108.7));
  spot("Domain 6.3, brine", "vapour pressure kPa of saturated brine at 108.7 degC", 101.325,
       pressure_sat_brine(brine(x_boiling, 108.7)) / kKilo, 1.5);
  spot("Domain 6.3, brine", "solubility at 20 degC", 0.2645, mass_frac_sat_brine(kelvin(20)), 5e-5);
  spot("Domain 6.3, brine", "solubility at 60 degC", 0.2705, mass_frac_sat_brine(kelvin(60)), 5e-5);
  spot("Domain 6.3, brine", "solubility at 100 degC", 0.2799, mass_frac_sat_brine(kelvin(100)), 6e-5);
  spot("Domain 6.3, brine", "heat capacity kJ/(kg K) of 26 % at 25 degC", 3.263, cp_mass_brine(brine(0.26, 25)) / kKilo,
       0.0005);
  spot("Domain 6.3, brine", "heat capacity kJ/(kg K) of 26 % at 90 degC", 3.251, cp_mass_brine(brine(0.26, 90)) / kKilo,
       0.0005);
}

TEST(Pitzer, MatchesTheSpotValues) {
  const auto gamma = [](Salt salt, double m, double t) {
    return std::exp(log_activity_coefficient<double>(salt, {.temperature = kelvin(t), .molality = m}));
  };
  const auto water = [](Salt salt, double m, double t) {
    return std::exp(log_activity_water<double>(salt, {.temperature = kelvin(t), .molality = m}));
  };
  spot("Domain 6.4, activities", "NaCl gamma at 1 mol/kg, 25 degC", 0.6556, gamma(Salt::nacl, 1, 25), 5e-5);
  spot("Domain 6.4, activities", "NaCl gamma at 6 mol/kg, 25 degC", 0.988, gamma(Salt::nacl, 6, 25), 5e-4);
  spot("Domain 6.4, activities", "activity of water over 6 mol/kg NaCl at 25 degC", 0.7594, water(Salt::nacl, 6, 25),
       5e-5);
  spot("Domain 6.4, activities", "activity of water over 6 mol/kg NaCl at 90 degC", 0.7678, water(Salt::nacl, 6, 90),
       5e-5);
  spot("Domain 6.4, activities", "NaOH gamma at 1 mol/kg, 25 degC", 0.668, gamma(Salt::naoh, 1, 25), 5e-4);
  spot("Domain 6.4, activities", "NaOH gamma at 3 mol/kg, 25 degC", 0.784, gamma(Salt::naoh, 3, 25), 5e-4);
  spot("Domain 6.4, activities", "NaOH gamma at 6 mol/kg, 25 degC", 1.308, gamma(Salt::naoh, 6, 25), 5e-4);
  spot("Domain 6.1, caustic", "Pitzer activity of water over 6 mol/kg NaOH at 25 degC", 0.7317,
       water(Salt::naoh, 6, 25), 5e-5);
  spot("Domain 6.1, caustic", "Pitzer activity of water over 6 mol/kg NaOH at 60 degC", 0.7491,
       water(Salt::naoh, 6, 60), 5e-5);
  spot("Domain 6.1, caustic", "Pitzer activity of water over 6 mol/kg NaOH at 90 degC", 0.7650,
       water(Salt::naoh, 6, 90), 5e-5);
  const auto literature = [&](const char* quantity, double published, double computed, double tolerance) {
    expect_agreement({"Domain 6.4, activities", quantity, published, computed, tolerance,
                      "domain-reference 6.4, literature remembered"});
  };
  // 0.3 % for NaCl; NaOH's linear temperature coefficients and single C are good to 1.5 % at 25 degC.
  literature("NaCl gamma at 1 mol/kg, 25 degC, literature", 0.657, gamma(Salt::nacl, 1, 25), 0.002);
  literature("NaCl gamma at 6 mol/kg, 25 degC, literature", 0.986, gamma(Salt::nacl, 6, 25), 0.003);
  literature("NaOH gamma at 1 mol/kg, 25 degC, literature", 0.677, gamma(Salt::naoh, 1, 25), 0.010);
  literature("NaOH gamma at 6 mol/kg, 25 degC, literature", 1.299, gamma(Salt::naoh, 6, 25), 0.010);
  // The anolyte of the base case.
  const auto anolyte = brine(0.185, 90);
  spot("Domain 6.4, activities", "anolyte molality mol/kg at X 0.185", 3.884, molality_nacl(0.185), 5e-4);
  spot("Domain 6.4, activities", "anolyte gamma at X 0.185, 90 degC", 0.7429, activity_coefficient_brine(anolyte),
       5e-5);
  spot("Domain 6.4, activities", "anolyte activity of water at X 0.185, 90 degC", 0.857, activity_water_brine(anolyte),
       5e-4);
  for (const auto& [t, slope] : {std::pair{0.0, 0.3767}, {25.0, 0.3915}, {50.0, 0.4103}, {100.0, 0.4603}})
    // The quadratic is a fit of these four: 0.0001 off at 25 degC.
    expect_agreement({"Domain 6.4, activities", "Debye-Hueckel slope", slope, debye_hueckel_slope(kelvin(t)), 1.5e-4,
                      "domain-reference, remembered"});
}

}  // namespace
}  // namespace castner::props
