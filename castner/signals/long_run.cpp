// SPDX-License-Identifier: Apache-2.0
#include "castner/signals/long_run.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace castner::signals {

double long_run_sd(std::span<const double> series, int lags) {
  const auto n = static_cast<double>(series.size());
  if (n < 2.0) return 0.0;
  const double mean = std::accumulate(series.begin(), series.end(), 0.0) / n;
  double variance = 0.0;
  for (int lag = 0; lag <= lags; ++lag) {
    double products = 0.0;
    for (auto k = static_cast<std::size_t>(lag); k < series.size(); ++k)
      products += (series[k] - mean) * (series[k - static_cast<std::size_t>(lag)] - mean);
    variance += (lag == 0 ? 1.0 : 2.0 * (1.0 - lag / (lags + 1.0))) * products / n;
  }
  return std::sqrt(std::max(variance, 0.0));
}

}  // namespace castner::signals
