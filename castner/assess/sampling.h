// SPDX-License-Identifier: Apache-2.0
/// Settings of [assess] that fit how often the tags of a table are read.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "castner/plant/plant.h"
#include "castner/readings/sample.h"

namespace castner::assess {

/// As written in a plant file: [assess] window = "6 h", min_rows = 3, max_gap = "2 h". Empty where nothing is read twice.
std::string settings_for(const plant::AssessSettings&, std::span<const readings::Series>);
/// What a plant file that has none yet is to say for them: no shorter than what holds without, and no more asked. Nothing where nothing
/// is read twice.
std::optional<plant::AssessSettings> first_assess(std::span<const readings::Series>);
/// The same as the block [assess], a key a line, with what each is for; may be empty.
std::string first_settings(std::span<const readings::Series>);
/// The usual times longer than this and no longer than that: what a max_gap may be tried with.
std::vector<double> usual_between(double shorter, double longest);

/// "30 min", "6 h", "1 d".
std::string duration_text(double seconds);

}  // namespace castner::assess
