// SPDX-License-Identifier: Apache-2.0
/// A shift that lasts, seen in the sum of many residuals though it stands out in none (CUSUM, Page 1954).
///
/// Of residuals z with mean 0 and sd 1 while all is well, two sums are kept that never fall below zero:
///   high <- max(0, high + z - k)        low <- max(0, low - z - k)
/// They rise, on the average, only where the mean of z has moved by more than k, and a sum beyond h is an alarm.
/// k, the reference value, is half the shift that is to be seen soonest: 0.5 for one sd. h, the threshold, trades delay for false alarms:
/// with k = 0.5, h = 5 gives one false alarm in 465 samples of white noise, and sees a shift of one sd after 10.
/// Sources Montgomery, Introduction to Statistical Quality Control, chapter 9: [page-1954], [montgomery-2009].
///
/// z must be white for these figures. Residuals that wander are divided by their long-run sd (long_run.h), and h is best found on
/// data without a fault. A single wild z may alarm alone: bound it where it must not. What swings about zero quicker than the
/// sum grows, a sticking valve, is not seen by it; a limit for single residuals beside it sees that.
#pragma once

#include <cmath>

namespace castner::signals {

struct CusumLimits {
  double reference = 0.5;  ///< k [sd], > 0
  double threshold = 5.0;  ///< h [sd]
};

/// The two sums of one residual; no memory but these.
class Cusum {
 public:
  /// @param z  standardised residual; one that is no number changes nothing
  void add(double z, double reference) {
    if (std::isnan(z)) return;
    high_.add(z - reference);
    low_.add(-z - reference);
  }
  void reset() { *this = {}; }

  double high() const { return high_.sum; }
  double low() const { return low_.sum; }
  double size() const { return larger().sum; }  ///< to be compared with the threshold [sd]
  /// Samples since the larger sum was last zero: its shift began then, as well as can be told.
  int since() const { return larger().samples; }
  /// Mean of z since then, if that is a shift, with its sign [sd].
  double shift(double reference) const {
    const auto& side = larger();
    if (side.samples == 0) return 0.0;
    return (&side == &high_ ? 1.0 : -1.0) * (reference + side.sum / side.samples);
  }

 private:
  struct Side {
    double sum = 0.0;
    int samples = 0;
    void add(double step) {
      sum += step;
      ++samples;
      if (!(sum > 0.0)) *this = {};
    }
  };
  const Side& larger() const { return low_.sum > high_.sum ? low_ : high_; }
  Side high_, low_;
};

/// Samples until an alarm, on the average, of white normal z whose mean is `shift` from the first sample on; without a shift,
/// between false alarms. Siegmund's approximation: within 5 % for shifts up to 2 sd and h = 4 and 5; a sixth too few at 4 sd.
/// Source [siegmund-1985].
[[nodiscard]] double average_run_length(CusumLimits, double shift);

/// The threshold that leaves so many samples of white normal z between false alarms of one Cusum, >= 10.
[[nodiscard]] double cusum_threshold(double samples_between_false_alarms, double reference);

}  // namespace castner::signals
