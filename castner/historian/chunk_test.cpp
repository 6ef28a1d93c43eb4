// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/chunk.h"

#include <gtest/gtest.h>

#include <bit>
#include <limits>

namespace castner::historian {
namespace {

constexpr Time kBegin{std::chrono::seconds(1'800'000'000)}, kEnd = kBegin + std::chrono::hours(1);

Summary with(double number) {
  return {.begin = kBegin,
          .end = kEnd,
          .good = 3600,
          .usable = 3600,
          .min = -7.0,
          .max = 100.0,
          .first = 0.0,
          .last = 3.0,
          .sum = 123456.0,
          .integral = number,
          .held = std::chrono::hours(1),
          .end_usable = true};
}

TEST(Chunk, ASummaryComesBackToTheBit) {
  constexpr double kMost = 9007199254740992.0;  // 2^53: from here on not every whole number is a double
  for (const double number : {0.0, -0.0, 1.0, -1.0, 0.5, kMost - 1, kMost, -kMost, 1e300, 5e-324,
                              std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    for (const bool end_usable : {false, true}) {
      auto s = with(number);
      s.end_usable = end_usable;
      const auto back = unpacked(packed(s), kBegin, kEnd);
      ASSERT_TRUE(back) << number;
      EXPECT_EQ(std::bit_cast<std::uint64_t>(back->integral), std::bit_cast<std::uint64_t>(number)) << number;
      if (number == number) {
        EXPECT_EQ(*back, s);
      }
    }
  }
}

TEST(Chunk, ASummaryOfWholeNumbersIsShort) {
  EXPECT_LT(packed(with(360'000.0)).size() + 25, packed(with(360'000.5)).size()) << "six numbers of eight bytes each";
}

TEST(Chunk, ASummaryCutShortOrWithAFlagNobodyKnowsIsNone) {
  const auto bytes = packed(with(1.0));
  for (std::size_t n = 0; n < bytes.size(); ++n) EXPECT_FALSE(unpacked(bytes.substr(0, n), kBegin, kEnd)) << n;
  auto unknown = bytes;
  const auto flags = unknown.find('\3');
  ASSERT_NE(flags, std::string::npos);
  unknown[flags] = '\7';
  EXPECT_FALSE(unpacked(unknown, kBegin, kEnd));
}

}  // namespace
}  // namespace castner::historian
