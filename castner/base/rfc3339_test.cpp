// SPDX-License-Identifier: Apache-2.0
#include "castner/base/rfc3339.h"

#include <gtest/gtest.h>

#include <random>

namespace castner {
namespace {

constexpr std::pair<const char*, std::int64_t> kUnits[] = {
    {"ns", 1}, {"us", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}};

TEST(CountedTime, ACountInACoarserUnitIsFoundOutAndItsUnitNamed) {
  std::mt19937_64 random(14);
  for (int k = 0; k < 2000; ++k) {
    const auto second =
        std::uniform_int_distribution<std::int64_t>(631'152'000, 4'102'444'799)(random);  // 1990 to 2099
    for (const auto& [true_unit, true_ns] : kUnits) {
      const auto count = second * (1'000'000'000 / true_ns);
      EXPECT_EQ(likely_unit(count), true_unit);
      for (const auto& [taken_for, taken_ns] : kUnits)
        EXPECT_EQ(wrong_count(count, taken_ns).empty(), taken_ns == true_ns) << count << " in " << taken_for;
    }
  }
}

TEST(CountedTime, SaysWhatTheCountWouldBe) {
  EXPECT_EQ(wrong_count(1'795'046'400, 1), "1795046400 is 1970-01-01T00:00:01.795046400Z in ns");
  EXPECT_EQ(wrong_count(1'795'046'400, 1'000'000), "1795046400 is 1970-01-21T18:37:26.400Z in ms");
  // In no unit the time of a plant: a device without a clock, or its time since it was switched on.
  EXPECT_EQ(wrong_count(0, 1), "0 is 1970-01-01T00:00:00Z in ns");
  EXPECT_EQ(wrong_count(12'345'678, 1'000), "12345678 is 1970-01-01T00:00:12.345678Z in us");
  EXPECT_EQ(wrong_count(12'345'678, 1'000'000), "12345678 is 1970-01-01T03:25:45.678Z in ms");
  EXPECT_EQ(wrong_count(12'345'678, 1'000'000'000), "12345678 is 1970-05-23T21:21:18Z in s");
  EXPECT_EQ(likely_unit(0), "");
  EXPECT_EQ(wrong_count(31'536'000, 1'000'000'000), "") << "1971";
  EXPECT_EQ(wrong_count(-1, 1), "") << "1969";
}

TEST(CountedTime, EndsWithTheLastWholeYearThatNanosecondsReach) {
  constexpr std::int64_t kEnd = 9'214'646'400, kFirst = -9'214'560'000;  // 2262-01-01 and 1678-01-01 [s]
  for (const auto& [unit, ns] : kUnits) {
    const auto a_second = 1'000'000'000 / ns;
    EXPECT_TRUE(counted_time(kEnd * a_second - 1, ns)) << unit;
    EXPECT_TRUE(counted_time(kFirst * a_second, ns)) << unit;
    for (const auto count :
         {kEnd * a_second, kFirst * a_second - 1, kEnd * a_second + 5 * a_second, INT64_MAX, INT64_MIN}) {
      EXPECT_FALSE(counted_time(count, ns)) << count << " in " << unit;
      EXPECT_EQ(wrong_count(count, ns), std::to_string(count) + " in " + unit + " is outside the years 1678 to 2261");
    }
  }
  EXPECT_TRUE(read_utc("2261-12-31T23:59:59.999999999Z"));
  EXPECT_TRUE(read_utc("2262-01-01T00:00:00Z") == std::nullopt);
  EXPECT_FALSE(read_utc("2261-12-31T23:00:00-05:00")) << "in 2262 where the clocks of the world are";
  EXPECT_FALSE(read_utc("1678-01-01T00:00:00+08:00"));
  EXPECT_EQ(rfc3339(*counted_time(kEnd * 1000 - 1, 1'000'000)), "2261-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace castner
