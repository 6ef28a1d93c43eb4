// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/gross_error.h"

#include <algorithm>
#include <cmath>

#include "castner/solve/quantile.h"

namespace castner::solve {
namespace {

constexpr double kTie = 1e-6;

}  // namespace

double critical_z(const ReconcileOptions& options, int n) {
  // expm1 and log1p keep the digits of a small alpha among many candidates.
  const double beta =
      options.alpha_per_test.value_or(n > 0 ? -std::expm1(std::log1p(-options.alpha) / n) : options.alpha);
  return normal_upper_quantile(0.5 * beta);
}

std::optional<GrossError> worst(std::span<const Candidate> candidates, double critical) {
  double largest = 0.0;
  for (const auto& c : candidates) largest = std::max(largest, c.z);
  if (!(largest > critical)) return std::nullopt;
  std::optional<GrossError> found;
  for (const auto& c : candidates) {
    if (largest - c.z > kTie * std::max(1.0, largest)) continue;
    if (!found)
      found = GrossError{.kind = c.kind, .index = c.index, .statistic = c.z, .critical = critical};
    else
      found->alternatives.push_back({.kind = c.kind, .index = c.index, .statistic = c.z});
  }
  return found;
}

bool names(const GrossError& g, GrossError::Kind kind, int index) {
  const auto is_it = [&](const auto& other) { return other.kind == kind && other.index == index; };
  return is_it(g) || std::any_of(g.alternatives.begin(), g.alternatives.end(), is_it) ||
         std::any_of(g.also_possible.begin(), g.also_possible.end(), is_it);
}

GlobalTest global_test(double objective, int degrees_of_freedom, double alpha) {
  GlobalTest t{.statistic = objective, .degrees_of_freedom = degrees_of_freedom, .alpha = alpha};
  if (degrees_of_freedom > 0) {
    t.critical = chi_squared_quantile(1.0 - alpha, degrees_of_freedom);
    t.passed = objective <= *t.critical;
  }
  return t;
}

}  // namespace castner::solve
