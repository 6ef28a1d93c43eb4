// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/table_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
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

TEST(TableReader, AFileWithoutLineEndsIsRefusedAtOnce) {
  const std::string cell(std::size_t{5} << 20, '1');
  for (const std::string& text : {"time,FI-1\n2026-11-03T14:05:00Z," + cell, "\xEF\xBB\xBFtime,FI-1\r\n" + cell,
                                  "time,FI-1\r2026-11-03T14:05:00Z,\xB2\xE2" + cell})
    EXPECT_TRUE(refusal(text).starts_with("data.csv:2: is longer than 4 MiB")) << refusal(text).substr(0, 300);
  for (const std::string& mark : {std::string("\xFF\xFE"), std::string()}) {
    std::string utf16 = mark;
    for (const char c : "time,FI-1\r\n2026-11-03T14:05:00Z,1\r\n" + cell) (utf16 += c) += '\0';
    EXPECT_TRUE(refusal(utf16).starts_with("data.csv:3: is longer than 4 MiB")) << refusal(utf16).substr(0, 300);
  }
}

TEST(TableReader, AQuoteThatNeverClosesEndsSoon) {
  std::string text = "time,\"FI-1\n";
  for (int i = 0; i < 100'000; ++i) text += "2026-11-03 00:00 (a b),1\n";
  EXPECT_NE(refusal(text).find("opens a quote that never closes"), std::string::npos);
}

/// What a small file can hold millions of is counted while it is read, and told once.
TEST(TableReader, CountsWhatItHolds) {
  const auto many = [](std::string text, const auto& item, int n) {
    for (int k = 0; k < n; ++k) text += item(k);
    return text;
  };
  const auto same = [](std::string text) { return [text](int) { return text; }; };
  const auto says = [](const std::string& text, const char* what) {
    EXPECT_NE(text.find(what), std::string::npos) << text.substr(0, 300);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << "one problem: " << text.substr(0, 300);
  };
  const std::string row = "2026-11-03T14:05:00Z";
  const auto name = [](int k) { return ",c" + std::to_string(k); };
  for (const char* end : {"\n", "\r\n", ""}) {
    says(refusal(many("time", same(","), 16'384) + end), "data.csv:1: has more than 16384 cells; export fewer tags");
    says(refusal(many("time", name, 16'384) + "\n" + many(row, same(",1"), 16'384) + end), "data.csv:1: has more");
    says(refusal("time,a\n" + row + ",2\n" + many(row, same(",1"), 16'384) + end), "data.csv:3: has more than 16384");
  }
  EXPECT_EQ(read(many("time", name, 16'383) + "\n" + many(row, same(",1"), 16'383)).series.size(), 16'383u);
  const auto tag = [&](int k) { return row + ",t" + std::to_string(k) + ",1\n"; };
  says(refusal(many("time,tag,value\n", tag, 100'001)), "data.csv:100002: has more than 100000 tags; split it");
  EXPECT_EQ(read(many("time,tag,value\n", tag, 100'000)).series.size(), 100'000u);
  const auto value = [](int k) { return "t" + std::to_string(k) + ",1\n"; };
  says(refusal(many("tag,value\n", value, 100'001)), "has more than 100000 tags");
  const auto within = [&](const std::string& text, std::size_t most) {
    const auto table = read_table(text, "data.csv", {.most_cells = most});
    return table ? std::string("accepted") : table.error().text();
  };
  const std::string three = "time,a,b\n" + row + ",1,2\n2026-11-03T14:06:00Z,,\n";
  EXPECT_EQ(within(three, 4), "accepted");
  says(within(three, 3), "data.csv:3: has more than 3 cells; split it");
  says(within("time,tag,value\n" + row + ",a,1\n" + row + ",b,1\n", 1), "data.csv:3: has more than 1 cells");
}

/// The first thousand rows tell how much memory the rest will take; rows of nothing must not promise more than the file can hold.
TEST(TableReader, RowsOfNothingDoNotPromiseAll) {
  std::string text = "time,time";
  for (int k = 0; k < 10'000; ++k) text += ",c" + std::to_string(k);
  text += "\n";
  for (int k = 0; k < 2'000'000; ++k) text += "1\n";
  EXPECT_NE(refusal(text), "accepted");
}

TEST(TableReader, CountsNoFurtherThanTimesGo) {
  const Time late = Time{} + std::chrono::hours(24) * 365 * 180;  // 2149
  for (const auto& [count, taken] : {std::pair{"20", true}, std::pair{"100", false}, std::pair{"-1e6", false}}) {
    const auto t = read_table("hour,FI-1 (t/h)\n0,1.5\n" + std::string(count) + ",1.6\n", "data.csv",
                              {.start = late, .step = std::chrono::hours(8766)});
    ASSERT_EQ(t.has_value(), taken) << count << (t ? "" : t.error().text());
    if (taken) {
      EXPECT_EQ(t->series.at(0).samples.at(1).time, late + std::chrono::hours(8766) * 20);
    } else {
      EXPECT_NE(t.error().text().find("counts beyond the year 2200"), std::string::npos) << t.error().text();
    }
  }
}

/// Nobody waits for it any more: it ends at its first row, of whichever shape.
TEST(TableReader, EndsWhereItIsAskedToStop) {
  std::stop_source source;
  source.request_stop();
  for (const std::string head : {"time,A\n", "time,tag,value\n"}) {
    std::string rows = head;
    for (int k = 10; k < 60; ++k)
      rows += "2026-11-03 14:" + std::to_string(k) + (head == "time,A\n" ? ",1\n" : ",A,1\n");
    const auto stopped = read_table(rows, "data.csv", {.time_zone = "UTC", .stop = source.get_token()});
    ASSERT_FALSE(stopped) << head;
    EXPECT_EQ(stopped.error().text(),
              "data.csv:2: was not read to its end, because its reading was stopped; read it again\n");
    EXPECT_TRUE(read_table(rows, "data.csv", {.time_zone = "UTC"})) << head;
  }
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
