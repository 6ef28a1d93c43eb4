// SPDX-License-Identifier: Apache-2.0
#include "castner/base/time_span.h"

#include <gtest/gtest.h>

#include "castner/base/rfc3339.h"

namespace castner {
namespace {

using std::chrono::nanoseconds;

TEST(TimeSpan, IsRightOrTheLongestThatThereIs) {
  const Time first = *read_utc("1678-01-01T00:00:00Z"), last = *read_utc("2261-12-31T23:59:59Z"), now = Time{};
  EXPECT_EQ(span_between(now, now + std::chrono::hours(1)), std::chrono::hours(1));
  EXPECT_EQ(span_between(now + std::chrono::hours(1), now), -std::chrono::hours(1));
  EXPECT_EQ(span_between(first, last), nanoseconds::max());
  EXPECT_EQ(span_between(last, first), nanoseconds::min());
  EXPECT_EQ(ns_between(first, last), 18'429'206'399u * 1'000'000'000u);
  EXPECT_EQ(moved(last, std::chrono::hours(24 * 365)), Time::max());
  EXPECT_EQ(moved(first, -std::chrono::hours(24 * 365)), Time::min());
}

}  // namespace
}  // namespace castner
