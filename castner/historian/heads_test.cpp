// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/heads.h"

#include <gtest/gtest.h>

namespace castner::historian {
namespace {

Columns readings_of(TagId tag, int n) {
  Columns c;
  for (int i = 0; i < n; ++i) c.push(tag, {Time(std::chrono::seconds(i)), 1.0 * i});
  return c;
}

TEST(Heads, WhatABurstOfOneTagTookIsNotKeptForOthers) {
  Heads heads;
  for (std::uint32_t round = 0; round < 50; ++round) {
    heads.add(readings_of(TagId(round), 20'000), round);
    heads.add(readings_of(TagId(1000 + round), 10), round);
    EXPECT_EQ(heads.of(TagId(round)).size(), 20'000u);
    for (const auto tag : {TagId(round), TagId(1000 + round)}) heads.growing.drop(tag, heads.spare);
    EXPECT_EQ(heads.readings(), 0u);
  }
  std::size_t kept = 0;
  for (const auto& w : heads.spare) kept += w.capacity();
  EXPECT_LE(kept, Generation::kMostKept) << "readings' room, after a million came in bursts";
  EXPECT_FALSE(heads.spare.empty()) << "but what small ones took serves again";
}

TEST(Heads, TagsWithNothingNewLeaveNothingBehind) {
  Heads heads;
  heads.add(readings_of(TagId(1), 100), 1);
  heads.growing.drop(TagId(1), heads.spare);
  ASSERT_EQ(heads.spare.size(), 1u);
  // As settling does with tags whose chunks are to be joined.
  for (std::uint32_t t = 0; t < 1000; ++t) heads.growing.of_tag.try_emplace(TagId(t));
  for (std::uint32_t t = 0; t < 1000; ++t) heads.growing.drop(TagId(t), heads.spare);
  ASSERT_EQ(heads.spare.size(), 1u);
  EXPECT_GE(heads.spare.front().capacity(), 100u) << "and memory that serves again is found at once";
}

}  // namespace
}  // namespace castner::historian
