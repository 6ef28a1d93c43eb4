// SPDX-License-Identifier: Apache-2.0
/// Structural checks before solving: degrees of freedom, and equations that over- or under-determine variables.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "castner/numerics/equation_system.h"
#include "castner/solve/simulate.h"

namespace castner::solve {

/// Dulmage-Mendelsohn view of the free part of a system.
struct Structure {
  int equations = 0;
  int variables = 0;           ///< not held
  int degrees_of_freedom = 0;  ///< variables - equations
  int structural_rank = 0;
  std::vector<int> over_equations;   ///< equations that together say too much ...
  std::vector<int> over_variables;   ///< ... about these variables
  std::vector<int> over_held;        ///< what is held in them: one that is free again is one equation less too many
  std::vector<int> under_equations;  ///< equations that say too little ...
  std::vector<int> under_variables;  ///< ... about these variables
  bool square_and_solvable() const { return degrees_of_freedom == 0 && structural_rank == equations; }
};

[[nodiscard]] Structure diagnose(const EquationSystem&, std::span<const Held>);

/// Advice for a structure that is not square and solvable: equations to add or variables to free, by name.
[[nodiscard]] Advice structure_advice(const EquationSystem&, const Structure&);

/// Equations that add up to one about held variables alone, which these do not satisfy, if there are any at x: a plant with a
/// feed and no way out.
[[nodiscard]] std::optional<Advice> contradiction_advice(const EquationSystem&, std::span<const Held>,
                                                         std::span<const double> x);

/// Where everything closes although some equations are too many: these, as a warning.
[[nodiscard]] std::string surplus_warning(const EquationSystem&, const Structure&);

/// "nothing determines A, B and 2 more; specify 1 of them", of a solution that leaves variables open.
[[nodiscard]] std::string undetermined_warning(const EquationSystem&, const Undetermined&);

}  // namespace castner::solve
