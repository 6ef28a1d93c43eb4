// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/header_zone.h"

#include <gtest/gtest.h>

#include "castner/tables/column_names.h"

namespace castner::tables {
namespace {

TEST(HeaderZone, CountsWhereItIsOne) {
  for (const char* text : {"time (UTC)", "time UTC", "UTC time", "UTC_Time", "TimeUTC", "utc_timestamp",
                           "Timestamp [GMT]", "Zeit (Z)", "Time, UTC"}) {
    EXPECT_EQ(header_zone(text).zone, "UTC") << text;
    EXPECT_TRUE(read_title(text).is(ColumnName::time)) << text;
  }
  for (const char* text : {"time (+08:00)", "Time UTC+8", "Time UTC +8", "time (GMT+08:00)", "时间（UTC+8）",
                           "(UTC+08:00) Time", "Time +0800", "time (CST, UTC+8)", "Time +8:00"}) {
    EXPECT_EQ(header_zone(text).zone, "+08:00") << text;
    EXPECT_TRUE(read_title(text).is(ColumnName::time)) << text;
  }
  EXPECT_EQ(header_zone("time [Europe/Berlin]").zone, "Europe/Berlin");
  EXPECT_EQ(header_zone("北京时间").zone, "Asia/Shanghai");
  EXPECT_TRUE(read_title("北京时间").is(ColumnName::time));
}

TEST(HeaderZone, LettersThatStandForSeveralAreUnknown) {
  for (const char* text :
       {"time [CET]", "Zeit (MEZ)", "Time CST", "EST time", "Timestamp_PDT", "time (cet)", "时间（CST）",
        "time (China Standard Time)", "Time (Eastern Daylight Time)", "Zeit (Sommerzeit)"}) {
    const HeaderZone z = header_zone(text);
    EXPECT_FALSE(z.zone) << text;
    EXPECT_FALSE(z.unknown.empty()) << text;
    EXPECT_TRUE(read_title(text).is(ColumnName::time)) << text;
    EXPECT_FALSE(read_title(text).unknown_zone.empty()) << text;
  }
}

TEST(HeaderZone, OtherWordsAreNone) {
  for (const char* text : {"time", "Zeit [lokal]", "time (local)", "Date/Time", "time (hh:mm:ss)", "Date (DD/MM/YYYY)",
                           "DATE ET HEURE", "Time (PLC)", "时间", "est. time", "time (s)"}) {
    const HeaderZone z = header_zone(text);
    EXPECT_FALSE(z.zone) << text;
    EXPECT_TRUE(z.unknown.empty()) << text << ": " << z.unknown;
  }
}

}  // namespace
}  // namespace castner::tables
