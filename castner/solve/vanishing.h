// SPDX-License-Identifier: Apache-2.0
/// Whether balances are closed only because what is in them has all but vanished, where they cannot be evaluated: r = a/b
/// "holds" for any r beside a = b = 1e-10, and 0/0 is no answer.
///
///     if (const int v = vanishing_variable(system, held, x, r, jacobian); v >= 0) ...   // look for an answer elsewhere
#pragma once

#include <span>

#include "castner/numerics/equation_system.h"
#include "castner/solve/simulate.h"

namespace castner::solve {

/// A variable that is zero as far as the solution is known, while with zero in its place the equations cannot be evaluated and
/// a residual is open next to its own terms; -1 where there is none.
/// @param r, jacobian  at x, as the system gives them
[[nodiscard]] int vanishing_variable(const EquationSystem&, std::span<const Held>, std::span<const double> x,
                                     std::span<const double> r, std::span<const double> jacobian);

}  // namespace castner::solve
