// SPDX-License-Identifier: Apache-2.0
/// The last resort of a fit: leaves the readings aside and looks for a point where the balances hold.
#pragma once

#include <span>
#include <vector>

#include "castner/solve/fit_problem.h"

namespace castner::solve {

struct Restoration {
  enum class End {
    closed,      ///< every balance holds at x
    stationary,  ///< plainly open at x, and no small change closes them further; from elsewhere they may yet be closed
    undecided,
    impossible_start,  ///< the balances cannot be evaluated where the search was to begin
  };
  End end = End::undecided;
  std::vector<double> x;  ///< shape (variables)
  int iterations = 0;
  int residual_calls = 0;
};

/// Minimises the sum of squared scaled residuals inside the bounds, from a point.
[[nodiscard]] Restoration restore(const FitProblem&, std::span<const double> from);

}  // namespace castner::solve
