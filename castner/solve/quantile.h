// SPDX-License-Identifier: Apache-2.0
/// Quantiles of test statistics: the size that chance exceeds with a given probability.
#pragma once

namespace castner::solve {

/// The value that chi-squared with that many degrees of freedom (> 0) stays below with probability p (0 < p < 1).
double chi_squared_quantile(double p, int degrees_of_freedom);
/// The same for the standard normal distribution. Phi^-1(1 - tail): a small tail keeps its digits.
double normal_upper_quantile(double tail);

}  // namespace castner::solve
