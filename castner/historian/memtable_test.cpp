// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/memtable.h"

#include <gtest/gtest.h>

namespace castner::historian {
namespace {

Columns readings_of(TagId tag, int n) {
  Columns c;
  for (int i = 0; i < n; ++i) c.push(tag, {Time(std::chrono::seconds(i)), 1.0 * i});
  return c;
}

TEST(Memtable, WhatABurstOfOneTagTookIsNotKeptForOthers) {
  Memtables memtables;
  for (std::uint32_t round = 0; round < 50; ++round) {
    memtables.add(readings_of(TagId(round), 20'000), round);
    memtables.add(readings_of(TagId(1000 + round), 10), round);
    EXPECT_EQ(memtables.of(TagId(round)).size(), 20'000u);
    for (const auto tag : {TagId(round), TagId(1000 + round)}) memtables.active.drop(tag, memtables.spare);
    EXPECT_EQ(memtables.readings(), 0u);
  }
  std::size_t kept = 0;
  for (const auto& w : memtables.spare) kept += w.capacity();
  EXPECT_LE(kept, Memtable::kMostKept) << "readings' room, after a million came in bursts";
  EXPECT_FALSE(memtables.spare.empty()) << "but what small ones took serves again";
}

TEST(Memtable, TagsWithNothingNewLeaveNothingBehind) {
  Memtables memtables;
  memtables.add(readings_of(TagId(1), 100), 1);
  memtables.active.drop(TagId(1), memtables.spare);
  ASSERT_EQ(memtables.spare.size(), 1u);
  // As settling does with tags whose chunks are to be compacted.
  for (std::uint32_t t = 0; t < 1000; ++t) memtables.active.of_tag.try_emplace(TagId(t));
  for (std::uint32_t t = 0; t < 1000; ++t) memtables.active.drop(TagId(t), memtables.spare);
  ASSERT_EQ(memtables.spare.size(), 1u);
  EXPECT_GE(memtables.spare.front().capacity(), 100u) << "and memory that serves again is found at once";
}

}  // namespace
}  // namespace castner::historian
