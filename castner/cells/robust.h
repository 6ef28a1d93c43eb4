// SPDX-License-Identifier: Apache-2.0
/// The middle of many numbers and their spread, which a few wild ones cannot move.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace castner::cells {

/// Median; NaN of none. Reorders the numbers, which hold no NaN.
template <class Number>
Number median_in_place(std::span<Number> some) {
  if (some.empty()) return std::numeric_limits<Number>::quiet_NaN();
  const auto middle = some.begin() + static_cast<std::ptrdiff_t>(some.size() / 2);
  std::nth_element(some.begin(), middle, some.end());
  if (some.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(some.begin(), middle)) / 2;
}

/// Standard deviation of normal numbers from the median of their distances to `centre`: 1.4826 MAD. Reorders and changes.
template <class Number>
Number spread_in_place(std::span<Number> some, Number centre) {
  for (Number& x : some) x = std::abs(x - centre);
  return Number(1.4826) * median_in_place(some);
}

}  // namespace castner::cells
