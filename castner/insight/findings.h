// SPDX-License-Identifier: Apache-2.0
/// What deserves someone's attention, each with its evidence and, where it can be told, its cost: worst money first.
#pragma once

#include "castner/assess/assessment.h"
#include "castner/plant/plant.h"

namespace castner::insight {

/// Reads windows, indicators, losses and data quality of an assessment and fills its findings.
[[nodiscard]] assess::Assessment judged(const plant::Plant&, assess::Assessment);

}  // namespace castner::insight
