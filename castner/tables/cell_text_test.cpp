// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/cell_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdlib>

#include "castner/base/quantity.h"
#include "castner/tables/unit_text.h"

namespace castner::tables {
namespace {

using readings::Quality;

TEST(CellText, TheFirstMarkDecidesForTheWholeFile) {
  NumberReader comma(true);
  EXPECT_EQ(comma.read("7", 1).value, 7.0);
  EXPECT_EQ(comma.read("0,5", 2).value, 0.5);
  EXPECT_STREQ(comma.mark_name(), "comma");
  EXPECT_EQ(comma.read("0.5", 3).kind, CellKind::malformed);
  EXPECT_EQ(comma.read("1.234,5", 3).kind, CellKind::malformed);
  EXPECT_EQ(comma.read("-12,25", 4).value, -12.25);
  EXPECT_EQ(comma.read("1,5E-3", 4).value, 1.5e-3);

  NumberReader point(true);
  EXPECT_EQ(point.read("0.5", 1).value, 0.5);
  EXPECT_EQ(point.read("0,5", 2).kind, CellKind::malformed);
  EXPECT_EQ(NumberReader(false).read("0,5", 1).kind, CellKind::malformed) << "the comma separates cells here";
}

TEST(CellText, NumbersThatMayMeanThousandsAreDoubted) {
  NumberReader doubted(true);
  for (const char* text : {"1,234", "12,345", "987"}) EXPECT_EQ(doubted.read(text, 7).kind, CellKind::number);
  EXPECT_EQ(doubted.doubtful_line(), 7);
  EXPECT_EQ(doubted.read("0,234", 9).value, 0.234);
  EXPECT_EQ(doubted.doubtful_line(), 0) << "no thousand begins with 0";
  for (const char* proof : {"1,2", "1,2345", "1234,567", "-0,123", ",123"}) {
    NumberReader reader(true);
    (void)reader.read(proof, 1);
    EXPECT_EQ(reader.doubtful_line(), 0) << proof;
  }
}

TEST(CellText, NumbersWordsAndWhatIsNeither) {
  NumberReader numbers(false);
  for (const char* text : {"Bad", "BAD", "#N/A", "nan", "NaN", "---", "", " ", "I/O Timeout", "no data", "坏值",
                           "[-11059] No Good Data", "-inf", "1.#QNAN"})
    EXPECT_EQ(numbers.read(text, 1).kind, CellKind::bad) << text;
  for (const char* text : {"1,234.5", "12 t/h", "<0.5", "12.3.4", "1e999", "1 234", "--5", "5-", "0x10", "1e", "20 °C"})
    EXPECT_NE(numbers.read(text, 1).kind, CellKind::number) << text;
  for (const char* text : {"1,234.5", "12 t/h", "<0.5", "12.3.4", "1e999", "1 234", "20 °C"})
    EXPECT_EQ(numbers.read(text, 1).kind, CellKind::malformed) << text;
  for (const char* text : {"Running", "Auto", "B1234", "开", "Shift A"})
    EXPECT_EQ(numbers.read(text, 1).kind, CellKind::text) << text;
  for (const auto& [text, value] : {std::pair{"1.5", 1.5},
                                    {"-2", -2.0},
                                    {"+3", 3.0},
                                    {"−4", -4.0},
                                    {".5", 0.5},
                                    {"6.", 6.0},
                                    {"7e3", 7e3},
                                    {" 8 ", 8.0},
                                    {"\xC2\xA0"
                                     "9",
                                     9.0}})
    EXPECT_EQ(numbers.read(text, 1).value, value) << text;
}

TEST(CellText, GroupsOfAnySpaceOrApostropheAreMalformed) {
  NumberReader numbers(true);
  EXPECT_EQ(numbers.read("992,5", 1).value, 992.5);
  for (const char* text : {"1 000,0", "1\u00A0000,0", "1\u202F000,0", "1\u2009000,0", "1'000,0", "1\u2019000,0",
                           "-1\u00A0234\u00A0567", "−1\u202F000", "1\u02BC000"}) {
    EXPECT_EQ(numbers.read(text, 2).kind, CellKind::malformed) << text;
    EXPECT_NE(numbers.cure(text).find("without separators of thousands"), std::string::npos) << text;
  }
  EXPECT_EQ(numbers.read("\u2009–992,5\u202F", 3).value, -992.5) << "spaces around it and an en dash before it";
}

TEST(CellText, TwoSignsOrOneApartAreMalformed) {
  for (const bool comma : {false, true}) {
    NumberReader numbers(comma);
    for (const char* text :
         {"+-4", "--4", "-+4", "++4", "+ 4", "- 4", "+-0.5", "+−4", "＋－4", "-–4", "+-4e3", "+-.5", "- -4"}) {
      EXPECT_EQ(numbers.read(text, 1).kind, CellKind::malformed) << text;
      EXPECT_EQ(numbers.cure(text), "write one sign, directly before the number") << text;
    }
    EXPECT_EQ(numbers.read("+4", 1).value, 4.0);
    EXPECT_EQ(numbers.read("-4", 1).value, -4.0);
    EXPECT_EQ(numbers.read("4e-3", 1).value, 4e-3);
  }
}

TEST(CellText, ANumberWithAFlagIsNoText) {
  NumberReader numbers(false);
  for (const char* text : {"121.00 H",         "121.00*",  "?121",    "*121.5", "121(U)",     "121 (questionable)",
                           "121 Questionable", "121 坏值", "≥121",    "≈ 12.5", "121高",      "H 121.0",
                           "(121.00)",         "121-",     "[121.5]", "12:30",  "2026-11-03", "121#",
                           "0x8000",           "121;",     "121 !!",  "121 HH"}) {
    EXPECT_EQ(numbers.read(text, 1).kind, CellKind::flagged) << text;
  }
  EXPECT_NE(numbers.cure("121.00 H").find("its flag into a column of its own"), std::string::npos);
  for (const char* text :
       {"Running", "2 pumps run", "1#停", "3号炉停", "B1234", "P1", "Stage 2 of 3", "开", "1st effect on"})
    EXPECT_EQ(numbers.read(text, 1).kind, CellKind::text) << text;
}

/// The quick way for plain decimals gives every bit that strtod gives.
RC_GTEST_PROP(CellText, DecimalsAreReadToTheLastBit, ()) {
  std::string text = *rc::gen::arbitrary<bool>() ? "-" : "";
  text += std::to_string(*rc::gen::inRange(0, 1000000000));
  const int decimals = *rc::gen::inRange(0, 12);
  if (decimals > 0) text += '.';
  for (int i = 0; i < decimals; ++i) text += static_cast<char>('0' + *rc::gen::inRange(0, 10));
  NumberReader point(false), comma(true);
  const double expected = std::strtod(text.c_str(), nullptr);
  RC_ASSERT(point.read(text, 1).value == expected);
  (void)comma.read("0,5", 1);
  std::string german = text;
  for (char& c : german)
    if (c == '.') c = ',';
  RC_ASSERT(comma.read(german, 1).value == expected);
}

TEST(CellText, PercentagesAndFullWidthDigits) {
  NumberReader numbers(true);
  for (const char* text : {"32.1%", "32.1 %", "３２．１％", "3.21e1%"}) {
    const Cell c = numbers.read(text, 1);
    EXPECT_EQ(c.kind, CellKind::number) << text;
    EXPECT_EQ(c.value, 32.1) << text;
    EXPECT_TRUE(c.percent) << text;
  }
  EXPECT_EQ(numbers.read("－１２．５", 1).value, -12.5);
  EXPECT_FALSE(numbers.read("１２．５", 1).percent);
  EXPECT_EQ(half_width("ＦＩ－１（ｔ／ｈ）"), "FI-1(t/h)");
  EXPECT_EQ(half_width("流量\xEF\xBC"), "流量\xEF\xBC") << "cut in mid sign";
}

TEST(UnitText, HeadersAsHistoriansWriteThem) {
  const auto parts = [](const char* header) {
    const TagAndUnit t = split_header(header);
    return t.tag + "|" + t.unit;
  };
  EXPECT_EQ(parts("FI-101 (t/h)"), "FI-101|t/h");
  EXPECT_EQ(parts("FI-101[t/h]"), "FI-101|t/h");
  EXPECT_EQ(parts("FI-101, t/h"), "FI-101|t/h");
  EXPECT_EQ(parts("FI-101,t/h"), "FI-101|t/h");
  EXPECT_EQ(parts("流量（吨/时）"), "流量|t/h");
  EXPECT_EQ(parts("流量（t/h）"), "流量|t/h");
  EXPECT_EQ(parts("TI-102 (°C)"), "TI-102|degC");
  EXPECT_EQ(parts("PI-103 (kPa(g))"), "PI-103|kPa(g)");
  EXPECT_EQ(parts("PI-103 (MPaG)"), "PI-103|MPa(g)");
  EXPECT_EQ(parts("PI-103 (mbarg)"), "PI-103|mbar(g)");
  EXPECT_EQ(parts("PI-103 (kPa 表压)"), "PI-103|kPa(g)");
  EXPECT_EQ(parts("U (W/(m2.K))"), "U|W/(m2.K)");
  EXPECT_EQ(parts("EI-104 [kWh]"), "EI-104|kW.h");
  EXPECT_EQ(parts("Feed (train A) (t/h)"), "Feed (train A)|t/h");
  EXPECT_EQ(parts("Feed (main header)"), "Feed (main header)|");
  EXPECT_EQ(parts("FIC-101.PV"), "FIC-101.PV|");
  EXPECT_EQ(parts("Tank 2, 1"), "Tank 2, 1|") << "a bare 1 is no unit there";
  EXPECT_EQ(parts("(t/h)"), "(t/h)|") << "a unit alone names nothing";
  EXPECT_EQ(parts(""), "|");
}

TEST(UnitText, KnowsWhatSaysItselfThatItIsAbsolute) {
  for (const char* text : {"kPa(a)", "bara", "MPaA", "kPa abs", "bar(abs)", "mbar(a)", "kPa（绝压）"}) {
    EXPECT_TRUE(says_absolute(text)) << text;
    EXPECT_TRUE(read_unit(text)) << text;
    EXPECT_TRUE(split_header("PI-1 [" + std::string(text) + "]").absolute) << text;
  }
  for (const char* text : {"kPa", "bar", "kPa(g)", "kA", "t/h", "Pa", "a", "", "K(a)"})
    EXPECT_FALSE(says_absolute(text)) << text;
}

TEST(UnitText, KnowsOfWhatAShareIs) {
  for (const char* text :
       {"vol%", "%vol", "% vol", "Vol.-%", "vol.%", "mol%", "mol-%", "% (v/v)", "体积%", "％（体积）"})
    EXPECT_EQ(split_header("AI-1 (" + std::string(text) + ")").share, "vol%") << text;
  for (const char* text : {"wt%", "wt.%", "%w/w", "% (w/w)", "Gew.-%", "Ma.-%", "质量%", "mass%", "m%"})
    EXPECT_EQ(split_header("AI-1 (" + std::string(text) + ")").share, "wt%") << text;
  EXPECT_EQ(split_header("AI-1 [ppmv]").share, "ppm by volume");
  EXPECT_EQ(split_header("AI-1 [ppmv]").unit, "ppm");
  for (const char* text : {"%", "ppm", "t/h", "m", "V", "", "w"}) EXPECT_EQ(says_share(text), "") << text;
}

TEST(UnitText, EveryUnitItReturnsIsOneOfTheGrammar) {
  for (const char* text : {"t/h", "°C", "℃", "m³/h", "Nm3/h", "NM3/h", "kWh/t", "KA", "kA/m²", "barg", "KPaG", "μS/cm",
                           "wt%", "kJ/(kg·K)", "m3 / h", "T/h", "g/L", "l/min"}) {
    const auto unit = read_unit(text);
    ASSERT_TRUE(unit) << text;
    EXPECT_TRUE(parse_unit(*unit)) << *unit;
  }
  for (const char* text : {"", "furlong", "t/hh", "main header", "A/B", "rpm", "pH"})
    EXPECT_FALSE(read_unit(text)) << text;
}

}  // namespace
}  // namespace castner::tables
