// SPDX-License-Identifier: Apache-2.0
/// Words shared by the solvers' advice: names of units, quantities with their unit, worst residuals.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "castner/numerics/equation_system.h"
#include "castner/solve/report.h"
#include "castner/solve/simulate.h"

namespace castner::solve {

/// "E101" of "E101: energy balance"; empty where the name has no such part.
std::string unit_of_equation(const std::string& equation);

/// "353.15 K"; the unit "1" is left out.
std::string quantity_text(double value, const std::string& unit);

/// The ten worst of residuals r [own units], scaled by their sizes. shape (equations)
std::vector<Residual> worst_residuals(const EquationSystem&, std::span<const double> r);

/// Of the variables in an equation, the one that stands on a bound; failing that, the one the equation leans on most.
/// -1 where none is free. @param jacobian  values at x
int suspect_variable(const EquationSystem&, std::span<const Held>, int equation, std::span<const double> x,
                     std::span<const double> jacobian);

/// Advice for a point where nothing can be evaluated: the first equation that fails, and the variable that does it.
Advice impossible_advice(const EquationSystem&, std::span<const Held>, std::span<const double> x);

/// Every free variable that lies on a bound: "S1.flow_mass is at its lower bound 0 kg/s".
std::vector<Warning> bound_warnings(const EquationSystem&, std::span<const double> x,
                                    const std::vector<int>& variables);

}  // namespace castner::solve
