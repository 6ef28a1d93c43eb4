// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/status_count.h"

#include <algorithm>
#include <vector>

#include "castner/base/suggest.h"

namespace castner::tables {

void StatusCount::add(std::string_view text, std::size_t times) {
  constexpr std::size_t kLongest = 60;
  text = text.substr(0, kLongest);
  if (const auto known = count_.find(text); known != count_.end())
    known->second += times;
  else if (count_.size() < kMost)
    count_.emplace(text, times);
}

void StatusCount::add(const StatusCount& others) {
  for (const auto& [text, times] : others.count_) add(text, times);
}

std::string StatusCount::listed() const {
  std::vector<std::pair<std::string, std::size_t>> all(count_.begin(), count_.end());
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return castner::listed(all, 12, [](const auto& t) {
    return in_quotes(t.first) + (t.second > 1 ? " (" + std::to_string(t.second) + ")" : "");
  });
}

}  // namespace castner::tables
