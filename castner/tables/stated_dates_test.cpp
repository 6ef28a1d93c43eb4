// SPDX-License-Identifier: Apache-2.0
// The order of dates that a person states, where a file does not show it.
#include <gtest/gtest.h>

#include "castner/readings/time_zone.h"
#include "castner/tables/data_options.h"
#include "castner/tables/table_reader.h"

namespace castner::tables {
namespace {

/// The first time of a table of these dates, or why there is none.
std::string first_time(const std::string& order, const std::string& dates) {
  const auto options = table_options({.dates = order}, "UTC");
  if (!options) return options.error().first();
  const auto table = read_table("time,FI-1\n" + dates, "a.csv", *options);
  return table ? readings::time_text(table->series[0].samples[0].time) : table.error().first();
}

TEST(StatedDates, OfOneDayAreReadAsStated) {
  const std::string day = "01/02/2026 10:00,1\n01/02/2026 10:01,2\n";
  EXPECT_EQ(first_time("dmy", day), "2026-02-01T10:00:00Z");
  EXPECT_EQ(first_time("mdy", day), "2026-01-02T10:00:00Z");
  const std::string short_year = "26/11/03 10:00,1\n26/11/03 10:01,2\n";
  EXPECT_EQ(first_time("ymd", short_year), "2026-11-03T10:00:00Z");
  EXPECT_EQ(first_time("dmy", short_year), "2003-11-26T10:00:00Z");
  EXPECT_EQ(first_time("mdy", "01.02.2026 10:00,1\n"), "2026-01-02T10:00:00Z");
}

TEST(StatedDates, LeaveDatesAloneThatLeaveNoDoubt) {
  for (const char* order : {"dmy", "mdy", "ymd"}) {
    EXPECT_EQ(first_time(order, "2026-02-01 10:00,1\n"), "2026-02-01T10:00:00Z");
    EXPECT_EQ(first_time(order, "01-Feb-2026 10:00,1\n"), "2026-02-01T10:00:00Z");
  }
}

TEST(StatedDates, ThatChangeNothingAreSaid) {
  const auto notes = [](const std::string& text, DataOptions said) {
    const auto table = read_table(text, "a.csv", table_options(said, "UTC").value());
    EXPECT_TRUE(table) << (table ? "" : table.error().text());
    std::string all;
    if (table)
      for (const auto& note : table->facts.notes) all += note + "\n";
    return all;
  };
  const std::string nothing = "the order of dates that was stated, dmy, changes nothing";
  for (const char* plain : {"time,FI-1\n2026-02-01 10:00,1\n", "time,FI-1\n01-Feb-2026 10:00,1\n",
                            "time,FI-1\n1764590400,1\n", "tag,value,unit\nFI-1,1,t/h\n"}) {
    EXPECT_NE(notes(plain, {.dates = "dmy"}).find(nothing), std::string::npos) << plain;
    EXPECT_EQ(notes(plain, {}).find(nothing), std::string::npos) << plain;
  }
  EXPECT_NE(notes("hour,FI-1\n0,1\n1,2\n", {.start = "2026-11-03T00:00Z", .step = "1 h", .dates = "dmy"}).find(nothing),
            std::string::npos);
  for (const char* read : {"time,FI-1\n01/02/2026 10:00,1\n", "time,FI-1\n13/02/2026 10:00,1\n",
                           "time,FI-1\n01.02.2026 10:00,1\n", "time,FI-1\n01-02-2026 10:00,1\n"})
    EXPECT_EQ(notes(read, {.dates = "dmy"}), "") << read;
  EXPECT_EQ(notes("time,FI-1\n01.02.2026 10:00,1\n", {.dates = "mdy"}).find("day.month.year"), std::string::npos)
      << "no assumption, and not this one";
}

TEST(StatedDates, AreTheCureOfARefusal) {
  for (const char* dates : {"01/02/2026 10:00,1\n", "26/11/03 10:00,1\n26/11/03 10:01,1\n"}) {
    const std::string why = first_time("", dates);
    EXPECT_NE(why.find("--dates dmy, mdy or ymd"), std::string::npos) << why;
    EXPECT_NE(why.find("dates = \"dmy\""), std::string::npos) << why;
  }
}

TEST(StatedDates, ThatDoNotFitAreRefused) {
  EXPECT_EQ(first_time("mdy", "26/11/2026 10:00,1\n").find("a.csv:2: \"26/11/2026 10:00\" does not fit the order"), 0);
  EXPECT_EQ(first_time("ymd", "01/02/2026 10:00,1\n").find("a.csv:2: \"01/02/2026 10:00\" does not fit the order"), 0);
  EXPECT_EQ(first_time("dmy", "01/02/2026 10:00,1\n01/13/2026 10:00,1\n").find("a.csv:3: "), 0);
  EXPECT_EQ(first_time("dmy", "31/02/2026 10:00,1\n").find("a.csv:2: \"31/02/2026 10:00\" is no day"), 0);
  EXPECT_EQ(first_time("day first", "01/02/2026 10:00,1\n"),
            "--dates: \"day first\" is no order of dates; write --dates dmy, mdy or ymd");
}

}  // namespace
}  // namespace castner::tables
