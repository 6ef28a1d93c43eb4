// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/saddle.h"

#include <algorithm>
#include <cmath>

#include "castner/solve/index.h"
#include "castner/solve/other_starts.h"

namespace castner::solve {
namespace {

// Guesses that the tests bear out.
constexpr double kFar = 2.0;            // sd of a reading
constexpr double kProbe = 1e-3;         // of a variable's width: over so much differences are taken
constexpr double kPlainlyBelow = 1e-3;  // of the terms of the curvature, next to what rounding makes of them

/// False where nothing moves, or not by a finite amount.
bool shorten(const FitProblem& problem, std::span<const double> x, std::vector<double>& direction) {
  double widths = 0.0;
  for (std::size_t i = 0; i < direction.size(); ++i)
    widths = std::max(widths, std::abs(direction[i]) / width(problem.system().variables()[i], x[i]));
  for (double& d : direction) d /= widths;
  return widths > 0.0 && all_finite(direction);
}

/// The residuals at a share of the direction.
bool residual_along(const FitProblem& problem, std::span<const double> x, std::span<const double> direction,
                    double share, std::vector<double>& r) {
  std::vector<double> y(x.begin(), x.end());
  for (std::size_t i = 0; i < y.size(); ++i) y[i] += share * direction[i];
  return problem.residual(y, r);
}

}  // namespace

bool has_far_reading(const FitProblem& problem, std::span<const double> x) {
  const auto& task = problem.task();
  for (std::size_t k = 0; k < task.readings.size(); ++k) {
    const auto& y = task.readings[k];
    if (task.used[k] && std::abs(x[at(y.variable)] - y.value) > kFar * y.sd) return true;
  }
  return false;
}

std::vector<double> downhill(const FitProblem& problem, const Iterate& point, const Slope& slope,
                             std::span<const double> multipliers, std::vector<double> direction) {
  std::vector<double> ahead, behind;
  if (!shorten(problem, point.x, direction) || !residual_along(problem, point.x, direction, kProbe, ahead) ||
      !residual_along(problem, point.x, direction, -kProbe, behind))
    return {};
  double curvature = 0.0, size = 0.0, noise = 0.0;
  const auto add = [&](double term) {
    curvature += term;
    size += std::abs(term);
  };
  for (std::size_t i = 0; i < direction.size(); ++i) add(slope.weight[i] * direction[i] * direction[i]);
  for (std::size_t e = 0; e < ahead.size(); ++e) {
    const double l = multipliers[e] / (kProbe * kProbe);
    add(l * (ahead[e] - 2.0 * point.residual[e] + behind[e]));
    noise += std::abs(l) * kRoundingsAllowed * point.rounding[e];
  }
  return curvature < -kPlainlyBelow * size - noise ? direction : std::vector<double>();
}

}  // namespace castner::solve
