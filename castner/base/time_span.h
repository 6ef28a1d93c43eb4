// SPDX-License-Identifier: Apache-2.0
/// Spans between times that lie centuries apart: the years 1678 to 2261 are twice what signed nanoseconds hold.
#pragma once

#include <cstdint>

#include "castner/base/clock.h"

namespace castner {

/// Later minus earlier [ns]; right whatever the two are, as long as `later` is not before `earlier`.
constexpr std::uint64_t ns_between(Time earlier, Time later) {
  return static_cast<std::uint64_t>(later.time_since_epoch().count()) -
         static_cast<std::uint64_t>(earlier.time_since_epoch().count());
}

/// Later minus earlier, negative the other way round; the longest span that can be said where they lie further apart.
constexpr std::chrono::nanoseconds span_between(Time from, Time to) {
  std::int64_t ns = 0;
  if (__builtin_sub_overflow(to.time_since_epoch().count(), from.time_since_epoch().count(), &ns))
    return from < to ? std::chrono::nanoseconds::max() : std::chrono::nanoseconds::min();
  return std::chrono::nanoseconds(ns);
}

/// So much before or after a time, where that can be said; else the first or last time there is.
constexpr Time moved(Time t, std::chrono::nanoseconds by) {
  std::int64_t ns = 0;
  if (__builtin_add_overflow(t.time_since_epoch().count(), by.count(), &ns))
    return by.count() < 0 ? Time::min() : Time::max();
  return Time(std::chrono::nanoseconds(ns));
}

}  // namespace castner
