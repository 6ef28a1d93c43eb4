// SPDX-License-Identifier: Apache-2.0
/// Readings that a test can compute from tag and index alone, so that it needs no list of what it wrote.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

#include "castner/readings/same.h"

namespace castner::historian {

/// The n-th reading of tag number `tag`. Neighbours come out of order, as from a network; some values are awkward on purpose.
inline readings::Reading known_reading(std::uint32_t tag, std::int64_t n) {
  readings::Reading r;
  r.time = Time(std::chrono::seconds(1'700'000'000 + (n ^ 5)));
  r.arrival = r.time + std::chrono::milliseconds(n % 50);
  const auto mixed = static_cast<std::uint64_t>(n) * 0x9E3779B97F4A7C15u + tag;
  switch (mixed >> 59) {
    case 0: r.value = std::bit_cast<double>(mixed); break;
    case 1: r.value = static_cast<std::int64_t>(mixed); break;
    case 2: r.value = std::string(mixed % 30, static_cast<char>('a' + n % 26)); break;
    case 3: r.value = std::numeric_limits<double>::max(); break;
    default: r.value = 3.0 + static_cast<double>(mixed % 200) * 1e-4;
  }
  r.status = mixed % 17 == 0 ? readings::StatusCode::bad_timeout : readings::StatusCode::good;
  return r;
}
inline std::int64_t place_of(const readings::Reading& r) {
  return (std::chrono::duration_cast<std::chrono::seconds>(r.time.time_since_epoch()).count() - 1'700'000'000) ^ 5;
}

}  // namespace castner::historian
