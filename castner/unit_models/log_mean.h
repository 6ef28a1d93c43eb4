// SPDX-License-Identifier: Apache-2.0
/// The logarithmic mean of two temperature differences, smooth where they are equal.
#pragma once

#include "castner/numerics/dual.h"

namespace castner::unit_models {

/// (a - b)/ln(a/b), exact to rounding with its derivatives; a, b > 0.
/// With u = (a - b)/(a + b) it is (a + b)/2 * u/atanh(u): near u = 0 its Taylor series, where the quotient loses digits.
template <class T>
T log_mean(const T& a, const T& b) {
  const T half = (a + b) * 0.5, u = (a - b) / (a + b), s = u * u;
  if (value_of(s) < 0.0025)
    return half * (1.0 - s * (1.0 / 3.0 + s * (4.0 / 45.0 +
                                               s * (44.0 / 945.0 + s * (428.0 / 14175.0 + s * (10196.0 / 467775.0))))));
  return half * u * 2.0 / log((1.0 + u) / (1.0 - u));
}

}  // namespace castner::unit_models
