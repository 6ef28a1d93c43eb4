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
        EXPECT_EQ(counted_in_1970(count, taken_ns).empty(), taken_ns >= true_ns) << count << " in " << taken_for;
    }
  }
}

TEST(CountedTime, SaysWhatTheCountWouldBe) {
  EXPECT_EQ(counted_in_1970(1'795'046'400, 1), "1795046400 is 1970-01-01T00:00:01.795046400Z in ns");
  EXPECT_EQ(counted_in_1970(1'795'046'400, 1'000'000), "1795046400 is 1970-01-21T18:37:26.400Z in ms");
  EXPECT_EQ(counted_in_1970(0, 1), "") << "in no unit the time of a plant";
  EXPECT_EQ(likely_unit(0), "");
  EXPECT_EQ(counted_in_1970(31'536'000, 1'000'000'000), "") << "1971";
  EXPECT_EQ(counted_in_1970(-1, 1), "") << "1969";
}

}  // namespace
}  // namespace castner
