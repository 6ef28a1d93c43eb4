// SPDX-License-Identifier: Apache-2.0
#include "castner/readings/tag_name.h"

#include <gtest/gtest.h>

namespace castner::readings {
namespace {

TEST(TagName, FitsAPatternAsAWhole) {
  EXPECT_TRUE(fits_pattern("EI-1?01-???", "EI-1101-077"));
  EXPECT_FALSE(fits_pattern("EI-1?01-???", "EI-1101"));
  EXPECT_TRUE(fits_pattern("F?-5*", "FI-5101"));
  EXPECT_FALSE(fits_pattern("F?-5*", "FI-1501"));
  EXPECT_TRUE(fits_pattern("*", ""));
  EXPECT_FALSE(fits_pattern("", "x"));
  EXPECT_TRUE(fits_pattern("*-1*1", "EI-1101-001"));
  EXPECT_FALSE(fits_pattern("*-1*2", "EI-1101-001"));
  EXPECT_FALSE(fits_pattern(std::string(60, '*') + "x", std::string(60, 'a')));  // and at once
}

TEST(TagName, IsTextOfAtMost255Bytes) {
  EXPECT_TRUE(check_tag_name("FI-101"));
  EXPECT_TRUE(check_tag_name("盐水流量"));
  EXPECT_TRUE(check_tag_name(std::string(255, 'x')));
  EXPECT_FALSE(check_tag_name(std::string(256, 'x')));
  EXPECT_FALSE(check_tag_name(""));
}

TEST(TagName, HoldsNoControlCharacterAndNoBrokenUtf8) {
  for (const char* bad : {"FI\n101", "FI\t101", "FI\x7f", "FI\xff", "\xe7\x9b"})
    EXPECT_FALSE(check_tag_name(bad)) << bad;
}

}  // namespace
}  // namespace castner::readings
