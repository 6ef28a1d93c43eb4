// SPDX-License-Identifier: Apache-2.0
/// How long readings are kept, and what a deletion of old ones did.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "castner/base/clock.h"

namespace castner::historian {

/// Readings of tags that fit the pattern (`*` any text, `?` one character) are kept at least this long.
struct Retention {
  std::string pattern;
  std::chrono::nanoseconds age{};
  friend bool operator==(const Retention&, const Retention&) = default;
};

/// Whether forget() may delete more than usual at once.
enum class Deletion {
  usual,     ///< what is unusual waits
  confirmed  ///< a person has said so
};

/// What forget() did.
struct Forgotten {
  std::uint64_t gone = 0;     ///< readings dropped
  std::uint64_t waiting = 0;  ///< readings that are too old as well, and stay until their deletion is confirmed
  Time oldest, before;        ///< of those that wait: when they begin, and before which time they would go
};

}  // namespace castner::historian
