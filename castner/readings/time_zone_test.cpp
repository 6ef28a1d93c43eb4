// SPDX-License-Identifier: Apache-2.0
#include "castner/readings/time_zone.h"

#include <gtest/gtest.h>

namespace castner::readings {
namespace {

using namespace std::chrono;
using Kind = Resolved::Kind;

LocalTime local(int y, unsigned m, unsigned d, int h, int min) {
  return LocalTime(local_days(year(y) / month(m) / day(d)).time_since_epoch() + hours(h) + minutes(min));
}
Time utc(const char* text) { return parse_time(text, std::nullopt).value(); }

TEST(TimeZone, AnHourThatOccursTwiceHasTwoInstants) {
  const auto r = resolve(local(2023, 10, 29, 2, 30), "Europe/Berlin");
  EXPECT_EQ(r.kind, Kind::twice);
  EXPECT_EQ(r.first, utc("2023-10-29T00:30:00Z"));
  EXPECT_EQ(r.second, utc("2023-10-29T01:30:00Z"));
}

TEST(TimeZone, AnHourThatIsSkippedHasNone) {
  EXPECT_EQ(resolve(local(2023, 3, 26, 2, 30), "Europe/Berlin").kind, Kind::never);
  EXPECT_FALSE(parse_time("2023-03-26 02:30", "Europe/Berlin"));
}

TEST(TimeZone, ChinaHadSummerTimeOnce) {
  EXPECT_EQ(resolve(local(1990, 7, 1, 12, 0), "Asia/Shanghai").first, utc("1990-07-01T03:00:00Z"));
  EXPECT_EQ(resolve(local(2026, 7, 1, 12, 0), "Asia/Shanghai").first, utc("2026-07-01T04:00:00Z"));
}

TEST(TimeZone, MidnightIsTheZonesOwnEvenWhenTheDayIsShort) {
  EXPECT_EQ(local_midnight(utc("2026-11-03T20:00:00Z"), "Asia/Shanghai"), utc("2026-11-03T16:00:00Z"));
  const Time short_day = local_midnight(utc("2023-03-26T12:00:00Z"), "Europe/Berlin");
  EXPECT_EQ(next_local_midnight(short_day, "Europe/Berlin") - short_day, hours(23));
  const Time long_day = local_midnight(utc("2023-10-29T12:00:00Z"), "Europe/Berlin");
  EXPECT_EQ(next_local_midnight(long_day, "Europe/Berlin") - long_day, hours(25));
}

TEST(TimeZone, TextCarriesTheOffsetOfItsDay) {
  EXPECT_EQ(time_text(utc("2026-11-03T06:05:00Z"), "Asia/Shanghai"), "2026-11-03T14:05:00+08:00");
  EXPECT_EQ(time_text(utc("2026-07-03T06:05:00Z"), "Europe/Berlin"), "2026-07-03T08:05:00+02:00");
  EXPECT_EQ(time_text(utc("2026-07-03T06:05:00.25Z"), "-03:30"), "2026-07-03T02:35:00.250-03:30");
  EXPECT_EQ(time_text(utc("2026-07-03T06:05:00Z")), "2026-07-03T06:05:00Z");
}

TEST(TimeZone, WrongNamesAndTimesAreRefusedWithACure) {
  EXPECT_NE(check_time_zone("Asia/Shangai").error().text().find("Asia/Shanghai"), std::string::npos);
  for (const char* zone : {"+8", "GMT+8:00", "+25:00", "", "Mars/Olympus"}) EXPECT_FALSE(check_time_zone(zone)) << zone;
  for (const char* text : {"", "yesterday", "2026-13-01", "2026-11-03T25:00Z", "2026-11-03T10:00+8", "2026-02-30"})
    EXPECT_FALSE(parse_time(text, "+08:00")) << text;
  EXPECT_FALSE(parse_time("2026-11-03 10:00", std::nullopt)) << "a zone is never guessed";
  for (const char* text : {"2262-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1677-12-31T00:00:00Z", "0000-01-01"})
    EXPECT_NE(parse_time(text, "+08:00").error().text().find("outside the years 1678 to 2261"), std::string::npos)
        << text << ": " << parse_time(text, "+08:00").error().text();
  EXPECT_LT(utc("1678-01-01T00:00:00+14:00"), utc("2261-12-31T23:59:59-14:00")) << "neither wraps round";
}

}  // namespace
}  // namespace castner::readings
