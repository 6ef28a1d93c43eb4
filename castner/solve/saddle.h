// SPDX-License-Identifier: Apache-2.0
/// Whether an answer is a maximum or a saddle of the loss along the balances, as zero flow is for y = F^2.
///
/// Along a direction d of the linearised balances, A d = 0, the Lagrangian loss + l'r changes by t^2/2 times
///
///     c = d' diag(1/sd^2) d + l' (r(x + td) - 2 r(x) + r(x - td)) / t^2,
///
/// as its first derivative vanishes at the answer; on the curved balances it is the loss, and c < 0 says that it falls on both
/// sides.
///
///     if (has_far_reading(problem, point.x)) d = downhill(problem, point, slope, multipliers, d);   // empty: not shown
#pragma once

#include <span>
#include <vector>

#include "castner/solve/fit_problem.h"

namespace castner::solve {

/// A reading is plainly far from its estimate: else no other answer could be plainly better.
bool has_far_reading(const FitProblem&, std::span<const double> x);

/// The direction, no longer than the width of any variable, if the loss falls along it on both sides; else empty.
/// @param multipliers  shape (equations)   @param direction  along the balances, of any length; shape (variables)
std::vector<double> downhill(const FitProblem&, const Iterate&, const Slope&, std::span<const double> multipliers,
                             std::vector<double> direction);

}  // namespace castner::solve
