// SPDX-License-Identifier: Apache-2.0
/// The newest readings, in memory beside the journal that holds them on disk, until they are sealed into chunks.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>

#include "castner/historian/columns.h"

namespace castner::historian {

/// Readings of one tag in the order in which they were appended. Side by side, not by column: a block brings a few of each of
/// thousands of tags, and every place in memory that is touched costs more than what is copied.
class Waiting {
 public:
  std::size_t size() const { return readings_.size(); }
  std::size_t capacity() const { return readings_.capacity(); }
  /// Asks the memory for the place where the next ones go: it is far from every other tag's, and comes while others are asked for.
  void will_append() const {
    // As a number: a pointer may not be led beyond what is there, which may be nothing.
    const auto end = reinterpret_cast<std::uintptr_t>(readings_.data() + readings_.size());
    for (std::uintptr_t line = 0; line < 3; ++line)
      __builtin_prefetch(reinterpret_cast<const void*>(end + 64 * line), 1);
  }
  void append(const Columns& block, std::size_t begin, std::size_t end) {
    // By a quarter, where a vector by itself would double: this is what most of a server's memory goes to.
    if (const auto n = size() + end - begin; n > readings_.capacity()) readings_.reserve(n + n / 4);
    for (auto i = begin; i < end; ++i) {
      auto bits = block.bits[i];
      if (block.kinds[i] == Kind::text) {
        texts_.push_back(block.texts[bits]);
        bits = texts_.size() - 1;
      }
      readings_.push_back({block.times[i], block.arrivals[i], bits, block.statuses[i], block.kinds[i]});
    }
  }
  Columns columns(TagId tag) const {
    Columns c;
    if (size() == 0) return c;
    c.runs.push_back({tag, static_cast<std::uint32_t>(size())});
    c.reserve(size());
    for (const auto& r : readings_) {
      c.times.push_back(r.time);
      c.arrivals.push_back(r.arrival);
      c.bits.push_back(r.bits);
      c.statuses.push_back(r.status);
      c.kinds.push_back(r.kind);
    }
    c.texts = texts_;
    return c;
  }
  void clear() {  ///< keeps the memory, but for texts
    readings_.clear();
    texts_ = {};
  }

 private:
  struct One {
    std::int64_t time, arrival;
    std::uint64_t bits;
    std::uint32_t status;
    Kind kind;
  };
  std::vector<One> readings_;
  std::vector<std::string> texts_;
};

/// Readings by tag. Not thread safe.
struct Generation {
  std::unordered_map<TagId, Waiting> of_tag;
  std::size_t readings = 0;
  std::size_t text_bytes = 0;
  std::int64_t journal = 0;                       ///< the last row of the journal that is in here
  static constexpr std::size_t kMostKept = 4096;  ///< readings: 128 KiB

  /// @param spare  emptied ones whose memory may be used again; nullptr: none
  void add(const Columns& block, std::int64_t journal_row, std::vector<Waiting>* spare = nullptr) {
    constexpr std::size_t kAtOnce = 64;
    std::array<Waiting*, kAtOnce> places;
    std::size_t at = 0;
    for (std::size_t first = 0; first < block.runs.size(); first += kAtOnce) {
      const auto runs = std::span(block.runs).subspan(first, std::min(kAtOnce, block.runs.size() - first));
      for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto [place, is_new] = of_tag.try_emplace(runs[i].tag);
        if (is_new && spare && !spare->empty()) {
          place->second = std::move(spare->back());
          spare->pop_back();
        }
        places[i] = &place->second;
        places[i]->will_append();
      }
      for (std::size_t i = 0; i < runs.size(); ++i) {
        places[i]->append(block, at, at + runs[i].count);
        at += runs[i].count;
      }
    }
    readings += block.size();
    text_bytes += block.text_bytes();
    journal = journal_row;
  }
  bool has(TagId tag) const { return of_tag.contains(tag); }
  void drop(TagId tag, std::vector<Waiting>& spare) {
    const auto at = of_tag.find(tag);
    if (at == of_tag.end()) return;
    readings -= at->second.size();
    at->second.clear();
    // What a burst of one tag took is given back: another tag would keep it for nothing. And one without memory would only
    // stand before those that have some.
    if (const auto kept = at->second.capacity(); kept > 0 && kept <= kMostKept) spare.push_back(std::move(at->second));
    of_tag.erase(at);
  }
};

/// Two generations: the one that grows, and the one before it while it is being sealed.
struct Heads {
  Generation growing;
  std::optional<Generation> sealing;
  std::vector<Waiting> spare;  ///< emptied, with their memory: thousands of tags would grow theirs anew each time

  void add(const Columns& block, std::int64_t journal_row) { growing.add(block, journal_row, &spare); }
  std::size_t readings() const { return growing.readings + (sealing ? sealing->readings : 0); }
  bool has(TagId tag) const { return growing.has(tag) || (sealing && sealing->has(tag)); }
  Columns of(TagId tag) const {
    Columns all;
    const auto add = [&](const Generation& g) {
      if (const auto at = g.of_tag.find(tag); at != g.of_tag.end())
        all.append(tag, at->second.columns(tag), 0, at->second.size());
    };
    if (sealing) add(*sealing);
    add(growing);
    return all;
  }
};

}  // namespace castner::historian
