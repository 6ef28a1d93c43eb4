// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/time_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace castner::tables {
namespace {

using Status = TimeText::Status;

/// The local time (or UTC where an offset is given) of a text that must be a time.
std::string read_as(const char* text, DateOrder order = DateOrder::unknown) {
  const TimeText t = read_time(text, order);
  if (t.status != Status::ok) return "status " + std::to_string(static_cast<int>(t.status));
  return readings::time_text(Time(t.local.time_since_epoch() - t.offset.value_or(std::chrono::minutes(0))));
}

TEST(TimeText, OneInstantInManyForms) {
  for (const char* text : {"2026-11-03 14:05:00",
                           "2026-11-03T14:05:00",
                           "2026-11-03 14:05",
                           "2026/11/3 14:05",
                           "2026.11.03 14:05:00",
                           "2026-11-03  14:05",
                           "20261103 140500",
                           "20261103T1405",
                           "20261103140500",
                           "03-Nov-2026 14:05:00",
                           "3-Nov-26 14:05:00",
                           "3 Nov 2026 14:05",
                           "Nov 3, 2026 14:05",
                           "November 3 2026, 14:05",
                           "Tue, 3 Nov 2026 14:05:00",
                           "2026-Nov-03 14:05",
                           "2026年11月3日 14:05",
                           "2026年11月03日14时05分",
                           "2026-11-03 2:05 PM",
                           "2026/11/3 下午 2:05",
                           "2026-11-03_14:05:00",
                           " 2026-11-03 14:05 ",
                           "3. November 2026 14:05",
                           "3 de noviembre de 2026 14:05",
                           "03-NOV-26 14:05:00",
                           "11/3/2026, 2:05 PM",
                           "2026-11-03 2:05 p. m.",
                           "2026-11-03 2:05 p.\xC2\xA0m.",
                           "2026-11-03 2:05\xE2\x80\xAFPM",
                           "2026-11-03 2:05 P.M.",
                           "2026-11-03 午後 2:05",
                           "２０２６－１１－０３　１４：０５",
                           "2026年11月3日14时05分00秒",
                           "2026年 11月 3日 14:05",
                           "2026/11/03 14:05:00:000",
                           "2026-11-03T14:05:00Z",
                           "2026-11-03T22:05:00+08:00",
                           "2026-11-03T22:05:00+0800",
                           "2026-11-03 22:05 +8",
                           "2026-11-03T08:35:00-05:30",
                           "2026-11-03 14:05:00 UTC",
                           "2026-11-03T22:05:00.000+08:00",
                           "1793714700",
                           "1793714700000",
                           "1793714700000000000"})
    EXPECT_EQ(read_as(text, DateOrder::month_day), "2026-11-03T14:05:00Z") << text;
}

TEST(TimeText, DatesWithPointsAreDayFirstUnlessSomebodySaysMonth) {
  for (const char* text : {"03.11.2026 14:05", "3.11.2026 14:05:00", "03.11.26 14:05"}) {
    EXPECT_EQ(read_as(text, DateOrder::day_month), "2026-11-03T14:05:00Z") << text;
    EXPECT_EQ(read_as(text, DateOrder::month_day), "2026-03-11T14:05:00Z") << text;
  }
}

TEST(TimeText, MonthsByTheirNamesInSixLanguages) {
  const std::vector<std::vector<const char*>> months{{"Jan", "Januar", "janv.", "ene", "janeiro", "JAN"},
                                                     {"Feb", "févr.", "FÉVR.", "fev", "febrero"},
                                                     {"Mär", "Mrz", "MÄRZ", "mars", "março"},
                                                     {"Apr", "avr.", "abr"},
                                                     {"Mai", "may", "maio"},
                                                     {"Juni", "juin", "jun"},
                                                     {"Juli", "juil.", "jul"},
                                                     {"Aug", "août", "ago"},
                                                     {"Sept.", "sept.", "set"},
                                                     {"Okt", "oct.", "out"},
                                                     {"Nov", "nov."},
                                                     {"Dez", "déc.", "dic"}};
  for (std::size_t m = 0; m < months.size(); ++m)
    for (const char* name : months[m])
      for (const char* mark : {"-", " "}) {
        const std::string text = std::string("03") + mark + name + mark + "2026 14:05";
        const std::string month = (m < 9 ? "0" : "") + std::to_string(m + 1);
        EXPECT_EQ(read_as(text.c_str()), "2026-" + month + "-03T14:05:00Z") << text;
      }
  EXPECT_NE(read_as("03-Xyz-2026 14:05").find("status"), std::string::npos);
}

TEST(TimeText, MillisecondsBehindAColonAreThree) {
  EXPECT_EQ(read_as("2026/11/03 00:00:00:250"), "2026-11-03T00:00:00.250Z");
  for (const char* text : {"2026/11/03 00:00:00:25", "2026/11/03 00:00:00:2500", "2026/11/03 00:00:00:"})
    EXPECT_NE(read_as(text).find("status"), std::string::npos) << text;
}

TEST(TimeText, FractionsAreKeptToTheNanosecond) {
  EXPECT_EQ(read_as("2026-11-03 14:05:00.250"), "2026-11-03T14:05:00.250Z");
  EXPECT_EQ(read_as("2026-11-03 14:05:00,25"), "2026-11-03T14:05:00.250Z");
  const auto fine = read_time("2026-11-03T14:05:00.123456789999Z", DateOrder::unknown);
  EXPECT_EQ(fine.local.time_since_epoch().count() % 1000000000, 123456789);
}

TEST(TimeText, TheOrderOfDayAndMonthIsNeverGuessed) {
  EXPECT_EQ(read_time("11/3/2026 14:05", DateOrder::unknown).status, Status::order_unknown);
  EXPECT_EQ(read_time("25/11/2026", DateOrder::unknown).status, Status::order_unknown)
      << "the file decides, not the cell";
  EXPECT_EQ(read_as("11/3/2026 14:05", DateOrder::month_day), "2026-11-03T14:05:00Z");
  EXPECT_EQ(read_as("11-03-2026 14:05", DateOrder::day_month), "2026-03-11T14:05:00Z");
  EXPECT_EQ(read_time("25/11/2026", DateOrder::month_day).status, Status::no_such_time);
}

TEST(TimeText, ThreeNumbersOfTwoDigitsMayBeginWithTheYear) {
  for (const char* text : {"26/11/03 14:05", "26-11-03 14:05", "26.11.03 14:05"}) {
    EXPECT_EQ(read_time(text, DateOrder::unknown).status, Status::order_unknown) << text;
    EXPECT_EQ(read_as(text, DateOrder::year_month_day), "2026-11-03T14:05:00Z") << text;
    EXPECT_EQ(read_as(text, DateOrder::day_month), "2003-11-26T14:05:00Z") << text;
  }
  EXPECT_EQ(read_as("3.11.26 14:05"), "2026-11-03T14:05:00Z") << "a year has two digits";
  EXPECT_EQ(read_as("03.11.99 14:05"), "2099-11-03T14:05:00Z") << "no month has 99 days";
}

TEST(TimeText, CountsOfOtherYearsThanOursAreNone) {
  EXPECT_EQ(read_as("946684800"), "2000-01-01T00:00:00Z");
  EXPECT_EQ(read_as("2524607999"), "2049-12-31T23:59:59Z");
  // The Unix times of 1999 and 2050; since 1904, 1900, 1601 and the year 1; dates without marks of a two-digit year.
  for (const char* text : {"946684799", "2524608000", "3876508800", "3986884800", "134066880000000000",
                           "639290880000000000", "261103140500", "2611031405"}) {
    const TimeText t = read_time(text, DateOrder::unknown);
    EXPECT_EQ(t.status, Status::no_such_time) << text;
    EXPECT_TRUE(t.counted) << text;
  }
  EXPECT_EQ(read_as("202611031405"), "2026-11-03T14:05:00Z");
}

TEST(TimeText, TheYearBehindTheTimeOfDay) {
  EXPECT_EQ(read_as("Tue Nov 03 14:05:00 2026"), "2026-11-03T14:05:00Z");
  EXPECT_EQ(read_as("Tue Nov  3 14:05:00 UTC 2026"), "2026-11-03T14:05:00Z");
  EXPECT_EQ(read_as("Tue Nov 03 2026 22:05:00 GMT+0800 (China Standard Time)"), "2026-11-03T14:05:00Z");
  EXPECT_EQ(read_time("Tue Nov 03 14:05:00 CST 2026", DateOrder::unknown).status, Status::zone_name);
}

TEST(TimeText, WeekdaysAndPointsInTheTimeOfDay) {
  for (const char* text :
       {"2026年11月3日 星期二 14:05", "2026年11月3日（火）14:05", "2026-11-03 Tue 14:05", "Di, 03.11.2026 14:05",
        "Tue, 03 Nov 2026 14:05", "03.11.2026 14.05.00", "03-NOV-26 02.05.00.000000 PM", "3 ноября 2026 г. 14:05",
        "3 НОЯ 2026 14:05", "03-NOV-2026 14:05"})
    EXPECT_EQ(read_as(text), "2026-11-03T14:05:00Z") << text;
  EXPECT_EQ(read_time("2026-11-03 14.5", DateOrder::unknown).status, Status::not_a_time);
}

TEST(TimeText, MidnightAndNoonOfTwelveHourClocks) {
  EXPECT_EQ(read_as("2026-11-03 12:00 AM"), "2026-11-03T00:00:00Z");
  EXPECT_EQ(read_as("2026-11-03 12:30 PM"), "2026-11-03T12:30:00Z");
  EXPECT_EQ(read_as("2026-11-03 2 PM"), "2026-11-03T14:00:00Z");
  EXPECT_EQ(read_as("2026-11-03T14"), "2026-11-03T14:00:00Z") << "ISO 8601 allows the hour alone";
  EXPECT_EQ(read_as("2026-11-03 24:00"), "2026-11-04T00:00:00Z");
  EXPECT_EQ(read_time("2026-11-03 14:05 PM", DateOrder::unknown).status, Status::no_such_time);
}

TEST(TimeText, WhatIsNotInTheCalendarIsSaidToBe) {
  for (const char* text :
       {"2026-02-29", "2026-13-01", "2026-00-10", "2026-11-31 10:00", "2026-11-03 25:00", "2026-11-03 10:60",
        "2026-11-03 10:00:60", "2026-11-03 24:01", "1026-11-03", "2026-11-03T10:00+15:00", "2026-257-01", "9999-01-01",
        // Counts beyond 2262, where nanoseconds end: they must not come round to 1700.
        "9999999999", "9999999999.5", "9999999999999", "9999999999999999", "9223372036854775807"})
    EXPECT_EQ(read_time(text, DateOrder::unknown).status, Status::no_such_time) << text;
}

TEST(TimeText, OtherTextsAreNotTimes) {
  for (const char* text : {"", " ", "FI-101", "12.5", "0", "46329.58", "2026", "2026-11", "14:05",
                           "2026-11-03 14:05 bad", "2026-11-03x", "11/3", "1.2.3", "yesterday", "Nov", "-5",
                           "2026-11/03", "99999999999999999999", "2026-11-03 14:05:00 +08:00 x"})
    EXPECT_NE(read_time(text, DateOrder::unknown).status, Status::ok) << text;
  EXPECT_EQ(read_time("2026-11-03 14:05 CST", DateOrder::unknown).status, Status::zone_name);
  EXPECT_FALSE(looks_like_time("12345678"));
  EXPECT_FALSE(looks_like_time("FI-101"));
  EXPECT_TRUE(looks_like_time("2026-02-30 10:00"));
}

}  // namespace
}  // namespace castner::tables
