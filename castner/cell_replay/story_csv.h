// SPDX-License-Identifier: Apache-2.0
/// What the instruments of a story read as a wide CSV, as a voltage scanner's export looks; nothing of the truth is in it.
#pragma once

#include <optional>
#include <string>

#include "castner/cell_bank/story.h"

namespace castner::cell_replay {

struct StoryCsv {
  double step = 60.0;           ///< [s] from row to row; rows in between are left out
  double from = 0.0, to = 1e9;  ///< [s] of the story
};

/// Times from 2026-03-01T00:00:00Z; tags EI-1101-001 and on, II-1101, EI-1101, TI-1104, AI-1105 to AI-1109, FI-1110, each with its unit in
/// the header. What no instrument read is an empty cell; of a story without analyses their columns are left out.
std::string story_csv(const cell_bank::StoryScript&, std::uint64_t seed, const StoryCsv& = {});

}  // namespace castner::cell_replay
