// SPDX-License-Identifier: Apache-2.0
/// Who may be wrong as well as the accused: one error shows in several readings, and data may not tell whose it is.
#pragma once

#include <span>
#include <vector>

#include "castner/solve/fit.h"

namespace castner::solve {

/// The answer that the accusations rest on, and what it was found with.
struct SolvedTask {
  const EquationSystem& system;
  FitTask task;  ///< as it was solved: what is accused and removed is out
  Fit& fit;
  std::span<const Held> held;
  std::span<const LeakCandidate> leaks;
  const FitResult& result;
};

/// Fills also_possible of each of the accused, and the sizes of its alternatives.
void name_possible(const SolvedTask&, std::vector<GrossError>& accused);

}  // namespace castner::solve
