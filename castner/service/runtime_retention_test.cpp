// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "castner/base/manual_clock.h"
#include "castner/historian/memory_store.h"
#include "castner/service/runtime.h"

namespace castner::service {
namespace {

using namespace std::chrono_literals;
using readings::Reading;

/// Waits in real time, since other threads work; fails after ten seconds.
::testing::AssertionResult in_the_end(const std::function<bool()>& what) {
  for (int k = 0; k < 1000; ++k, std::this_thread::sleep_for(10ms))
    if (what()) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "did not happen within 10 s";
}

TEST(RuntimeRetention, AnUnusualDeletionWaitsIsShownAndGoesByAWordOrAfterAWeek) {
  ::testing::internal::CaptureStderr();
  ManualClock clock{Time{std::chrono::hours(490'000)}};
  historian::MemoryStore store;
  RuntimeOptions options;
  options.look = 1h;
  const auto id = store.define("LAB-1", "").value();
  const auto put = [&](Time t) {
    const historian::TaggedReading one[] = {{id, Reading{.time = t, .value = 1.0, .arrival = clock.now()}}};
    ASSERT_TRUE(store.append(one));
  };
  for (int d = 0; d < 40; ++d) put(clock.now() - 24h * d);
  Runtime runtime(store, clock, options);
  Watched w;
  w.retention = {{"*", 24h * 30}};
  ASSERT_TRUE(runtime.watch(w));
  const auto waits = [&] { return runtime.live()->deletion_waits; };
  ASSERT_TRUE(in_the_end([&] { return clock.advance(1h), waits().has_value(); }));
  EXPECT_EQ(waits()->waiting, 9u);
  EXPECT_EQ(store.versions({id}, 100)->size(), 40u);
  EXPECT_EQ(runtime.delete_what_waits().value(), 9u);
  EXPECT_FALSE(waits());
  EXPECT_EQ(store.versions({id}, 100)->size(), 31u);

  put(clock.now() - 24h * 60);
  const Time began = clock.now();
  ASSERT_TRUE(in_the_end([&] { return clock.advance(1h), waits().has_value(); }));
  while (clock.now() < began + 24h * 6) {
    clock.advance(1h);
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(store.versions({id}, 100)->size(), 32u) << "a week is not over";
  ASSERT_TRUE(in_the_end([&] { return clock.advance(1h), !waits(); }));
  EXPECT_EQ(store.versions({id}, 100)->size(), 31u) << "after a week the clock is believed";
  EXPECT_NE(::testing::internal::GetCapturedStderr().find("deletion_waits readings=9"), std::string::npos);
}

}  // namespace
}  // namespace castner::service
