// SPDX-License-Identifier: Apache-2.0
#include "castner/base/clock.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "castner/base/bounded_queue.h"
#include "castner/base/manual_clock.h"

namespace castner {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(SystemClock, WaitsAndIsWokenByAStop) {
  Clock& clock = system_clock();
  const auto before = clock.uptime();
  EXPECT_TRUE(clock.sleep_for(milliseconds(5), {}));
  EXPECT_GE(clock.uptime() - before, milliseconds(5));
  std::stop_source stop;
  std::jthread waiting([&] { EXPECT_FALSE(clock.sleep_for(hours(24), stop.get_token())); });
  stop.request_stop();
}

TEST(ManualClock, AJumpOfTheWallClockWakesNobody) {
  ManualClock clock(Time{hours(1000)});
  std::atomic<bool> woken = false;
  std::jthread waiting([&] { woken = clock.sleep_until(seconds(60), {}); });
  clock.jump(-hours(5));
  EXPECT_EQ(clock.now(), Time{hours(995)});
  clock.advance(seconds(59));
  std::this_thread::sleep_for(milliseconds(20));
  EXPECT_FALSE(woken);
  clock.advance(seconds(1));
  waiting.join();
  EXPECT_TRUE(woken);
}

TEST(BoundedQueue, RefusesBeyondItsLimitAndCountsIt) {
  BoundedQueue<int> queue(2);
  EXPECT_TRUE(queue.push(1));
  EXPECT_TRUE(queue.push(2));
  EXPECT_FALSE(queue.push(3));
  EXPECT_EQ(queue.refused(), 1u);
  EXPECT_EQ(queue.take_all(milliseconds(0)), (std::vector<int>{1, 2}));
  EXPECT_TRUE(queue.take_all(milliseconds(0)).empty());
  EXPECT_TRUE(queue.push(4));
  EXPECT_EQ(queue.waiting(), 1u);
}

TEST(BoundedQueue, CountsByWeightAndTakesOneOfAnyWeightWhereNothingWaits) {
  BoundedQueue<std::vector<int>> queue(10, [](const std::vector<int>& v) { return v.size(); });
  EXPECT_TRUE(queue.push(std::vector<int>(6)));
  EXPECT_FALSE(queue.push(std::vector<int>(5)));
  EXPECT_TRUE(queue.push(std::vector<int>(4)));
  EXPECT_EQ(queue.waiting(), 10u);
  EXPECT_FALSE(queue.push(std::vector<int>(1)));
  EXPECT_EQ(queue.take_all(milliseconds(0)).size(), 2u);
  EXPECT_EQ(queue.waiting(), 0u);
  EXPECT_TRUE(queue.push(std::vector<int>(50))) << "it would never fit";
  EXPECT_FALSE(queue.push(std::vector<int>(1)));
}

TEST(BoundedQueue, KeepsRoomForWhoCannotTryAgain) {
  BoundedQueue<int> queue(2);
  EXPECT_TRUE(queue.push(1));
  EXPECT_TRUE(queue.push(2));
  EXPECT_FALSE(queue.push(3));
  EXPECT_TRUE(queue.push_last(3));
  EXPECT_TRUE(queue.push_last(4));
  EXPECT_FALSE(queue.push_last(5)) << "that room has an end too";
  EXPECT_EQ(queue.take_all(milliseconds(0)), (std::vector<int>{1, 2, 3, 4}));
}

}  // namespace
}  // namespace castner
