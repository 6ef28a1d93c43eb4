// SPDX-License-Identifier: Apache-2.0
/// Decides which of two readings is a tag's newest.
#pragma once

#include <utility>

#include "castner/readings/reading.h"

namespace castner::readings {

/// A device's clock may be ahead of ours by this much.
constexpr std::chrono::nanoseconds kAhead = std::chrono::minutes(1);

/// Whether `next`, which comes now, takes the place of `newest`. By its own time: a late one does not. But a `newest` that lies
/// well after the arrival of `next` has a wrong time (the server's clock was ahead and has been set back, a device's is ahead, a
/// date was mistyped): else a page would show it unmoved until that time comes. An arrival that was never stamped tells nothing.
inline bool takes_over(const Reading& next, const Reading& newest) {
  return std::pair(next.time, next.arrival) >= std::pair(newest.time, newest.arrival) ||
         (next.arrival != Time{} && newest.time > next.arrival + kAhead);
}

}  // namespace castner::readings
