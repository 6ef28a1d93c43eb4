// SPDX-License-Identifier: Apache-2.0
/// Estimates that end where the model does: their sd is of what the bound leaves, and says too little.
#pragma once

#include "castner/assess/assessment.h"
#include "castner/assess/traced.h"

namespace castner::assess {

/// Whether a bound other than 0 holds the estimate back. Nothing flows below 0: a pipe that is shut is an answer.
bool ends_at_bound(const plant::Plant&, const State&, int variable);
/// Whether what was traced changes with such an estimate.
bool rests_on_bound(const plant::Plant&, const State&, const Traced&);

}  // namespace castner::assess
