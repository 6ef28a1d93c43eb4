// SPDX-License-Identifier: Apache-2.0
/// Ways to the roots of a system: Newton, fast near a solution of a square one; continuation; and Levenberg-Marquardt, which
/// always descends, and takes systems of any shape.
#pragma once

#include <span>
#include <vector>

#include "castner/solve/free_system.h"
#include "castner/solve/sparse_lu.h"

namespace castner::solve {

struct Descent {
  enum class End {
    converged,
    impossible_start,  ///< the equations cannot be evaluated at the first values
    singular,          ///< the Jacobian is singular: no step
    stalled,           ///< no shorter step lowers the residuals
    stationary,        ///< plainly open, and plainly no small change lowers them: a minimum, a maximum or a saddle
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
Descent newton(const FreeSystem&, SparseLu&, std::vector<double>& x, std::span<const double> target, DescentLimits);

/// Levenberg-Marquardt on the sum of squares of r(x), for as many equations as there are. What stands on a bound and is
/// pushed against it stays there; the rest of a step is clipped.
Descent levenberg_marquardt(const FreeSystem&, std::vector<double>& x, DescentLimits);

/// From r(x0) to zero in steps: r(x) = (1 - t) r(x0), t from 0 to 1, a few Newton iterations each.
Descent homotopy(const FreeSystem&, SparseLu&, std::vector<double>& x, DescentLimits);

}  // namespace castner::solve
