// SPDX-License-Identifier: Apache-2.0
/// Makes the findings of an assessment, each with its evidence and, if it can be told, its cost: worst money first.
#pragma once

#include "castner/insight/finding.h"
#include "castner/plant/plant.h"

namespace castner::insight {

/// Asks every judgement of the catalogue about an assessment.
[[nodiscard]] Judged judged(const plant::Plant&, assess::Assessment);

}  // namespace castner::insight
