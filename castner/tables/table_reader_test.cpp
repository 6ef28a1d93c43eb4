// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/table_reader.h"

#include <gtest/gtest.h>

#include <cmath>

#include "castner/readings/time_zone.h"

namespace castner::tables {
namespace {

using readings::Quality;
using readings::time_text;

Table read(std::string_view text, const char* zone = "Asia/Shanghai") {
  auto table = read_table(text, "data.csv", {.time_zone = zone ? std::optional<std::string>(zone) : std::nullopt});
  EXPECT_TRUE(table) << table.error().text();
  return table ? std::move(*table) : Table{};
}
std::string refusal(std::string_view text, const char* zone = "Asia/Shanghai") {
  const auto table =
      read_table(text, "data.csv", {.time_zone = zone ? std::optional<std::string>(zone) : std::nullopt});
  return table ? "accepted" : table.error().text();
}

TEST(TableReader, ReadsAWideTable) {
  const auto t =
      read("# synthetic\ntime,FI-101 (t/h),TI-102 [°C]\n2026-11-03 14:05:00,12.1,80\n2026-11-03 14:06:00,Bad,81.5\n");
  EXPECT_EQ(t.facts.shape, TableShape::wide);
  EXPECT_EQ(t.facts.rows, 2);
  EXPECT_EQ(t.facts.comment_lines, 1);
  EXPECT_EQ(t.facts.bad_texts, 1);
  EXPECT_EQ(t.facts.time_zone, "Asia/Shanghai");
  ASSERT_EQ(t.series.size(), 2u);
  EXPECT_EQ(t.series[0].tag, "FI-101");
  EXPECT_EQ(t.series[0].unit, "t/h");
  EXPECT_EQ(t.series[1].unit, "degC");
  EXPECT_EQ(time_text(t.series[0].samples.at(0).time), "2026-11-03T06:05:00Z");
  EXPECT_EQ(t.series[0].samples[0].value, 12.1);
  EXPECT_EQ(t.series[0].samples[1].quality, Quality::bad);
  EXPECT_TRUE(std::isnan(t.series[0].samples[1].value));
}

TEST(TableReader, ReadsALongTable) {
  const auto t = read(
      "time,tag,value,quality\n2026-11-03T14:05:00Z,A,1,good\n2026-11-03T14:05:00Z,B,2,uncertain\n"
      "2026-11-03T14:06:00Z,A,3,bad\n",
      nullptr);
  EXPECT_EQ(t.facts.shape, TableShape::longer);
  EXPECT_EQ(t.facts.time_zone, "offsets in the file");
  ASSERT_EQ(t.series.size(), 2u);
  EXPECT_EQ(t.series[0].samples.size(), 2u);
  EXPECT_EQ(t.series[0].samples[1].quality, Quality::bad);
  EXPECT_EQ(t.series[1].samples[0].quality, Quality::uncertain);
}

TEST(TableReader, ReadsASnapshot) {
  const auto t = read("tag;value (t/h);sd;quality\nA;1,5;0,1;good\nB;2,25;;64\nC;坏值;;\n");
  EXPECT_EQ(t.facts.shape, TableShape::snapshot);
  EXPECT_EQ(t.facts.decimal, "comma");
  ASSERT_EQ(t.snapshot.size(), 3u);
  EXPECT_EQ(t.snapshot[0].value, 1.5);
  EXPECT_EQ(t.snapshot[0].sd, 0.1);
  EXPECT_EQ(t.snapshot[0].unit, "t/h");
  EXPECT_EQ(t.snapshot[1].quality, Quality::uncertain);
  EXPECT_FALSE(t.snapshot[1].sd);
  EXPECT_EQ(t.snapshot[2].quality, Quality::bad);
  EXPECT_EQ(t.snapshot[2].line, 4);
}

TEST(TableReader, NeverGuessesATimeZone) {
  EXPECT_NE(refusal("time,A\n2026-11-03 14:05,1\n2026-11-03 14:06,2\n", nullptr).find("data.csv:2: times such as"),
            std::string::npos);
  EXPECT_NE(refusal("time,A\n2026-11-03 14:05,1\n", "Asia/Shangai").find("Asia/Shanghai"), std::string::npos);
}

TEST(TableReader, AnHourThatOccursTwiceIsTakenInFileOrder) {
  const auto t = read(
      "time,A\n2026-10-25 02:00,1\n2026-10-25 02:30,2\n2026-10-25 02:00,3\n2026-10-25 02:30,4\n2026-10-25 03:00,5\n",
      "Europe/Berlin");
  ASSERT_EQ(t.series.at(0).samples.size(), 5u);
  EXPECT_EQ(time_text(t.series[0].samples[1].time), "2026-10-25T00:30:00Z");
  EXPECT_EQ(time_text(t.series[0].samples[2].time), "2026-10-25T01:00:00Z");
  EXPECT_EQ(time_text(t.series[0].samples[4].time), "2026-10-25T02:00:00Z");
}

TEST(TableReader, AnHourThatIsSkippedIsAnErrorWithItsLine) {
  EXPECT_NE(refusal("time,A\n2026-03-29 01:59,1\n2026-03-29 02:00,2\n2026-03-29 03:00,2\n", "Europe/Berlin")
                .find("data.csv:3: \"2026-03-29 02:00\" does not exist"),
            std::string::npos);
}

}  // namespace
}  // namespace castner::tables
