// SPDX-License-Identifier: Apache-2.0
#include "castner/words/units_for_people.h"

#include <gtest/gtest.h>

#include <limits>

#include "castner/base/quantity.h"
#include "castner/report/fixture.h"

namespace castner::report {
namespace {

using namespace words;

TEST(Shown, GivesTwoDigitsOfTheUncertaintyAndTheValueToTheSamePlace) {
  const auto text = [](double v, double sd) { return shown(v, sd).value + " " + shown(v, sd).sd; };
  EXPECT_EQ(text(2142.31, 9.04), "2142.3 9.0");
  EXPECT_EQ(text(2142.31, 94.0), "2142 94");
  EXPECT_EQ(text(123456.0, 1234.0), "123500 1200");
  EXPECT_EQ(text(0.17509, 0.00313), "0.1751 0.0031");
  EXPECT_EQ(text(10.0, 0.0996), "10.00 0.10");
  EXPECT_EQ(text(-0.001, 0.52), "0.00 0.52");      // no minus before a zero
  EXPECT_EQ(text(1.462819, 0.000017), "1.4628 ");  // an uncertainty of the arithmetic, not of the plant
}

TEST(Shown, GivesFourDigitsWithoutAnUncertaintyAndNeverRoundsAWholeNumber) {
  EXPECT_EQ(shown(3.14159265, std::nullopt).value, "3.142");
  EXPECT_EQ(shown(0.000123456, 0.0).value, "0.0001235");
  EXPECT_EQ(shown(12345678.0, std::nullopt).value, "12345678");
  EXPECT_EQ(shown(87.0, std::nullopt).value, "87");
  EXPECT_EQ(shown(100.0, std::nullopt).value, "100");
  EXPECT_EQ(shown(3.4, std::nullopt).value, "3.4");
  EXPECT_EQ(shown(0.0, std::nullopt).value, "0");
  EXPECT_EQ(shown(1e15, std::nullopt).value, "1.000e+15");
  EXPECT_TRUE(shown(3.0, std::nullopt).sd.empty());
}

TEST(Shown, SaysNothingOfWhatIsNotKnown) {
  EXPECT_FALSE(shown(std::nullopt, 1.0).known());
  EXPECT_FALSE(shown(std::numeric_limits<double>::quiet_NaN(), 1.0).known());
  EXPECT_EQ(sentence_number(shown(std::nullopt, 1.0)), "");
  EXPECT_EQ(shown(1.0, std::numeric_limits<double>::infinity()).sd, "");
}

TEST(Grouped, GroupsThousandsAndUsesARealMinus) {
  EXPECT_EQ(grouped("1234567.8912"), "1,234,567.8912");
  EXPECT_EQ(grouped("-999"), "−999");
  EXPECT_EQ(grouped("-1000"), "−1,000");
  EXPECT_EQ(grouped("1.5e-09"), "1.5e-09");
  EXPECT_EQ(sentence_number(shown(2142.31, 94.0, "kW.h/t")), "2,142 ± 94 kWh/t");
}

TEST(UnitForPeople, ChoosesTheUsualUnitOfTheTrade) {
  EXPECT_EQ(unit_for("kg/s", 10.0).code, "t/h");
  EXPECT_EQ(unit_for("kg/s", 0.001).code, "kg/h");
  EXPECT_EQ(unit_for("K", 361.0).code, "degC");
  EXPECT_EQ(unit_for("K", 361.0).difference, "K");
  EXPECT_EQ(unit_for("K", 361.0, "E101.anolyte.temperature").code, "degC");
  EXPECT_EQ(unit_for("K", 41.0, "EV1.boiling_point_elevation").code, "K");
  EXPECT_EQ(unit_for("K", 41.0, "EV1.boiling_point_elevation").offset, 0.0);
  EXPECT_EQ(unit_for("1", 0.32, "P50.mass_frac.NaOH").code, "%");
  EXPECT_EQ(unit_for("1", 0.32, "E101.ratio").code, "1");
  EXPECT_EQ(unit_for("W", 6e5).code, "kW");
  EXPECT_EQ(unit_for("kW.h/t", 2142).code, "kW.h/t");
  EXPECT_NEAR((361.15 - unit_for("K", 361.0).offset), 88.0, 1e-12);
}

TEST(UnitForPeople, EveryUnitItChoosesIsOneThatCastnerReads) {
  for (const char* si : {"kg/s", "K", "Pa", "W", "A", "A/m2", "J/kg", "m3/s", "V", "1"})
    for (const double size : {1e-6, 1.0, 1e9}) {
      const auto u = unit_for(si, size, "x.mass_frac.y");
      const auto parsed = parse_unit(u.code), base = parse_unit(si);
      ASSERT_TRUE(parsed && base) << u.code;
      EXPECT_EQ(parsed->dimension, base->dimension) << u.code;
      EXPECT_NEAR(parsed->scale / u.scale, 1.0, 1e-12) << u.code;  // the same constant written twice
      EXPECT_NEAR(parsed->offset, u.offset, 1e-9) << u.code;
    }
}

TEST(UnitForPeople, PrefersTheUnitOfTheMeasurement) {
  auto c = report::testing::small_network();
  c.plant.measurements[0].unit = *parse_unit("kg/h");
  EXPECT_EQ(unit_for(c.plant, 0).code, "kg/h");
  c.plant.as_published = true;
  EXPECT_EQ(unit_for(c.plant, 0).code, "1");
}

TEST(PrettyUnit, WritesWhatPeopleWrite) {
  EXPECT_EQ(pretty_unit("degC"), "°C");
  EXPECT_EQ(pretty_unit("kW.h/t"), "kWh/t");
  EXPECT_EQ(pretty_unit("W/(m2.K)"), "W/(m²·K)");
  EXPECT_EQ(pretty_unit("kA/m2"), "kA/m²");
  EXPECT_EQ(pretty_unit("1"), "");
  EXPECT_EQ(pretty_unit("CNY/d"), "CNY/d");
}

}  // namespace
}  // namespace castner::report
