// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/restoration.h"

#include <algorithm>
#include <cmath>

#include "castner/solve/free_system.h"
#include "castner/solve/index.h"
#include "castner/solve/newton.h"

namespace castner::solve {
namespace {

constexpr double kBelowTolerance = 0.1;  // the search goes on until residuals are that much below the fit's tolerance
// Balances contradict each other only where the residuals are plainly not zero and plainly smallest. Both figures are guesses
// on the careful side, since a contradiction that is none is the worst answer there is.
constexpr double kPlainlyOpen = 1e-6;      // scaled
constexpr double kPlainlySmallest = 1e-3;  // of what steepest() says

/// How much smaller a variable that is free to go downhill could make the residuals: the cosine of the angle between them and
/// its column of the Jacobian (as MINPACK has it: More 1978), or, where the column is short, as at the bottom of a parabola,
/// the share of them that a change by its nominal size takes away.
double steepest(const FreeSystem& balances, std::span<const double> x) {
  std::vector<double> r, jacobian;
  if (!balances.residual(x, r) || !balances.jacobian(x, jacobian)) return 1.0;
  const auto blocked = balances.blocked(x, jacobian, r);
  double norm = 0.0, largest = 0.0;
  for (const double v : r) norm += v * v;
  for (std::size_t c = 0; c < blocked.size(); ++c) {
    double along = 0.0, length = 0.0;
    for (const auto [row, k] : balances.pattern().column(c)) {
      along += jacobian[k] * r[row];
      length += jacobian[k] * jacobian[k];
    }
    if (!blocked[c] && along != 0.0)
      largest = std::max(largest, std::abs(along) / std::max(std::sqrt(length * norm), norm));
  }
  return largest;
}

}  // namespace

Restoration restore(const FitProblem& problem, std::span<const double> from) {
  const auto& task = problem.task();
  const FreeSystem balances(problem.system(), problem.held(), task.open);
  Restoration out;
  out.x.assign(from.begin(), from.end());
  const Descent d = levenberg_marquardt(balances, out.x, {task.max_iterations, kBelowTolerance * task.tolerance});
  out.iterations = d.iterations;
  Iterate p{.x = out.x};
  if (problem.evaluate(p) && problem.closed(p))
    out.end = Restoration::End::closed;
  else if (d.end == Descent::End::stationary && d.norm > kPlainlyOpen && steepest(balances, out.x) < kPlainlySmallest)
    out.end = Restoration::End::contradiction;
  out.residual_calls = balances.residual_calls();
  return out;
}

}  // namespace castner::solve
