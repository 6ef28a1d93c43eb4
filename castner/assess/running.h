// SPDX-License-Identifier: Apache-2.0
/// The plant as it runs: with the units that are out of service, which equations are left and which values are held.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "castner/plant/idle.h"
#include "castner/plant/plant.h"
#include "castner/solve/simulate.h"

namespace castner::assess {

struct Running {
  plant::IdleState idle;
  std::vector<solve::Held> held;  ///< parameters and specifications; with idle units, what is 0 or without meaning too
  std::vector<int> specifications;  ///< of plant.specifications: left out, because they speak of what is idle
  const plant::Flowsheet& flowsheet(const plant::Plant& p) const { return idle.any() ? *idle.flowsheet : *p.flowsheet; }
  std::vector<int> units() const;     ///< of plant.units: idle
  std::vector<std::string> warnings;  ///< what a user should know about what was left out
};

/// Parameters, then specifications: those that a reconciliation holds, or all.
std::vector<solve::Held> held_for_balances(const plant::Plant&);
std::vector<solve::Held> held_for_simulation(const plant::Plant&);

/// For a reconciliation: parameters are held, and specifications that ask for it.
Running running_for_balances(const plant::Plant&, const plant::IdleSigns&);
/// For a simulation: parameters and specifications are held. Idle is what its key says, and what is specified to be 0.
Running running_for_simulation(const plant::Plant&);

}  // namespace castner::assess
