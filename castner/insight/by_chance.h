// SPDX-License-Identifier: Apache-2.0
/// How many windows the tests let stay open, or accuse somebody, though nothing is wrong.
#pragma once

#include <cmath>

namespace castner::insight {

/// Whether so many of n windows may stay open, or accuse somebody, by chance: up to two sd more than the test's alpha of 5 % lets
/// through. One of one is more than that.
inline bool by_chance(int k, int n) {
  constexpr double kAlpha = 0.05;
  return k <= kAlpha * n + 2.0 * std::sqrt(kAlpha * (1.0 - kAlpha) * n);
}

}  // namespace castner::insight
