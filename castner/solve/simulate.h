// SPDX-License-Identifier: Apache-2.0
/// Square steady state: structural check, Newton with the exact sparse Jacobian, then continuation.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "castner/numerics/equation_system.h"
#include "castner/solve/report.h"

namespace castner::solve {

/// A variable held at a value. [SI]
struct Held {
  int variable = 0;
  double value = 0.0;
};

struct SimulateOptions {
  int max_iterations = 100;
  double tolerance = 1e-10;  ///< on every residual divided by its typical size
};

/// What the equations leave open at a solution.
struct Undetermined {
  std::vector<int> variables;  ///< ascending; their values in x are one choice among many, and no result
  int missing = 0;             ///< how many of them have to be given for the rest to follow
};

struct Simulation {
  Report report;
  std::vector<double> x;      ///< shape (variables)
  Undetermined undetermined;  ///< where it converged
};

/// Solves all equations for the variables not held. Equations may be more than those variables if the surplus follows from
/// the others, as a mass balance of a closed loop does.
/// @param start  first values, shape (variables)
[[nodiscard]] Simulation simulate(const EquationSystem&, std::span<const Held>, std::span<const double> start,
                                  const SimulateOptions& = {});

}  // namespace castner::solve
