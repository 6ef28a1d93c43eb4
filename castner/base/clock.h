// SPDX-License-Identifier: Apache-2.0
/// Now, and waiting; real, or moved by hand in a test, with jumps.
#pragma once

#include <chrono>
#include <stop_token>

namespace castner {

using Time = std::chrono::sys_time<std::chrono::nanoseconds>;  ///< UTC

/// Thread safe. Two readings, because they answer two questions: what time is it (may jump either way when someone sets
/// the clock), and how long since (never goes back).
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
  virtual std::chrono::nanoseconds uptime() const = 0;  ///< since some fixed moment; monotonic
  /// Waits until uptime() reaches `when`; at once where it has. False where asked to stop before.
  virtual bool sleep_until(std::chrono::nanoseconds when, const std::stop_token&) = 0;

  bool sleep_for(std::chrono::nanoseconds how_long, const std::stop_token& stop) {
    return sleep_until(uptime() + how_long, stop);
  }
};

/// The machine's clock; lives for the whole program.
Clock& system_clock();

}  // namespace castner
