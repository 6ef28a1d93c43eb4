// SPDX-License-Identifier: Apache-2.0
#include "castner/base/decimal.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

namespace castner {
namespace {

std::errc read(const std::string& text, double& value) {
  const auto [end, error] = read_decimal(text.data(), text.data() + text.size(), value);
  EXPECT_EQ(end, text.data() + text.size()) << text;
  return error;
}

TEST(Decimal, WhatIsTooSmallIsZeroWithItsSignAndWhatIsTooLargeIsRefused) {
  const std::string many(400, '0');
  for (const std::string& text :
       {std::string("1e-400"), std::string("2e-324"), "0." + many + "1", std::string("9e-99999999999")})
    for (const std::string sign : {"", "-"}) {
      double value = 7.0;
      EXPECT_EQ(read(sign + text, value), std::errc{}) << text;
      EXPECT_EQ(value, 0.0);
      EXPECT_EQ(std::signbit(value), !sign.empty()) << text;
    }
  for (const std::string& text :
       {std::string("1e400"), "1" + many, std::string("-1e309"), std::string("1e99999999999")}) {
    double value = 7.0;
    EXPECT_EQ(read(text, value), std::errc::result_out_of_range) << text;
    EXPECT_EQ(value, 7.0);
  }
  double least = 0.0;
  EXPECT_EQ(read("3e-324", least), std::errc{});
  EXPECT_EQ(least, std::numeric_limits<double>::denorm_min());
}

TEST(PlainNumber, IsTheWholeTextOrNothing) {
  EXPECT_EQ(plain_number<int>("8080"), 8080);
  EXPECT_EQ(plain_number<std::int64_t>("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(plain_number<double>("0.05"), 0.05);
  for (const char* text : {"", " 1", "1 ", "+1", "1.0", "0x1", "1,000", "2147483648"})
    EXPECT_FALSE(plain_number<int>(text)) << text;
  EXPECT_FALSE(plain_number<std::size_t>("-1"));
}

}  // namespace
}  // namespace castner
