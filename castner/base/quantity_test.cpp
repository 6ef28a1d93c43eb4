// SPDX-License-Identifier: Apache-2.0
#include "castner/base/quantity.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace castner {
namespace {

double si(std::string_view text, const MeasureOptions& o = {}) {
  const auto q = parse_quantity(text, o);
  if (!q) ADD_FAILURE() << text << ": " << q.error().text();
  return q ? q->si() : NAN;
}
std::string dimension(std::string_view text, const MeasureOptions& o = {}) {
  const auto u = parse_unit(text, o);
  return u ? u->dimension.si_unit() : u.error().text();
}
std::string unit_refusal(std::string_view text, const MeasureOptions& o = {}) {
  const auto u = parse_unit(text, o);
  return u ? "" : u.error().problems[0].text();
}

// Conversions are a few rounded multiplications: 1e-14 is some fifty units in the last place.
void expect_same(double a, double b) { EXPECT_NEAR(a, b, 1e-14 * std::abs(b)); }

TEST(Quantity, ReadsTheUnitsOfThePlant) {
  expect_same(si("12 t/h"), 12 / 3.6);
  expect_same(si("3.2 kA/m2"), 3200);
  expect_same(si("1400 W/(m2.K)"), 1400);
  expect_same(si("166.2 m2"), 166.2);
  expect_same(si("1 kgce/t"), 29307.6);
  expect_same(si("2.1 kW.h/t"), 7560);
  expect_same(si("30 min"), 1800);
  expect_same(si("5 %"), 0.05);
  expect_same(si("7 ppm"), 7e-6);
  expect_same(si("2lb"), 0.90718474);
  expect_same(si("-1.5e3 mOhm"), -1.5);
  expect_same(si("+3 L/min"), 3e-3 / 60);
  expect_same(si("5 mmol/L"), 5);
}
TEST(Quantity, NormalCubicMetreIsAnAmountOfGas) {
  // 1 Nm3 = 1000/22.413969545 mol, the molar volume of CODATA 2018 at 273.15 K and 101.325 kPa
  EXPECT_NEAR(si("1 Nm3"), 1000 / 22.41396954, 1e-7);
  EXPECT_EQ(dimension("Nm3/h"), "mol/s");
  expect_same(si("2 kNm3/h") / si("1 Nm3/h"), 2000);
}
TEST(Quantity, ReadsFromLeftToRight) {
  EXPECT_EQ(dimension("kg/m.s"), "kg.s/m");
  EXPECT_EQ(dimension("kg/m/s"), "Pa.s");
  EXPECT_EQ(dimension("kg/(m.s)"), "Pa.s");
  EXPECT_EQ(dimension("1/s"), "1/s");
  expect_same(si("6 km2"), 6e6);
}
TEST(Quantity, TriesTheWholeSymbolAsAnAtomFirst) {
  EXPECT_EQ(si("1 min"), 60);  // not milli-inch
  EXPECT_EQ(dimension("Pa"), "Pa");
  EXPECT_EQ(si("1 cd"), 864);  // a hundredth of a day: candela is no atom here
  EXPECT_EQ(dimension("mol"), "mol");
  EXPECT_EQ(si("1 kgce"), 29.3076e6);
}
TEST(Quantity, DegreesAreAnOffsetOnlyAlone) {
  EXPECT_EQ(si("20 degC"), 293.15);
  EXPECT_EQ(si("4 kJ/(kg.degC)"), 4000);
  const auto u = parse_unit("degC");
  ASSERT_TRUE(u);
  EXPECT_EQ(u->difference_to_si(0.3), 0.3);
  EXPECT_EQ(u->difference_text(), "K");
  EXPECT_EQ(u->from_si(293.15), 20);
}
TEST(Quantity, GaugePressureCountsFromThePlantsAtmosphere) {
  expect_same(si("2 bar(g)"), 301325);
  expect_same(si("2 kPa(g)", {.atmosphere = 95000}), 97000);
  EXPECT_EQ(parse_unit("bar(g)")->difference_text(), "bar");
  EXPECT_EQ(dimension("1/(g)"), "1/kg");
  EXPECT_NE(unit_refusal("m(g)"), "");
  EXPECT_NE(unit_refusal("bar(g)/m"), "");
}
TEST(Quantity, CurrencyOnlyInPrices) {
  const MeasureOptions prices{.prices = true};
  const auto u = parse_unit("CNY/(kW.h)", prices);
  ASSERT_TRUE(u);
  EXPECT_EQ(u->currency, "CNY");
  EXPECT_EQ(u->dimension.si_unit(), "money/J");
  expect_same(si("180 CNY/t", prices), 0.18);
  expect_same(si("1 kCNY/t", prices), 1);
  EXPECT_NE(unit_refusal("CNY/t"), "");
  EXPECT_NE(unit_refusal("CNY/EUR", prices), "");
}
TEST(Quantity, SaysWhatWasMeant) {
  EXPECT_EQ(unit_refusal("kWh"), "\"kWh\" is not a unit here; write \"kW.h\"");
  EXPECT_EQ(unit_refusal("kJ/°C"), "\"°C\" in \"kJ/°C\" is not a unit; write \"degC\"");
  EXPECT_EQ(unit_refusal("Kpa"), "\"Kpa\" is not a unit; case matters: write \"kPa\"");
  EXPECT_EQ(unit_refusal("KA"), "\"KA\" is not a unit; case matters: write \"kA\"");
  EXPECT_EQ(unit_refusal("MPA"), "\"MPA\" is not a unit; case matters: write \"MPa\"");
  EXPECT_EQ(unit_refusal("KV/m"), "\"KV\" in \"KV/m\" is not a unit; case matters: write \"kV\"");
  EXPECT_EQ(unit_refusal("NM3/h"), "\"NM\" in \"NM3/h\" is not a unit; case matters: write \"Nm3\"");
  EXPECT_EQ(unit_refusal("KWH"), "\"KWH\" is not a unit here; write \"kW.h\"");
  EXPECT_EQ(unit_refusal("bar(a)"), "\"bar(a)\" is not a unit here; write \"bar\"");
  EXPECT_EQ(unit_refusal("vol%"),
            "\"vol%\" is not a unit here; write \"%\" and measure a mole fraction, such as "
            "\"CL.mole_frac_dry.O2\"; mass_frac is by mass");
  EXPECT_EQ(unit_refusal("mass%"), "\"mass%\" is not a unit here; write \"%\"");
  EXPECT_EQ(unit_refusal("mmHg"), "\"mmHg\" is not a unit here; convert it: 1 mmHg is 0.133322 kPa");
  EXPECT_EQ(unit_refusal("kgf/cm2"), "\"kgf/cm2\" is not a unit here; convert it: 1 kgf/cm2 is 98.0665 kPa");
  EXPECT_EQ(unit_refusal("kg / s"), "\"kg / s\" has a space inside; write units without spaces: \"kg/s\"");
  EXPECT_EQ(unit_refusal("s-1"), "\"s-1\" has a negative power; write \"1/s\", \"kg/m3\"");
  EXPECT_EQ(unit_refusal("CNY/t"),
            "\"CNY\" in \"CNY/t\" is not a unit; a currency belongs to the prices in [economics] only");
}
TEST(Quantity, RefusesWhatIsNoUnit) {
  for (const char* bad : {"",
                          " ",
                          "m ",
                          "m//s",
                          ".m",
                          "m.",
                          "/s",
                          "(m",
                          "m)",
                          "()",
                          "m0",
                          "m13",
                          "m-1",
                          "m^2",
                          "x",
                          "mm m",
                          "2",
                          "11",
                          "1m",
                          "(((((((((((((((((((((((m)))))))))))))))))))))))",
                          "Gt12.Gt12.Gt12.Gt12"})
    EXPECT_NE(unit_refusal(bad), "") << bad;
  for (const char* bad :
       {"", "t/h", "nan m", "inf m", "0x10 m", "1e999 m", "12", "12  t/h", "12 t/h ", "--1 m", "1. 2 m", "1,5 m"})
    EXPECT_FALSE(parse_quantity(bad)) << bad;
}
TEST(Quantity, SiUnitReadsBack) {
  for (const char* text :
       {"W/(m2.K)", "kJ/kg", "kA/m2", "V", "mol/m3", "S/m", "Ohm.m2", "kg/(m2.s)", "1", "m2.s3/(K.A2)", "A.h"}) {
    const auto u = parse_unit(text);
    ASSERT_TRUE(u);
    const auto back = parse_unit(u->dimension.si_unit());
    ASSERT_TRUE(back) << u->dimension.si_unit();
    EXPECT_EQ(back->dimension, u->dimension);
    EXPECT_EQ(back->scale, 1.0);
  }
}

/// Any text of the grammar.
std::string some_unit(int depth) {
  const auto symbols = {"m",   "kg", "t",  "s",   "min", "h", "mol", "K",   "degC", "kPa",
                        "bar", "A",  "mV", "Ohm", "MW",  "%", "ppm", "Nm3", "1"};
  std::string text;
  const int terms = *rc::gen::inRange(1, 4);
  for (int i = 0; i < terms; ++i) {
    if (i > 0) text += *rc::gen::element('.', '/');
    if (depth < 3 && *rc::gen::inRange(0, 4) == 0) {
      text += "(" + some_unit(depth + 1) + ")";
      continue;
    }
    const std::string symbol = *rc::gen::elementOf(std::vector<std::string>(symbols.begin(), symbols.end()));
    text += symbol;
    if (symbol != "1" && *rc::gen::inRange(0, 3) == 0) text += std::to_string(*rc::gen::inRange(2, 4));
  }
  return text;
}
RC_GTEST_PROP(QuantityProperty, ReadsBackWhatItPrints, ()) {
  const double value = *rc::gen::arbitrary<double>();
  const std::string text = some_unit(0);
  RC_PRE(text.size() <= 100u);  // longer ones are refused
  const auto unit = parse_unit(text);
  RC_ASSERT(unit.has_value());
  const Quantity q{value, *unit};
  const auto back = parse_quantity(quantity_text(q));
  RC_ASSERT(back.has_value());
  RC_ASSERT(back->value == value);
  RC_ASSERT(back->unit.text == unit->text && back->unit.scale == unit->scale && back->unit.offset == unit->offset);
}
RC_GTEST_PROP(QuantityProperty, FromSiUndoesToSi, ()) {
  const std::string text = some_unit(0);
  RC_PRE(text.size() <= 100u);  // longer ones are refused
  const auto unit = parse_unit(text);
  RC_ASSERT(unit.has_value());
  const double value = *rc::gen::inRange(-1000, 1000) / 8.0;
  // Rounding of two multiplications, and of the offset of degC.
  RC_ASSERT(std::abs(unit->from_si(unit->to_si(value)) - value) <= 1e-12 * (1.0 + std::abs(value)));
}
RC_GTEST_PROP(QuantityProperty, AnyTextIsReadOrRefusedWithACure, (const std::string& text)) {
  const auto u = parse_unit(text, {.prices = true});
  if (!u) RC_ASSERT(!u.error().problems[0].what.empty() && !u.error().problems[0].cure.empty());
}

}  // namespace
}  // namespace castner
