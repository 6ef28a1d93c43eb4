// SPDX-License-Identifier: Apache-2.0
/// The report of a solver: status, advice, residuals and warnings.
#pragma once

#include <string>
#include <vector>

#include "castner/numerics/warning.h"

namespace castner::solve {

enum class Status {
  converged,
  no_convergence,  ///< values hold the last iterate; do not show as a result
  infeasible,  ///< the balances cannot all hold inside the bounds, tried from many starts; values are the nearest found
  structurally_singular,  ///< nothing was solved: the equations cannot determine the variables
};
const char* status_name(Status);  ///< "no_convergence"

/// Advice in words, with the unit, equation and variable that it concerns (each may be empty).
struct Advice {
  std::string text, unit, equation, variable;
};

struct Residual {
  std::string equation;
  double value = 0.0;   ///< [the equation's own unit]
  double scaled = 0.0;  ///< divided by its typical size
};

struct Report {
  Status status = Status::no_convergence;
  bool incredible = false;  ///< it did converge, but to no state that a plant can have
  Advice advice;            ///< filled for every status but converged
  int iterations = 0;
  int residual_calls = 0;
  std::vector<Residual> worst_residuals;  ///< scaled, worst first, at most 10
  std::vector<Warning> warnings;          ///< active bounds, ranges left, impossible states, kinks
};

}  // namespace castner::solve
