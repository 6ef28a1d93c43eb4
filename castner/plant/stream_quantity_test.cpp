// SPDX-License-Identifier: Apache-2.0
#include "castner/plant/stream_quantity.h"

#include <gtest/gtest.h>

#include "castner/plant/stream_view.h"
#include "tests/support/agreement.h"

namespace castner::plant {
namespace {

using testing::expect_agreement;

/// The quantity's value where its equation holds, for a stream given variable by variable.
double value(Contents c, const std::string& name, std::vector<double> stream) {
  const auto q = stream_quantity(c, name);
  EXPECT_TRUE(q) << name;
  if (!q) return 0.0;
  stream.push_back(0.0);
  EXPECT_EQ(stream.size(), q->unit->variables().size());
  q->unit->initialise(stream);
  std::vector<double> r(1);
  EXPECT_TRUE(q->unit->residual(std::span<const double>(stream), std::span<double>(r)));
  EXPECT_EQ(r[0], 0.0);
  return stream.back();
}

// Streams of the base case, docs/domain/base_case.md 1.2; flows there have five to six digits, so 1e-4 of each value.
const std::vector<double> kFeedBrine{137.525 / 3.6, 0.26, 343.15};
const std::vector<double> kHydrogen{(0.3281 + 0.986) / 3.6, 0.986 / (0.3281 + 0.986), 361.15, 124.3e3};
const double kWetChlorine = 11.149 + 2.426 + 0.0417;
const std::vector<double> kChlorine{kWetChlorine / 3.6, 0.0417 / kWetChlorine, 2.426 / kWetChlorine, 361.15, 121.3e3};

TEST(StreamQuantity, AgreesWithTheBaseCase) {
  const std::string source = "domain-reference";
  expect_agreement({"Domain 1.2, base case", "feed brine m3/h at 70 degC", 117.7,
                    value(Contents::brine, "flow_vol", kFeedBrine) * 3600, 0.05, source});
  expect_agreement({"Domain 1.2, base case", "feed brine g/L NaCl at 70 degC", 304,
                    value(Contents::brine, "conc_mass.NaCl", kFeedBrine), 0.5, source});
  expect_agreement({"Domain 1.2, base case", "hydrogen Nm3/h, dry", 3648,
                    value(Contents::hydrogen_gas, "flow_vol_normal_dry", kHydrogen) * 3600, 7, source});
  expect_agreement({"Domain 1.2, base case", "O2 in dry chlorine gas, vol %", 0.82,
                    value(Contents::chlorine_gas, "mole_frac_dry.O2", kChlorine) * 100, 0.005, source});
  expect_agreement({"Domain 1.2, base case", "chlorine t/h, dry", 11.191,
                    value(Contents::chlorine_gas, "flow_mass_dry", kChlorine) * 3.6, 1e-3, source});
  const double brine = 94.447 + 0.03465, depleted = 17.473 / brine;
  expect_agreement(
      {"Domain 1.2, base case", "depleted brine g/L NaCl at 88 degC", 203.06,
       value(Contents::depleted_brine, "conc_mass.NaCl", {brine / 3.6, depleted, 0.03465 / brine, 0.0, 0.0, 361.15}),
       0.02, source});
}

TEST(StreamQuantity, HasHeatAndSaturation) {
  // Steam tables: 3 bar and 140 degC 2739 kJ/kg, saturation 133.52 degC; 140 degC 361.5 kPa.
  EXPECT_NEAR(value(Contents::steam, "enth_mass", {1.0, 413.15, 3e5}), 2739.4e3, 0.5e3);
  EXPECT_NEAR(value(Contents::steam, "temperature_sat", {1.0, 413.15, 3e5}), 406.67, 0.01);
  EXPECT_NEAR(value(Contents::steam, "pressure_sat", {1.0, 413.15, 3e5}), 361.5e3, 0.1e3);
  EXPECT_NEAR(value(Contents::water, "enth_mass", {1.0, 373.15}), 419.1e3, 0.1e3);
  EXPECT_NEAR(value(Contents::water, "cp_mass", {1.0, 373.15}), 4217, 2);
  // docs/domain/base_case.md: 31.28 kPa of water in the hydrogen at 88 degC, so a dew point of 70.2 degC.
  EXPECT_NEAR(value(Contents::hydrogen_gas, "temperature_sat", kHydrogen), 343.3, 0.2);
  // Gases count from 25 degC: below it they hold less than nothing.
  EXPECT_LT(value(Contents::chlorine_gas, "enth_mass", {1.0, 0.0, 0.0, 283.15, 1e5}), 0.0);
}

/// Within 1e-3: the enthalpy of water is that at saturation, where its pressure rises with the temperature.
TEST(StreamQuantity, HeatCapacityIsTheSlopeOfEnthalpy) {
  for (const auto& info : all_contents()) {
    if (!info.temperature) continue;
    std::vector<double> x;
    for (const auto& v : stream_variables(info.contents)) x.push_back(v.start);
    const Port port{info.contents, true, 0};
    const StreamView<double> s(port, x);
    const double slope = s.enth_mass_at(x[port.temperature()] + 0.5) - s.enth_mass_at(x[port.temperature()] - 0.5);
    EXPECT_NEAR(s.cp_mass(), slope, 1e-3 * slope) << info.name;
  }
}

TEST(StreamQuantity, OffersWhatHasMeaningAndNothingElse) {
  for (const auto& info : all_contents()) {
    for (const auto& name : stream_quantity_names(info.contents)) {
      const auto q = stream_quantity(info.contents, name);
      ASSERT_TRUE(q) << info.name << "." << name;
      EXPECT_EQ(q->variable.name, name);
      EXPECT_GT(q->variable.nominal, 0.0) << info.name << "." << name;
      EXPECT_EQ(q->unit->variables().size(), stream_variables(info.contents).size() + 1);
    }
  }
  EXPECT_TRUE(stream_quantity_names(Contents::mass).empty());
  EXPECT_FALSE(stream_quantity(Contents::caustic, "flow_mass"));       // a variable, not derived
  EXPECT_FALSE(stream_quantity(Contents::caustic, "mass_frac.NaOH"));  // likewise
  EXPECT_FALSE(stream_quantity(Contents::caustic, "mass_frac.NaCl"));
  EXPECT_FALSE(stream_quantity(Contents::caustic, "flow_mass.Au"));
  EXPECT_FALSE(stream_quantity(Contents::caustic, "mole_frac_dry.NaOH"));
  EXPECT_FALSE(stream_quantity(Contents::chlorine_gas, "mole_frac_dry.H2O"));
  EXPECT_FALSE(stream_quantity(Contents::water, ""));
  EXPECT_TRUE(stream_quantity(Contents::caustic, "mass_frac.H2O"));
}

TEST(StreamView, SplitsAStreamIntoAllOfItsSpecies) {
  for (const auto& info : all_contents()) {
    const auto variables = stream_variables(info.contents);
    std::vector<double> x;
    for (const auto& v : variables) x.push_back(v.start);
    const StreamView<double> s(Port{info.contents, true, 0}, x);
    double sum = s.mass_frac(info.rest);
    for (Species each : info.species) sum += s.mass_frac(each);
    EXPECT_NEAR(sum, 1.0, 1e-15) << info.name;
  }
}

TEST(StreamView, CondensingSteamGivesUpItsHeatOfEvaporation) {
  const std::vector<double> x{1.0, 448.51, 9e5, 1.0, 448.51};  // saturated at 900 kPa, 175.36 degC
  const StreamView<double> steam(Port{Contents::steam, true, 0}, x), water(Port{Contents::water, false, 3}, x);
  EXPECT_NEAR(steam.enth_mass() - water.enth_mass(), 2030.3e3, 1e3);  // steam tables, 9 bar
  EXPECT_NEAR(steam.enth_mass_formation() - water.enth_mass_formation(), 2030.3e3, 1e3);
}

}  // namespace
}  // namespace castner::plant
