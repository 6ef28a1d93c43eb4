// SPDX-License-Identifier: Apache-2.0
#include "castner/base/survive.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <new>
#include <system_error>

namespace castner {
namespace {

TEST(Survive, WhatIsThrownEndsTheWorkAtHandAloneAndIsLogged) {
  int done = 0;
  const auto before = survived_count();
  ::testing::internal::CaptureStderr();
  EXPECT_TRUE(survive("counting", [&] { ++done; }));
  EXPECT_FALSE(survive("counting", [&] { throw std::bad_alloc(); }));
  EXPECT_FALSE(survive(
      "a thread", [&] { throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again)); }));
  EXPECT_FALSE(survive("counting", [&] { throw 1; }));
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(done, 1);
  EXPECT_EQ(survived_count() - before, 3u);
  EXPECT_NE(log.find(" error survived doing=counting why=std::bad_alloc\n"), std::string::npos) << log;
  EXPECT_NE(log.find(" error survived doing=\"a thread\" why="), std::string::npos) << log;
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 3);
}

}  // namespace
}  // namespace castner
