// SPDX-License-Identifier: Apache-2.0
// Units of other countries: each is what the handbooks say it is, whatever its spelling and the shape of the table; none is taken where it
// may mean two things.
#include "castner/tables/foreign_unit.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "castner/base/quantity.h"
#include "castner/tables/series_units.h"
#include "castner/tables/table_reader.h"
#include "castner/tables/unit_text.h"

namespace castner::tables {
namespace {

struct Known {
  const char* text;
  double one;  ///< of it, as NIST SP 811 (2008), appendix B.9, has it, to the digits given there [SI]
  const char* si;
  double zero = 0.0;  ///< [SI]
};
constexpr Known kKnown[] = {
    {"gpm", 6.309020e-5, "m3/s"},
    {"US gal/min", 6.309020e-5, "m3/s"},
    {"USGPM", 6.309020e-5, "m3/s"},
    {"gal/h", 1.051503e-6, "m3/s"},
    {"gpd", 4.381264e-8, "m3/s"},
    {"ft3/min", 4.719474e-4, "m3/s"},
    {"ft³/s", 2.831685e-2, "m3/s"},
    {"CFM", 4.719474e-4, "m3/s"},
    {"ACFM", 4.719474e-4, "m3/s"},
    {"cu ft/h", 7.865791e-6, "m3/s"},
    {"psi(g)", 6894.757, "Pa", 101325},
    {"psig", 6894.757, "Pa", 101325},
    {"PSIG", 6894.757, "Pa", 101325},
    {"psia", 6894.757, "Pa"},
    {"PSIA", 6894.757, "Pa"},
    {"psi", 6894.757, "Pa"},
    {"lbf/in2", 6894.757, "Pa"},
    {"inH2O", 249.0889, "Pa"},
    {"in H2O", 249.0889, "Pa"},
    {"inWC", 249.0889, "Pa"},
    {"in. W.C.", 249.0889, "Pa"},
    {"\"H2O", 249.0889, "Pa"},
    {"inH2O(g)", 249.0889, "Pa", 101325},
    {"in. w.g.", 249.0889, "Pa", 101325},
    {"ftH2O", 2989.067, "Pa"},
    {"mmH2O", 9.80665, "Pa"},
    {"mmWC", 9.80665, "Pa"},
    {"inHg", 3386.389, "Pa"},
    {"mmHg", 133.3224, "Pa"},
    {"Torr", 133.3224, "Pa"},
    {"kgf/cm2", 98066.5, "Pa"},
    {"kg/cm²(g)", 98066.5, "Pa", 101325},
    {"kgf/cm2g", 98066.5, "Pa", 101325},
    {"degF", 1 / 1.8, "K", 459.67 / 1.8},
    {"°F", 1 / 1.8, "K", 459.67 / 1.8},
    {"deg F", 1 / 1.8, "K", 459.67 / 1.8},
    {"℉", 1 / 1.8, "K", 459.67 / 1.8},
    {"F", 1 / 1.8, "K", 459.67 / 1.8},
    {"lb/h", 1.259979e-4, "kg/s"},
    {"lbs/hr", 1.259979e-4, "kg/s"},
    {"klb/h", 0.1259979, "kg/s"},
    {"KLB/HR", 0.1259979, "kg/s"},
    {"kpph", 0.1259979, "kg/s"},
    {"short tons/hr", 0.2519958, "kg/s"},
    {"lb/ft3", 16.01846, "kg/m3"},
    {"lb/gal", 119.8264, "kg/m3"},
    {"Btu/h", 0.2930711, "W"},
    {"MMBTU/HR", 0.2930711e6, "W"},
    {"Btu/lb", 2326.0, "J/kg"},
    {"ft/s", 0.3048, "m/s"},
    {"ft", 0.3048, "m"},
    {"A/ft2", 10.76391, "A/m2"},
    // 379.48 scf are a pound mole at 60 degF and 14.696 psia (GPSA Engineering Data Book: 379.49).
    {"SCFM", 453.59237 / 379.48 / 60, "mol/s"},
    {"scfh", 453.59237 / 379.48 / 3600, "mol/s"},
    {"scf/min", 453.59237 / 379.48 / 60, "mol/s"},
    {"kSCFH", 453.59237 / 379.48 / 3.6, "mol/s"},
    {"MMSCFD", 453.59237e6 / 379.48 / 86400, "mol/s"},
    {"lbmol/h", 453.59237 / 3600, "mol/s"}};

TEST(ForeignUnit, IsWhatTheHandbooksSayInEveryShapeOfTable) {
  rc::check([] {
    const Known& k = *rc::gen::elementOf(std::vector<Known>(std::begin(kKnown), std::end(kKnown)));
    const double value = *rc::gen::inRange(1, 100'000) / 64.0;
    const std::string v = number_text(value), unit = "\"" + std::string(k.text) + "\"";
    std::string quoted(k.text);  // a quote within a quoted cell stands twice
    for (std::size_t at = 0; (at = quoted.find('"', at)) != quoted.npos; at += 2) quoted.insert(at, 1, '"');
    const std::string texts[] = {"time,\"FI-1 (" + quoted + ")\"\n2026-11-03T00:00:00Z," + v + "\n",
                                 "time,FI-1\n,\"" + quoted + "\"\n2026-11-03T00:00:00Z," + v + "\n",
                                 "time,tag,value,unit\n2026-11-03T00:00:00Z,FI-1," + v + ",\"" + quoted + "\"\n",
                                 "tag,value,unit\nFI-1," + v + ",\"" + quoted + "\"\n"};
    for (const auto& text : texts) {
      const auto table = read_table(text, "us.csv", {.decimal = '.'});
      RC_ASSERT(table.has_value());
      const bool timed = table->snapshot.empty();
      const std::string of = timed ? table->series.at(0).unit : table->snapshot.at(0).unit;
      const double read = timed ? table->series.at(0).samples.at(0).value : table->snapshot.at(0).value;
      const auto measure = parse_unit(of);
      RC_ASSERT(measure.has_value());
      RC_ASSERT(measure->dimension == parse_unit(k.si)->dimension);
      const double si = value * k.one + k.zero;
      if (std::abs(measure->to_si(read) / si - 1.0) > 2e-6 * (k.si == std::string("mol/s") ? 20 : 1))
        RC_FAIL(std::string(k.text) + ": " + number_text(measure->to_si(read)) + " instead of " + number_text(si));
    }
  });
}

TEST(ForeignUnit, SaysHowEachWasReadOnceForAFile) {
  const auto t =
      read_table("time,FI-1 (gpm),FI-2 (GPM),GI-1 (SCFM),TI-1 (degF)\n2026-11-03T00:00:00Z,1,2,1,212\n", "us.csv");
  ASSERT_TRUE(t);
  EXPECT_EQ(t->facts.notes,
            (std::vector<std::string>{
                "degF is read as degC", "gal/min is read as m3/h: 1 gal/min is 0.227125 m3/h (a gallon of the USA)",
                "scf/min is read as Nm3/h: 1 scf/min is 1.60747 Nm3/h (a cubic foot at 60 degF and 14.696 psia)"}));
  EXPECT_NEAR(t->series.at(3).samples.at(0).value, 100.0, 1e-12);
  EXPECT_EQ(t->series.at(2).foreign, "scf/min");
}

TEST(ForeignUnit, WhatMayMeanTwoThingsIsNone) {
  for (const char* text : {"Mlb/h", "MLB/HR", "MSCFH", "Mscf/d", "MBtu/h", "Mcf", "Sm3/h", "Sm³/h", "pph", "igpm", "hp",
                           "in", "cal", "f", "gpm/ft", "scf(g)"})
    EXPECT_FALSE(read_unit(text)) << text;
  for (const char* text : {"t/h", "MW.s", "kg/m3", "h", "min", "a", "Pa", "%"})
    EXPECT_FALSE(foreign_unit(text)) << text << " is of this country";
}

TEST(UnreadUnit, IsToldOfEachColumnThatBelongsToATag) {
  const auto is_tag = [](const std::string& tag) { return tag == "FI-101" || tag == "TI 7"; };
  const auto text = [&](const char* column) {
    const auto u = unread_unit(column, is_tag);
    return u ? u->tag + "|" + u->text + "|" + u->cure.substr(0, 12) : "";
  };
  EXPECT_EQ(text("FI-101 (furlongs)"), "FI-101|furlongs|write its un");
  EXPECT_EQ(text("FI-101 [Mlb/h]"), "FI-101|Mlb/h|M is a thous");
  EXPECT_EQ(text("FI-101, furlongs"), "FI-101|furlongs|write its un");
  EXPECT_EQ(text("FI-101 gpm"), "FI-101|gpm|write it in ");
  EXPECT_EQ(text("TI 7 degF"), "TI 7|degF|write it in ");
  EXPECT_EQ(text("FI-101 SP"), "") << "another thing of the same place";
  EXPECT_EQ(text("FI-101.OP"), "");
  EXPECT_EQ(text("FI-102 (furlongs)"), "") << "nobody waits for it";
}

TEST(UnreadUnit, ALongTablesTagGivesItsUnitInBrackets) {
  const auto t = read_table(
      "Tag,Timestamp,Value\nFI-1 (gpm),2026-11-03T00:00:00Z,100\nTI-1 [°C],2026-11-03T00:00:00Z,20\n", "l.csv");
  ASSERT_TRUE(t) << t.error().text();
  EXPECT_EQ(t->series.at(0).tag, "FI-1");
  EXPECT_NEAR(t->series.at(0).samples.at(0).value, 22.7124707, 1e-6);
  EXPECT_EQ(t->series.at(1).tag + t->series.at(1).unit, "TI-1degC");
}

}  // namespace
}  // namespace castner::tables
