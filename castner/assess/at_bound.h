// SPDX-License-Identifier: Apache-2.0
/// Estimates that end where the model does.
#pragma once

#include "castner/assess/assessment.h"

namespace castner::assess {

/// Whether a bound other than 0 holds the estimate back: its sd is as if there were none (solve/evidence). Nothing flows below 0:
/// a pipe that is shut is an answer.
bool ends_at_bound(const plant::Plant&, const State&, int variable);

}  // namespace castner::assess
