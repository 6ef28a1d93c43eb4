// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/chunk.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
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
  constexpr double kMost = 9007199254740992.0;  // 2^53: from here on not every integer is a double
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
  auto odd = with(360'000.5);
  odd.min = std::nextafter(odd.min, 0.0);
  EXPECT_LT(packed(with(360'000.0)).size() + 25, packed(odd).size()) << "six numbers of eight bytes each";
}

Summary of_cells() {
  auto s = with(10'800.123456789);
  s.min = 2.9871;
  s.max = 3.0123;
  s.first = 3.0001;
  s.last = 2.9998;
  s.sum = 10'800.1;
  return s;
}

TEST(Chunk, ASummaryOfDecimalsComesBackToTheBitAndIsShort) {
  const auto cells = of_cells();
  EXPECT_EQ(unpacked(packed(cells), kBegin, kEnd), cells);
  auto odd = cells;
  odd.max = std::nextafter(odd.max, 4.0);  // one that no digits hold: then all are doubles
  EXPECT_EQ(unpacked(packed(odd), kBegin, kEnd), odd);
  EXPECT_LT(packed(cells).size() + 20, packed(odd).size());
  auto single = cells;
  for (auto* v : {&single.min, &single.max, &single.first, &single.last}) *v = static_cast<float>(*v);
  EXPECT_EQ(unpacked(packed(single), kBegin, kEnd), single);
  EXPECT_LT(packed(single).size() + 20, packed(odd).size());
}

TEST(Chunk, ASummaryCutShortOrWithAFlagNobodyKnowsIsNone) {
  for (const auto& s : {with(1.0), with(0.5), of_cells()}) {
    const auto bytes = packed(s);
    for (std::size_t n = 0; n < bytes.size(); ++n) EXPECT_FALSE(unpacked(bytes.substr(0, n), kBegin, kEnd)) << n;
    EXPECT_FALSE(unpacked(bytes + '\0', kBegin, kEnd));
    Summary none = s;
    none.usable = 0;
    const auto flags = packed(none).size();  // at the end there, and `usable` takes a byte more here
    for (const char unknown : {'\6', '\7', '\10', '\177'}) {
      auto other = bytes;
      other[flags] = unknown;
      EXPECT_FALSE(unpacked(other, kBegin, kEnd)) << int{unknown};
    }
  }
}

}  // namespace
}  // namespace castner::historian
