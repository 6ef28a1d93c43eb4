// SPDX-License-Identifier: Apache-2.0
/// Stops the program where our own reasoning is wrong; never used for bad input.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <source_location>

namespace castner {

/// Aborts, in release builds too, unless `holds`. `why` says why it must hold.
inline void check(bool holds, const char* why, std::source_location at = std::source_location::current()) {
  if (holds) return;
  std::fprintf(stderr, "%s:%u: broken promise: %s\n", at.file_name(), at.line(), why);
  std::abort();
}

}  // namespace castner
