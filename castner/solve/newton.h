// SPDX-License-Identifier: Apache-2.0
/// Two ways to the roots of a square system: Newton, fast near a solution, and Levenberg-Marquardt, which always descends.
#pragma once

#include <span>
#include <vector>

#include "castner/solve/sparse_lu.h"
#include "castner/solve/square_system.h"

namespace castner::solve {

struct Descent {
  enum class End {
    converged,
    impossible_start,  ///< the equations cannot be evaluated at the first values
    singular,          ///< the Jacobian is singular: no step
    stalled,           ///< no shorter step lowers the residuals
    stationary,        ///< the residuals are smallest here, and not zero
    out_of_iterations,
  };
  End end = End::out_of_iterations;
  int iterations = 0;
  double norm = 0.0;  ///< largest scaled residual at the end
};

struct DescentLimits {
  int iterations = 100;
  double tolerance = 1e-10;  ///< on the largest scaled residual
};

/// Damped Newton on r(x) = target; x is moved to the best point found.
/// @param target  scaled, shape (equations); empty = zero
Descent newton(const SquareSystem&, SparseLu&, std::vector<double>& x, std::span<const double> target, DescentLimits);

/// Levenberg-Marquardt on the sum of squares of r(x); follows the bounds by clipping.
Descent levenberg_marquardt(const SquareSystem&, std::vector<double>& x, DescentLimits);

/// From r(x0) to zero in steps: r(x) = (1 - t) r(x0), t from 0 to 1, a few Newton iterations each.
Descent homotopy(const SquareSystem&, SparseLu&, std::vector<double>& x, DescentLimits);

}  // namespace castner::solve
