// SPDX-License-Identifier: Apache-2.0
/// Readings from the future, and which of two readings is a tag's newest.
#pragma once

#include <utility>

#include "castner/readings/reading.h"

namespace castner::readings {

/// A device's clock may be ahead of ours by this much, where a server's file says nothing else.
constexpr std::chrono::nanoseconds kAhead = std::chrono::minutes(5);

/// Whether mark_if_ahead has marked it. Such a reading is kept, but it is never the newest, and no window or mean has it.
constexpr bool is_ahead(StatusCode s) {
  return s == StatusCode::uncertain_time_ahead || s == StatusCode::bad_time_ahead;
}

/// Marks a reading that lies more than `tolerance` after its arrival: some clock lies, and until that time comes it would be the newest.
inline bool mark_if_ahead(Reading& r, Time arrival, std::chrono::nanoseconds tolerance) {
  if (r.time <= arrival + tolerance) return false;
  r.status = quality_of(r.status) == Quality::bad ? StatusCode::bad_time_ahead : StatusCode::uncertain_time_ahead;
  return true;
}

/// Whether `next`, which comes now, takes the place of `newest`. By its own time: a late one does not. But a `newest` that lies
/// more than `tolerance` after the arrival of `next` has a wrong time (the server's clock was ahead and has been set back): else a page
/// would show it unmoved until that time comes. An arrival that was never stamped tells nothing.
/// @param tolerance  the one of mark_if_ahead: what is near enough to be taken at all must not give way for being ahead
inline bool takes_over(const Reading& next, const Reading& newest, std::chrono::nanoseconds tolerance) {
  if (is_ahead(next.status)) return false;
  return std::pair(next.time, next.arrival) >= std::pair(newest.time, newest.arrival) ||
         (next.arrival != Time{} && newest.time > next.arrival + tolerance);
}

}  // namespace castner::readings
