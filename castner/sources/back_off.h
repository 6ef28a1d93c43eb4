// SPDX-License-Identifier: Apache-2.0
/// How long to wait before the next attempt: twice as long each time, up to a limit, until something works.
#pragma once

#include <algorithm>
#include <chrono>

namespace castner::sources {

class BackOff {
 public:
  BackOff(std::chrono::nanoseconds first, std::chrono::nanoseconds most)
      : first_(std::min(first, most)), most_(most), next_(first_) {}
  /// The wait after one more failure.
  std::chrono::nanoseconds failed() {
    const auto now = next_;
    next_ = std::min(2 * next_, most_);
    return now;
  }
  void worked() { next_ = first_; }

 private:
  std::chrono::nanoseconds first_, most_, next_;
};

}  // namespace castner::sources
