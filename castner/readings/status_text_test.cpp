// SPDX-License-Identifier: Apache-2.0
#include "castner/readings/status_text.h"

#include <gtest/gtest.h>

namespace castner::readings {
namespace {

using enum Quality;

TEST(StatusText, WordsOfManyHistoriansInAnyCase) {
  for (const char* text : {"",
                           "Bad",
                           "BAD",
                           "I/O Timeout",
                           "Pt Created",
                           "[-11059] No Good Data For Calculation",
                           "[-5] Tag Not Found",
                           "#N/A",
                           "#NV",
                           "#####",
                           "########",
                           "******",
                           "-------",
                           "????????",
                           "1.#QNAN0",
                           "-1.#IND00",
                           "+INF",
                           "(null)",
                           "Tag not found",
                           "Resize to show all values",
                           "Störung",
                           "ungültig",
                           "Kein Wert",
                           "n. def.",
                           "坏值",
                           "未采集",
                           "断开",
                           " Bad ",
                           "\xC2\xA0Scan Off"})
    EXPECT_TRUE(is_status_text(text)) << text;
  for (const char* text : {"12", "-5", "Auto", "FI-1", "开", "70.0"}) EXPECT_FALSE(is_status_text(text)) << text;
}

TEST(StatusText, QualitiesInWordsAndCodes) {
  for (const char* text :
       {"", "good", "Good", "GOOD", "192", "216", "好", "Good, local override", "0x00000000", "192.0", "gut"})
    EXPECT_EQ(read_quality(text), good) << text;
  for (const char* text : {"uncertain", "64", "80", "Questionable", "可疑", "0x40000000", "1083179008"})
    EXPECT_EQ(read_quality(text), uncertain) << text;
  for (const char* text : {"bad", "0", "24", "Bad", "坏", "I/O Timeout", "0x80050000", "2147811328"})
    EXPECT_EQ(read_quality(text), bad) << text;
  for (const char* text : {"fine", "300", "-1", "128", "1.5", "?!"}) EXPECT_FALSE(read_quality(text)) << text;
}

TEST(StatusText, ColumnsThatHoldAQualityByTheirNames) {
  const auto read = [](const char* column, const char* text) {
    return read_quality(text, quality_column(column).value());
  };
  for (const auto& [text, quality] :
       {std::pair{"100", good}, {"100.0", good}, {"99,5", uncertain}, {"50 %", uncertain}, {"0", bad}, {"-1", bad}})
    EXPECT_EQ(read("confidence", text), quality) << text;
  EXPECT_EQ(read("good", "TRUE"), good);
  EXPECT_EQ(read("isgood", "0"), bad);
  EXPECT_EQ(read("validity", "1"), good);
  EXPECT_EQ(read("questionable", "True"), uncertain);
  EXPECT_EQ(read("questionable", "False"), good);
  EXPECT_EQ(read("bad", "1"), bad);
  EXPECT_EQ(read("opcquality", "192"), good);
  EXPECT_EQ(read("status", "Bad"), bad);
  for (const char* name : {"value", "fi1", "time", ""}) EXPECT_FALSE(quality_column(name)) << name;
}

}  // namespace
}  // namespace castner::readings
