// SPDX-License-Identifier: Apache-2.0
/// Where else a search begins whose end may be no answer: a maximum, a saddle, or a minimum that is not the smallest.
///
///     for (const auto& from : other_starts(system, held, x, irregular_direction(system, x))) ...   // search from there
#pragma once

#include <span>
#include <vector>

#include "castner/numerics/equation_system.h"
#include "castner/solve/simulate.h"

namespace castner::solve {

/// How far a variable is moved to be elsewhere: its size here, at its first value, or its nominal one.
double width(const Variable&, double x);

/// The system's own first values; then x moved to both sides along a direction, by a little, once and several times its
/// length. All are inside the bounds, mirrored at
/// them where need be, with held variables at their values.
std::vector<std::vector<double>> other_starts(const EquationSystem&, std::span<const Held>, std::span<const double> x,
                                              std::span<const double> direction);

/// Every variable by half to all of its width, up or down without any rule but always the same: no symmetry of a system
/// keeps a search from noticing such a change. shape (variables)
std::vector<double> irregular_direction(const EquationSystem&, std::span<const double> x);

}  // namespace castner::solve
