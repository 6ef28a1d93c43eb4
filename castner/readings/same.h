// SPDX-License-Identifier: Apache-2.0
/// Compares readings bit for bit.
#pragma once

#include <bit>

#include "castner/readings/reading.h"

namespace castner::readings {

/// Same type and same bits: NaN equals itself only with the same payload, and -0 is not 0.
inline bool same_value(const Value& a, const Value& b) {
  if (a.index() != b.index()) return false;
  if (const auto* x = std::get_if<double>(&a))
    return std::bit_cast<std::uint64_t>(*x) == std::bit_cast<std::uint64_t>(std::get<double>(b));
  return a == b;
}

inline bool same_but_for_arrival(const Reading& a, const Reading& b) {
  return a.time == b.time && a.status == b.status && same_value(a.value, b.value);
}

inline bool same_reading(const Reading& a, const Reading& b) {
  return a.arrival == b.arrival && same_but_for_arrival(a, b);
}

}  // namespace castner::readings
