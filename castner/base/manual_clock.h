// SPDX-License-Identifier: Apache-2.0
/// A clock moved by hand: a week of plant in a second, and jumps of the wall clock when a test wants them.
#pragma once

#include <condition_variable>
#include <mutex>

#include "castner/base/clock.h"

namespace castner {

class ManualClock final : public Clock {
 public:
  explicit ManualClock(Time start) : now_(start) {}
  Time now() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  std::chrono::nanoseconds uptime() const override {
    const std::lock_guard lock(mutex_);
    return uptime_;
  }
  bool sleep_until(std::chrono::nanoseconds when, const std::stop_token& stop) override {
    std::unique_lock lock(mutex_);
    moved_.wait(lock, stop, [&] { return uptime_ >= when; });
    return !stop.stop_requested();
  }

  /// Time passes.
  void advance(std::chrono::nanoseconds by) {
    {
      const std::lock_guard lock(mutex_);
      now_ += by;
      uptime_ += by;
    }
    moved_.notify_all();
  }
  /// Someone sets the wall clock; nobody who waits notices.
  void jump(std::chrono::nanoseconds by) {
    const std::lock_guard lock(mutex_);
    now_ += by;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any moved_;
  Time now_;
  std::chrono::nanoseconds uptime_{0};
};

}  // namespace castner
