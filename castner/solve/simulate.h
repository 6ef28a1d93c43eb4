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

struct Simulation {
  Report report;
  std::vector<double> x;  ///< shape (variables)
};

/// Solves all equations for the variables not held.
/// @param start  first values, shape (variables)
[[nodiscard]] Simulation simulate(const EquationSystem&, std::span<const Held>, std::span<const double> start,
                                  const SimulateOptions& = {});

}  // namespace castner::solve
