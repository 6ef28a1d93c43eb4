// SPDX-License-Identifier: Apache-2.0
#include "castner/signals/significant.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace castner::signals {
namespace {

constexpr int kTabled = 200;  // degrees of freedom, in steps of a half

double students_t(double degrees) {
  return boost::math::quantile(boost::math::complement(boost::math::students_t(degrees), kFalseAlarms / 2.0));
}

}  // namespace

double significant(double degrees_of_freedom) {
  if (!(degrees_of_freedom >= 0.5)) return std::numeric_limits<double>::infinity();
  static const auto table = [] {
    std::array<double, 2 * kTabled + 1> all{};
    for (std::size_t k = 1; k < all.size(); ++k) all[k] = students_t(static_cast<double>(k) / 2.0);
    return all;
  }();
  // Halves between are rounded down: to the safe side.
  if (degrees_of_freedom < kTabled) return table[static_cast<std::size_t>(2.0 * degrees_of_freedom)];
  const double z = 3.0;
  return z + z * (z * z + 1.0) / (4.0 * degrees_of_freedom);  // Abramowitz & Stegun 26.7.5
}

double degrees_of_neighbours(double n) { return n < 2.0 ? 0.0 : 2.0 * (n - 1.0) * (n - 1.0) / (3.0 * n - 4.0); }

}  // namespace castner::signals
