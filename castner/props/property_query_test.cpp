// SPDX-License-Identifier: Apache-2.0
#include "castner/props/property_query.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "castner/props/property_table.h"
#include "castner/props/water_if97.h"
#include "tests/support/root.h"

namespace castner::props {
namespace {

using Words = std::vector<std::string>;

PropertyAnswer answer(const std::string& substance, const std::string& property, const Words& states) {
  const auto a = ask_property(substance, property, states);
  EXPECT_TRUE(a.has_value()) << (a ? "" : a.error().text());
  return a.value_or(PropertyAnswer{});
}
std::string complaint(const std::string& substance, const std::string& property, const Words& states) {
  const auto a = ask_property(substance, property, states);
  EXPECT_FALSE(a.has_value());
  return a ? "" : a.error().text();
}

TEST(Property, AnswersTheExampleOfItsHelp) {
  const auto a = answer("caustic", "dens_mass", {"temperature=20degC", "mass_frac=0.30"});
  EXPECT_NEAR(a.value.value(), 1325.340, 5e-4);  // [olsson-1997] table
  EXPECT_EQ(a.unit, "kg/m3");
  EXPECT_TRUE(a.in_range);
  EXPECT_EQ(a.source, "olsson-1997");
  EXPECT_FALSE(a.note.has_value());
}

TEST(Property, ABareNumberIsSiAndPercentIsAFraction) {
  const auto a = answer("caustic", "dens_mass", {"temperature=293.15", "mass_frac=30 %"});
  EXPECT_NEAR(a.value.value(), 1325.340, 5e-4);
}

TEST(Property, WaterIsLiquidAtSaturationUnlessItIsSaidToBeVapour) {
  const double p = props::pressure_sat_water(373.15);
  std::ostringstream text;
  text.precision(17);
  text << "pressure=" << p;
  const Words saturated{"temperature=373.15", text.str()};
  EXPECT_NEAR(answer("water", "enth_mass", saturated).value.value(), 419.10e3, 0.1e3);  // liquid at 100 degC
  Words vapour = saturated;
  vapour.push_back("phase=vapour");
  const auto steam = answer("water", "enth_mass", vapour);
  EXPECT_NEAR(steam.value.value(), 2675.6e3, 0.5e3);  // saturated steam at 100 degC
  EXPECT_TRUE(steam.in_range);
  // A phase stands for the missing one of temperature and pressure.
  EXPECT_NEAR(answer("water", "enth_mass", {"temperature=373.15", "phase=vapour"}).value.value(), steam.value.value(),
              1e-6);
  EXPECT_EQ(answer("water", "dens_mass", {"temperature=20degC", "pressure=1bar"}).source, "if97");
  // Superheated vapour below the saturation pressure needs no word.
  EXPECT_LT(answer("water", "dens_mass", {"temperature=120degC", "pressure=1bar"}).value.value(), 1.0);
}

TEST(Property, WaterAnswersItsTemperatureFromEnthalpyOrEntropy) {
  // [if97] tables 7 and 29
  EXPECT_NEAR(answer("water", "temperature", {"pressure=3MPa", "enth_mass=500kJ/kg"}).value.value(), 391.798509, 1e-6);
  EXPECT_NEAR(answer("water", "temperature", {"pressure=100kPa", "entr_mass=7.5kJ/(kg.K)"}).value.value(), 399.517097,
              1e-6);
  const auto wet = answer("water", "temperature", {"pressure=100kPa", "enth_mass=1500kJ/kg"});
  EXPECT_NEAR(wet.value.value(), 372.755919, 1e-6);  // table 36
  // Lever rule with saturated liquid 417.44 and vapour 2674.95 kJ/kg at 100 kPa.
  EXPECT_NEAR(wet.vapour_fraction.value(), (1500.0 - 417.44) / (2674.95 - 417.44), 1e-4);
  EXPECT_TRUE(wet.note.value().starts_with("liquid and vapour"));
}

TEST(Property, OutOfRangeStillAnswers) {
  const auto a = answer("caustic", "visc_d", {"temperature=120degC", "mass_frac=0.3"});
  EXPECT_GT(a.value.value(), 0.0);
  EXPECT_FALSE(a.in_range);
  EXPECT_EQ(a.note.value(), "temperature 393.15 K is 30 K above the limit of 363.15 K");
  const auto near_critical = answer("water", "temperature", {"pressure=25MPa", "enth_mass=2.1e6"});
  EXPECT_FALSE(near_critical.in_range);
  EXPECT_TRUE(near_critical.note.has_value());
}

TEST(Property, AnswersNullWhereACorrelationHasNoValue) {
  const auto a = answer("caustic", "pressure_sat", {"temperature=80degC", "mass_frac=1"});
  EXPECT_FALSE(a.value.has_value());
  EXPECT_FALSE(a.in_range);
}

TEST(Property, SaysWhichStatesAreNotUsed) {
  const auto a =
      answer("caustic", "dens_mass", {"temperature=20degC", "mass_frac=0.30", "pressure=1bar", "phase=liquid"});
  EXPECT_EQ(a.note.value(), "not needed and not used: pressure, phase");
  EXPECT_FALSE(answer("water", "dens_mass", {"temperature=20degC", "pressure=1bar", "phase=liquid"}).note.has_value());
}

TEST(Property, ActivityOfNaohTakesPitzerWhereTheFitEnds) {
  EXPECT_EQ(answer("caustic", "activity_coefficient", {"temperature=90degC", "mass_frac=0.32"}).source,
            "domain-reference");
  EXPECT_EQ(answer("caustic", "activity_coefficient", {"temperature=25degC", "mass_frac=0.10"}).source,
            "silvester-pitzer-1977");
}

TEST(Property, NamesEveryProblemAtOnce) {
  const auto text =
      complaint("caustik", "dens_mass", {"temprature=20degC", "mass_frac=1.3", "pressure=20degC", "warm"});
  EXPECT_NE(text.find("no substance \"caustik\"; did you mean \"caustic\"?"), std::string::npos) << text;
  EXPECT_NE(text.find("no state \"temprature\"; did you mean \"temperature\"?"), std::string::npos) << text;
  EXPECT_NE(text.find("\"mass_frac=1.3\" is impossible"), std::string::npos) << text;
  EXPECT_NE(text.find("degC is no unit of pressure"), std::string::npos) << text;
  EXPECT_NE(text.find("\"warm\" is not NAME=VALUE"), std::string::npos) << text;
}

TEST(Property, RefusesWhatNatureDoesNotAllow) {
  complaint("water", "pressure_sat", {"temperature=-300degC"});
  complaint("water", "temperature_sat", {"pressure=0"});
  complaint("brine", "dens_mass", {"temperature=20degC", "mass_frac=-0.1"});
  complaint("water", "pressure_sat", {"temperature=nan"});
  complaint("water", "pressure_sat", {"temperature=20degC", "temperature=30degC"});
  complaint("water", "dens_mass", {"temperature=20degC", "phase=solid"});
}

TEST(Property, NamesWhatExistsWhenAskedForWhatDoesNot) {
  EXPECT_NE(complaint("brine", "temperature_sat", {}).find("\"mass_frac_sat\""), std::string::npos);
  EXPECT_NE(complaint("water", "temperature", {"pressure=1bar"})
                .find("pressure= and enth_mass=, or pressure= and entr_mass="),
            std::string::npos);
}

TEST(Property, EveryRowAnswersSomewhereInItsRange) {
  // Typical states; a row takes what it needs. Melt and solid lie elsewhere.
  for (const auto& row : property_table()) {
    PropertyState s;
    s.temperature = row.substance == "caustic_melt"                                      ? 673.15
                    : row.property == "pressure_sat" && row.substance == "sulfuric_acid" ? 303.15
                                                                                         : 353.15;
    s.pressure = 1e5;
    s.mass_frac = row.substance == "sulfuric_acid" ? 0.7 : 0.2;
    if (row.property == "temperature") s.enth_mass = 3e6;
    const auto v = row.evaluate(s);
    EXPECT_TRUE(std::isfinite(v.value)) << row.substance << ' ' << row.property;
    EXPECT_FALSE(v.outside.has_value()) << row.substance << ' ' << row.property << ": " << v.outside.value_or("");
    EXPECT_NE(std::find(row.correlations.begin(), row.correlations.end(), v.correlation), row.correlations.end())
        << row.substance << ' ' << row.property << " uses a correlation that it does not list";
  }
}

TEST(Property, TheReferenceListsExactlyWhatTheTableHolds) {
  std::ifstream in(testing::root() + "/docs/reference/property.md");
  const std::string document(std::istreambuf_iterator<char>(in), {});
  const auto first = document.find("| `water` | `dens_mass`");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(document.substr(first, document.find("\n\n", first) + 1 - first), property_table_markdown());
}

}  // namespace
}  // namespace castner::props
