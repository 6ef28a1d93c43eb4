// SPDX-License-Identifier: Apache-2.0
/// Smooth replacements for max, min and abs, each with a stated width.
#pragma once

#include "castner/numerics/dual.h"

namespace castner {

/// max(x, 0) rounded over a width: (x + sqrt(x^2 + width^2))/2. Exceeds max(x,0) by at most width/2.
/// @param x      any scalar   @param width [unit of x], > 0
template <class T>
T softplus(const T& x, double width) {
  return (x + sqrt(x * x + width * width)) * 0.5;
}

template <class T>
T smooth_abs(const T& x, double width) {
  return sqrt(x * x + width * width);
}

}  // namespace castner
