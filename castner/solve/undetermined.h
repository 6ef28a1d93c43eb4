// SPDX-License-Identifier: Apache-2.0
/// The variables of a solution that nothing determines: the flow of a closed loop, the temperature of a stream without flow.
///
/// The Jacobian at the solution has fewer independent columns than variables; each column that is left over is put to the
/// test: its variable is held elsewhere, and where all equations still close, neither it nor what moved along is determined.
/// (Where they do not, the rank was only that of a tangent: Q^2 = 0 has one answer.)
///
///     const auto open = undetermined(system, held, simulation.x);   // open.variables: {3, 7}, open.missing: 1
#pragma once

#include <span>
#include <vector>

#include "castner/numerics/equation_system.h"
#include "castner/solve/simulate.h"

namespace castner::solve {

/// @param x  a point where every equation holds, shape (variables)
[[nodiscard]] Undetermined undetermined(const EquationSystem&, std::span<const Held>, std::span<const double> x);

/// How many equations follow from the others at a solution, whatever is held: in a closed loop one balance of each kind.
[[nodiscard]] int surplus_equations(const EquationSystem&, std::span<const double> x);

/// The Jacobian at a solution, without the entries that are zero as far as the solution is known: a flow of 1e-12 kg/s is
/// none, and determines no temperature. The values, shape (non-zeros); empty where there are no derivatives.
/// @param jacobian  as it is at x
[[nodiscard]] std::vector<double> plainly_not_zero(const EquationSystem&, std::span<const Held>,
                                                   std::span<const double> x, std::span<const double> jacobian);

}  // namespace castner::solve
