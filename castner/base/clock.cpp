// SPDX-License-Identifier: Apache-2.0
#include "castner/base/clock.h"

#include <condition_variable>
#include <mutex>

namespace castner {
namespace {

class SystemClock final : public Clock {
 public:
  Time now() const override {
    return std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now());
  }
  std::chrono::nanoseconds uptime() const override { return std::chrono::steady_clock::now().time_since_epoch(); }
  bool sleep_until(std::chrono::nanoseconds when, const std::stop_token& stop) override {
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait_until(lock, stop, std::chrono::steady_clock::time_point(when), [] { return false; });
    return !stop.stop_requested();
  }
};

}  // namespace

Clock& system_clock() {
  static SystemClock clock;
  return clock;
}

}  // namespace castner
