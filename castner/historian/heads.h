// SPDX-License-Identifier: Apache-2.0
/// The newest readings, in memory beside the journal that holds them on disk, until they are sealed into chunks.
#pragma once

#include <optional>
#include <unordered_map>

#include "castner/historian/columns.h"

namespace castner::historian {

/// Readings by tag in the order in which they were appended. Not thread safe.
struct Generation {
  std::unordered_map<TagId, Columns> of_tag;
  std::size_t readings = 0;
  std::size_t text_bytes = 0;
  std::int64_t journal = 0;  ///< the last row of the journal that is in here

  /// @param spare  columns whose memory may be used again; nullptr: none
  void add(const Columns& block, std::int64_t journal_row, std::vector<Columns>* spare = nullptr) {
    std::size_t at = 0;
    for (const auto& run : block.runs) {
      const auto [place, is_new] = of_tag.try_emplace(run.tag);
      if (is_new && spare && !spare->empty()) {
        place->second = std::move(spare->back());
        spare->pop_back();
      }
      auto& waiting = place->second;
      // By a quarter, where a vector by itself would double: this is what most of a server's memory goes to.
      if (const auto n = waiting.size() + run.count; n > waiting.times.capacity()) waiting.reserve(n + n / 4);
      waiting.append(run.tag, block, at, at + run.count);
      at += run.count;
    }
    readings += block.size();
    text_bytes += block.text_bytes();
    journal = journal_row;
  }
  bool has(TagId tag) const { return of_tag.contains(tag); }
  void drop(TagId tag, std::vector<Columns>& spare) {
    const auto at = of_tag.find(tag);
    if (at == of_tag.end()) return;
    readings -= at->second.size();
    at->second.clear();
    if (at->second.texts.capacity() == 0) spare.push_back(std::move(at->second));
    of_tag.erase(at);
  }
};

/// Two generations: the one that grows, and the one before it while it is being sealed.
struct Heads {
  Generation growing;
  std::optional<Generation> sealing;
  std::vector<Columns>
      spare;  ///< emptied columns with their memory: thousands of tags would grow theirs anew each time

  void add(const Columns& block, std::int64_t journal_row) { growing.add(block, journal_row, &spare); }
  std::size_t readings() const { return growing.readings + (sealing ? sealing->readings : 0); }
  bool has(TagId tag) const { return growing.has(tag) || (sealing && sealing->has(tag)); }
  Columns of(TagId tag) const {
    Columns all;
    const auto add = [&](const Generation& g) {
      if (const auto at = g.of_tag.find(tag); at != g.of_tag.end()) all.append(tag, at->second, 0, at->second.size());
    };
    if (sealing) add(*sealing);
    add(growing);
    return all;
  }
};

}  // namespace castner::historian
