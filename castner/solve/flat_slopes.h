// SPDX-License-Identifier: Apache-2.0
/// Slopes for the uncertainty of what stands at a turning point, as the flow through a shut orifice does.
///
/// dp = k Q^2 is flat at Q = 0: by its tangent nothing is known of Q, by dp = 0 +- s it is 0 +- sqrt(s/k). Where the tangent
/// leaves an unmeasured variable doubtful next to its own size, the slope of each of its balances is taken from how far the
/// variable has to go until the balance moves by one sd of everything else in it. A balance by which it may go further than by all
/// tangents together says nothing of it and keeps its slope: slopes that cancel between balances, as a pressure's in the energy of
/// a gas before and after a junction, would no longer cancel, and their difference would pass for knowledge.
#pragma once

#include <span>
#include <vector>

#include "castner/numerics/equation_system.h"
#include "castner/solve/projection.h"

namespace castner::solve {

/// True where some slopes were made steeper.
/// @param x           the solution, shape (variables)
/// @param open        equations that need not hold; shape (equations)
/// @param projection  of the problem linearised by the slopes so far
/// @param jacobian    the slopes, shape (non-zeros)
bool mend_slopes(const EquationSystem&, std::span<const double> x, const Linearised&, std::span<const char> open,
                 const Projection&, std::vector<double>& jacobian);

}  // namespace castner::solve
