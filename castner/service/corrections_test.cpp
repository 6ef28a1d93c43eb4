// SPDX-License-Identifier: Apache-2.0
#include "castner/service/corrections.h"

#include <gtest/gtest.h>

#include "castner/historian/memory_store.h"

namespace castner::service {
namespace {

using namespace std::chrono_literals;

readings::TagReading at(const char* tag, std::chrono::nanoseconds time, double value) {
  return {tag, {.time = Time(time), .value = value}};
}

TEST(Corrections, CountWhatSaysOtherwiseThanWhatIsKeptOfItsTagAndTime) {
  historian::MemoryStore store;
  const auto a = store.define("A", "").value(), b = store.define("B", "").value();
  std::vector<historian::TaggedReading> kept;
  for (int k = 0; k < 10; ++k) {
    kept.push_back({a, at("", k * 1min, k).reading});
    kept.push_back({b, at("", k * 1min, 5.0).reading});
  }
  ASSERT_TRUE(store.append(kept));
  const auto found = [&](const std::vector<readings::TagReading>& news) { return corrections(store, news); };
  EXPECT_EQ(found({}).count, 0u);
  EXPECT_EQ(found({at("A", 3min, 3.0), at("B", 9min, 5.0), at("C", 3min, 1.0), at("A", 20min, 1.0)}).count, 0u)
      << "repetitions, a new tag, a new time";
  const auto some = found({at("B", 9min, 6.0), at("A", 4min, 4.5), at("A", 2min, 2.5), at("A", 3min, 3.0)});
  EXPECT_EQ(some.count, 3u);
  EXPECT_EQ(some.tag, "A");
  EXPECT_EQ(some.time, Time(2min));
  EXPECT_EQ(found({at("A", 2min, 9.0), at("A", 2min, 2.0)}).count, 0u) << "of two in one delivery the later counts";
}

}  // namespace
}  // namespace castner::service
