// SPDX-License-Identifier: Apache-2.0
/// Texts that say whether a unit is out of service: "Stopped" beside "Running".
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/readings/status_text.h"

namespace castner::tables {

/// 1 where the text is one of `words`, in whatever case; 0 for any other; nothing where it is none or says that there is no reading.
inline std::optional<double> state_of(const std::vector<std::string>& words, std::string_view text) {
  const std::string_view bare = readings::trimmed(text);
  const std::string said = readings::lower_case(bare);
  const auto is = [&](const std::string& word) { return readings::lower_case(readings::trimmed(word)) == said; };
  if (std::any_of(words.begin(), words.end(), is)) return 1.0;
  if (bare.empty() || readings::is_status_text(bare)) return std::nullopt;
  return 0.0;
}

}  // namespace castner::tables
