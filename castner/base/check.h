// SPDX-License-Identifier: Apache-2.0
/// Stops the program if an invariant does not hold; never used for bad input.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace castner {

/// Aborts, in release builds too, unless `holds`. `why` says why it must hold.
inline void check(bool holds, const char* why, const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  // std::source_location would do, but clang 14, which builds the fuzzers, has none.
  if (holds) return;
  std::fprintf(stderr, "%s:%d: broken promise: %s\n", file, line, why);
  std::abort();
}

}  // namespace castner
