// SPDX-License-Identifier: Apache-2.0
/// Parameters of units that the plant file leaves free and that no instrument tells.
#pragma once

#include <string>
#include <vector>

#include "castner/plant/plant.h"
#include "castner/solve/reconcile.h"

namespace castner::assess {

/// Their paths, in file order: unobservable, or known no better than far beyond their typical size. Units in `idle` have none.
/// @param idle  plant.units, ascending
std::vector<std::string> untold_parameters(const plant::Plant&, const solve::Reconciliation&,
                                           const std::vector<int>& idle = {});

}  // namespace castner::assess
