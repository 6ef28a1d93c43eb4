// SPDX-License-Identifier: Apache-2.0
// A column that counts hours, minutes or days from the start of a file.
#include <gtest/gtest.h>

#include "castner/readings/time_zone.h"
#include "castner/tables/data_options.h"
#include "castner/tables/table_reader.h"

namespace castner::tables {
namespace {

Result<Table> read_counted(const std::string& header, const DataOptions& said = {}) {
  return read_table(header + ",FI-1 (t/h)\n0,1\n1,2\n2.5,3\n", "a.csv", table_options(said, "UTC").value());
}
/// The time of the last row, of a first at midnight; or why there is none.
std::string last_time(const std::string& header, const std::string& step = "") {
  const auto table = read_counted(header, {.start = "2026-11-03T00:00", .step = step});
  return table ? readings::time_text(table->series[0].samples.back().time) : table.error().first();
}

TEST(CountedHours, AreCountedInTheUnitOfTheColumn) {
  for (const char* header : {"Zeit [h]", "time [h]", "Time (hours)", "t [h]", "Zeit in Stunden", "Laufzeit (Std.)",
                             "hour", "小时", "时间（小时）", "Time since start (h)", "elapsed time [h]", "heures"})
    EXPECT_EQ(last_time(header), "2026-11-03T02:30:00Z") << header;
  for (const char* header : {"Zeit [min]", "time (min)", "Minuten", "时间(分钟)"})
    EXPECT_EQ(last_time(header), "2026-11-03T00:02:30Z") << header;
  for (const char* header : {"Zeit [s]", "time [s]", "Zeit (Sek.)", "时间 [秒]"})
    EXPECT_EQ(last_time(header), "2026-11-03T00:00:02.500Z") << header;
  for (const char* header : {"Zeit [Tage]", "time (d)", "day", "时间（天）"})
    EXPECT_EQ(last_time(header), "2026-11-05T12:00:00Z") << header;
}

TEST(CountedHours, AreRefusedWithTheOptionThatReadsThem) {
  for (const char* header : {"Zeit [h]", "time [min]", "Zeit [s]", "Zeit [Tage]", "Time since start (h)", "hour"}) {
    const auto table = read_counted(header);
    ASSERT_FALSE(table) << header;
    ASSERT_EQ(table.error().problems.size(), 1u) << table.error().text();
    EXPECT_NE(table.error().first().find("give the time of the first row, --start 2026-11-03T00:00, and "),
              std::string::npos)
        << table.error().first();
    EXPECT_EQ(table.error().first().find("--step"), std::string::npos) << table.error().first();
  }
}

TEST(CountedHours, WithoutAUnitAskForTheStepToo) {
  const auto table = read_counted("time");
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().text(),
            "a.csv:1: has the number \"0\" where its column \"time\" should have a time; write times as 2026-11-03 "
            "14:05:00; where it counts hours or rows, give --start 2026-11-03T00:00 --step \"1 h\"\n");
  EXPECT_EQ(last_time("time", "1 h"), "2026-11-03T02:30:00Z");
  EXPECT_EQ(last_time("time"),
            "a.csv:1: does not say how far its rows are apart; give it beside --start: --step \"1 h\"");
}

TEST(CountedHours, AreNotReadByAnotherStepThanTheirName) {
  EXPECT_EQ(last_time("Zeit [h]", "60 min"), "2026-11-03T02:30:00Z");
  EXPECT_EQ(last_time("Zeit [h]", "1 min"),
            "a.csv:1: counts by the name \"Zeit [h]\" in another unit than --step says; leave --step out, or correct "
            "the name");
  EXPECT_EQ(last_time("n", "1 min"), "2026-11-03T00:02:30Z");
}

}  // namespace
}  // namespace castner::tables
