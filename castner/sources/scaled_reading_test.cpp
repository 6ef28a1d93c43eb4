// SPDX-License-Identifier: Apache-2.0
#include "castner/sources/scaled_reading.h"

#include <gtest/gtest.h>

namespace castner::sources {
namespace {

TEST(ScaledReading, ZeroKeepsItsSign) {
  const auto of = [](readings::Value raw, double scale, double offset) {
    return std::get<double>(scaled_reading(std::move(raw), scale, offset, {}).value);
  };
  for (const double offset : {0.0, -0.0}) {
    for (const double scale : {1.0, 2.0, 0.001}) {
      EXPECT_TRUE(std::signbit(of(-0.0, scale, offset))) << scale;
      EXPECT_FALSE(std::signbit(of(0.0, scale, offset))) << scale;
    }
    EXPECT_TRUE(std::signbit(of(-5e-324, 0.1, offset))) << "too small for a double";
  }
  EXPECT_FALSE(std::signbit(of(std::int64_t{0}, -2.0, 0.0))) << "an integer's zero has no sign";
  EXPECT_EQ(of(-0.0, 2.0, 5.0), 5.0);
}

TEST(ScaledReading, LeavesWholeNumbersWholeAndCallsNanNoData) {
  using readings::StatusCode;
  using readings::Value;
  EXPECT_EQ(scaled_reading(std::int64_t{7}, 1.0, 0.0, {}).value, Value(std::int64_t{7}));
  EXPECT_EQ(scaled_reading(std::int64_t{7}, 0.5, 1.0, {}).value, Value(4.5));
  EXPECT_EQ(scaled_reading(true, 0.5, 1.0, {}).value, Value(true)) << "a state is not scaled";
  EXPECT_EQ(scaled_reading(std::nan(""), 1.0, 0.0, {}).status, StatusCode::bad_no_data);
  EXPECT_EQ(scaled_reading(1e308, 10.0, 0.0, {}).status, StatusCode::bad_no_data) << "infinite after scaling";
}

}  // namespace
}  // namespace castner::sources
