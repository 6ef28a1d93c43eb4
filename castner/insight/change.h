// SPDX-License-Identifier: Apache-2.0
/// What changed within the data, as a balance of its own: an error that begins in them is judged by that.
#pragma once

#include <optional>
#include <vector>

#include "castner/assess/assessment.h"
#include "castner/plant/plant.h"

namespace castner::insight {

/// The plant with what each reading moved against the balances between the earlier windows and the later ones, and no more
/// uncertain than that: what is systematic is in both. nullopt where too few windows have the same instruments.
std::optional<assess::State> change_between(const plant::Plant&,
                                            const std::vector<const assess::AssessedWindow*>& earlier,
                                            const std::vector<const assess::AssessedWindow*>& later);

}  // namespace castner::insight
