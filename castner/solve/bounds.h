// SPDX-License-Identifier: Apache-2.0
/// The longest change before a variable meets its bound.
#pragma once

#include <cmath>

#include "castner/numerics/equation_system.h"

namespace castner::solve {

inline constexpr double kOfTheWay =
    0.995;  // to a bound: the fraction to the boundary of interior-point methods, at least 0.99
inline constexpr double kOnBound = 1e-12;  // of the nominal size: as near as this a variable stands on its bound

/// The longest share (<= 1) of a change of x that goes at most kOfTheWay to the bound ahead. 1 for a variable that stands on
/// it: such a change is clipped.
inline double share_within_bounds(const Variable& v, double x, double change) {
  const double room = change > 0.0 ? v.high - x : v.low - x;
  if (change == 0.0 || std::abs(room) <= kOnBound * v.nominal) return 1.0;
  return std::abs(change) > kOfTheWay * std::abs(room) ? kOfTheWay * room / change : 1.0;
}

}  // namespace castner::solve
