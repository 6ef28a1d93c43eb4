// SPDX-License-Identifier: Apache-2.0
/// Settings of [assess] that fit how often the tags of a table are read.
#pragma once

#include <span>
#include <string>

#include "castner/plant/plant.h"
#include "castner/readings/sample.h"

namespace castner::assess {

/// As written in a plant file: [assess] window = "6 h", min_rows = 3, max_gap = "2 h". Empty where nothing is read twice.
std::string settings_for(const plant::AssessSettings&, std::span<const readings::Series>);

/// "30 min", "6 h", "1 d".
std::string duration_text(double seconds);

}  // namespace castner::assess
