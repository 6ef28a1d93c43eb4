// SPDX-License-Identifier: Apache-2.0
#include "castner/signals/cusum.h"

namespace castner::signals {
namespace {

/// Of one of the two sums, whose steps have the mean `drift` [sd].
double run_length_of_one_side(double drift, double threshold) {
  const double b = threshold + 1.166;  // the sum overshoots both ends
  const double x = 2.0 * drift * b;
  if (std::abs(x) < 1e-4) return b * b;
  return (std::exp(-x) + x - 1.0) / (2.0 * drift * drift);
}

}  // namespace

double average_run_length(CusumLimits limits, double shift) {
  return 1.0 / (1.0 / run_length_of_one_side(shift - limits.reference, limits.threshold) +
                1.0 / run_length_of_one_side(-shift - limits.reference, limits.threshold));
}

double cusum_threshold(double samples_between_false_alarms, double reference) {
  double low = 0.0, high = 1.0;
  while (average_run_length({reference, high}, 0.0) < samples_between_false_alarms) high *= 2.0;
  for (int k = 0; k < 60; ++k) {
    const double middle = 0.5 * (low + high);
    (average_run_length({reference, middle}, 0.0) < samples_between_false_alarms ? low : high) = middle;
  }
  return high;
}

}  // namespace castner::signals
