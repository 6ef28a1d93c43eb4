// SPDX-License-Identifier: Apache-2.0
#include "castner/report/vague.h"

#include <gtest/gtest.h>

namespace castner::report {
namespace {

TEST(TooVague, IsAValueThatSaysNothing) {
  EXPECT_TRUE(too_vague("K", 288.0, 55.0, 300.0)) << "15 +- 55 degC";
  EXPECT_FALSE(too_vague("K", 288.0, 3.0, 300.0));
  EXPECT_TRUE(too_vague("1", 0.3, 0.4, 0.1));
  EXPECT_FALSE(too_vague("1", 1e-6, 1e-5, 0.1)) << "so little that it is of use";
  EXPECT_FALSE(too_vague("1", 50.0, 1.0, 50.0)) << "a ratio";
  EXPECT_TRUE(too_vague("1", 50.0, 20.0, 50.0));
  EXPECT_TRUE(too_vague("W", 2e5, 5e5, 1e6));
  EXPECT_FALSE(too_vague("W", 2e3, 5e3, 1e6)) << "nothing, as far as anybody can tell";
}

}  // namespace
}  // namespace castner::report
