// SPDX-License-Identifier: Apache-2.0
#include "castner/solve/restoration.h"

#include "castner/solve/free_system.h"
#include "castner/solve/newton.h"

namespace castner::solve {
namespace {

constexpr double kBelowTolerance = 0.1;  // the search goes on until residuals are that much below the fit's tolerance

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
  else if (d.end == Descent::End::stationary)
    out.end = Restoration::End::stationary;
  else if (d.end == Descent::End::impossible_start)
    out.end = Restoration::End::impossible_start;
  out.residual_calls = balances.residual_calls();
  return out;
}

}  // namespace castner::solve
