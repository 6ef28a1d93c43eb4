// SPDX-License-Identifier: Apache-2.0
// A curve thinned from columns is the curve thinned reading by reading, whatever the readings are.
#include "castner/historian/aggregate.h"

#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <random>

namespace castner::historian {
namespace {

Time at_ns(std::int64_t ns) { return Time(std::chrono::nanoseconds(ns)); }

/// Readings of one tag, ascending; `odd` of a thousand are none of the good doubles at a new time that nearly all are.
Columns readings(unsigned seed, std::size_t n, unsigned odd) {
  std::mt19937_64 random(seed);
  Columns c;
  std::int64_t time = 1'000;
  for (std::size_t i = 0; i < n; ++i) {
    const bool is_odd = random() % 1000 < odd;
    const auto way = is_odd ? random() % 8 : 8;
    time += way == 0 ? 0 : 1 + static_cast<std::int64_t>(random() % 20);
    readings::Reading r{.time = at_ns(time), .value = static_cast<double>(random() % 64) / 8.0 - 4.0};
    if (way == 1) r.value = std::numeric_limits<double>::quiet_NaN();
    if (way == 2) r.value = std::numeric_limits<double>::infinity() * (random() % 2 ? 1 : -1);
    if (way == 3) r.value = std::string("text");
    if (way == 4) r.value = static_cast<std::int64_t>(random() % 9);
    if (way == 5) r.status = readings::StatusCode::bad;
    if (way == 6) r.status = readings::StatusCode::uncertain;
    if (way == 7) r.value = random() % 2 == 0;
    c.push(TagId{1}, r);
  }
  return c;
}

void expect_same_curve(const Columns& c, std::size_t points, std::size_t piece) {
  const Range range{TagId{1}, c.time(0), at_ns(c.times.back() + 1)};
  Thinner one_by_one(range, points), in_columns(range, points);
  for (std::size_t i = 0; i < c.size(); ++i)
    if (counts(c, i, c.size())) one_by_one.add(fact_at(c, i));
  for (std::size_t first = 0; first < c.size();) {
    auto last = std::min(first + piece, c.size());
    while (last < c.size() && c.times[last] == c.times[last - 1])
      ++last;  // all that there are of a time, as the merging iterator shows
    in_columns.add(c, first, last);
    first = last;
  }
  const auto expected = one_by_one.finish(), got = in_columns.finish();
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_EQ(got[i].time, expected[i].time) << i;
    EXPECT_EQ(std::bit_cast<std::uint64_t>(got[i].value), std::bit_cast<std::uint64_t>(expected[i].value)) << i;
    EXPECT_EQ(got[i].status, expected[i].status) << i;
  }
}

TEST(Thinner, ColumnsGiveTheCurveThatSingleReadingsGive) {
  for (unsigned seed = 0; seed < 60; ++seed)
    for (const unsigned odd : {0u, 2u, 300u})
      for (const std::size_t points : {4u, 40u, 400u})
        expect_same_curve(readings(seed, 3000, odd), points, 1 + seed * 37);
}

TEST(Thinner, AStretchOfNothingButNotANumberKeepsItsEnds) {
  Columns c;
  for (int i = 0; i < 1000; ++i)
    c.push(TagId{1}, {.time = at_ns(i), .value = i < 500 ? std::numeric_limits<double>::quiet_NaN() : 1.0 * i});
  expect_same_curve(c, 8, 1000);
}

TEST(Thinner, OfEqualExtremesTheFirstIsKept) {
  Columns c;
  for (int i = 0; i < 5000; ++i)
    c.push(TagId{1}, {.time = at_ns(i), .value = i % 700 == 650 ? 9.0 : i % 700 == 300 ? -0.0 : 0.0});
  expect_same_curve(c, 4, 5000);
}

}  // namespace
}  // namespace castner::historian
