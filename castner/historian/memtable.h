// SPDX-License-Identifier: Apache-2.0
/// Memtables: the newest readings in memory, in the order in which they were appended, until they are flushed into chunks.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <unordered_map>

#include "castner/historian/columns.h"

namespace castner::historian {

/// Readings of one tag in a memtable. They are kept row by row: a block brings a few readings of each of thousands of tags, and each
/// cache line that is touched costs more than the 32 bytes that are copied.
class TagRows {
 public:
  std::size_t size() const { return rows_.size(); }
  std::size_t capacity() const { return rows_.capacity(); }
  std::size_t text_bytes() const {
    return std::accumulate(texts_.begin(), texts_.end(), std::size_t{0},
                           [](std::size_t n, const std::string& t) { return n + t.size(); });
  }
  /// Prefetches the lines that the next append writes to, so that the misses of several tags overlap.
  void prefetch() const {
    // As an integer: pointer arithmetic beyond an empty vector is undefined.
    const auto end = reinterpret_cast<std::uintptr_t>(rows_.data() + rows_.size());
    for (std::uintptr_t line = 0; line < 3; ++line)
      __builtin_prefetch(reinterpret_cast<const void*>(end + 64 * line), 1);
  }
  void append(const Columns& block, std::size_t begin, std::size_t end) {
    // The vector grows by a quarter, where it would double by itself: it is most of a server's memory.
    if (const auto n = size() + end - begin; n > rows_.capacity()) rows_.reserve(n + n / 4);
    for (auto i = begin; i < end; ++i) {
      auto bits = block.bits[i];
      if (block.kinds[i] == Kind::text) {
        texts_.push_back(block.texts[bits]);
        bits = texts_.size() - 1;
      }
      rows_.push_back({block.times[i], block.arrivals[i], bits, block.statuses[i], block.kinds[i]});
    }
  }
  Columns columns(TagId tag) const {
    Columns c;
    if (size() == 0) return c;
    c.runs.push_back({tag, static_cast<std::uint32_t>(size())});
    c.reserve(size());
    for (const auto& r : rows_) {
      c.times.push_back(r.time);
      c.arrivals.push_back(r.arrival);
      c.bits.push_back(r.bits);
      c.statuses.push_back(r.status);
      c.kinds.push_back(r.kind);
    }
    c.texts = texts_;
    return c;
  }
  std::int64_t oldest() const {  ///< time [ns]; the latest that there is where it is empty
    std::int64_t t = std::numeric_limits<std::int64_t>::max();
    for (const auto& r : rows_) t = std::min(t, r.time);
    return t;
  }
  void clear() {  ///< keeps the memory of rows, not that of texts
    rows_.clear();
    texts_ = {};
  }

 private:
  struct Row {
    std::int64_t time, arrival;
    std::uint64_t bits;
    std::uint32_t status;
    Kind kind;
  };
  std::vector<Row> rows_;
  std::vector<std::string> texts_;
};

/// Readings by tag. Not thread safe.
struct Memtable {
  std::unordered_map<TagId, TagRows> of_tag;
  std::size_t readings = 0;
  std::size_t text_bytes = 0;
  std::int64_t log_row = 0;                       ///< the last row of the write-ahead log that is in here
  static constexpr std::size_t kMostKept = 4096;  ///< readings of a spare: 128 KiB

  /// @param spare  cleared ones whose memory is used again; nullptr: none
  void add(const Columns& block, std::int64_t row, std::vector<TagRows>* spare = nullptr) {
    constexpr std::size_t kAtOnce = 64;
    std::array<TagRows*, kAtOnce> tags;
    std::size_t at = 0;
    for (std::size_t first = 0; first < block.runs.size(); first += kAtOnce) {
      const auto runs = std::span(block.runs).subspan(first, std::min(kAtOnce, block.runs.size() - first));
      for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto [found, is_new] = of_tag.try_emplace(runs[i].tag);
        if (is_new && spare && !spare->empty()) {
          found->second = std::move(spare->back());
          spare->pop_back();
        }
        tags[i] = &found->second;
        tags[i]->prefetch();
      }
      for (std::size_t i = 0; i < runs.size(); ++i) {
        tags[i]->append(block, at, at + runs[i].count);
        at += runs[i].count;
      }
    }
    readings += block.size();
    text_bytes += block.text_bytes();
    log_row = row;
  }
  bool has(TagId tag) const { return of_tag.contains(tag); }
  void drop(TagId tag, std::vector<TagRows>& spare) {
    const auto at = of_tag.find(tag);
    if (at == of_tag.end()) return;
    readings -= at->second.size();
    text_bytes -= at->second.text_bytes();
    at->second.clear();
    // Memory that a burst of one tag took is freed, since another tag would hold it for nothing; one without memory is no spare.
    if (const auto kept = at->second.capacity(); kept > 0 && kept <= kMostKept) spare.push_back(std::move(at->second));
    of_tag.erase(at);
  }
};

/// The active memtable, and the one before it while it is flushed.
struct Memtables {
  Memtable active;
  std::optional<Memtable> flushing;
  std::vector<TagRows> spare;  ///< cleared, with their memory: else thousands of tags would grow theirs anew each time

  void add(const Columns& block, std::int64_t row) { active.add(block, row, &spare); }
  std::size_t readings() const { return active.readings + (flushing ? flushing->readings : 0); }
  std::size_t text_bytes() const { return active.text_bytes + (flushing ? flushing->text_bytes : 0); }
  bool has(TagId tag) const { return active.has(tag) || (flushing && flushing->has(tag)); }
  std::int64_t oldest(TagId tag) const {  ///< time [ns]; the latest that there is where there is no reading
    std::int64_t t = std::numeric_limits<std::int64_t>::max();
    for (const auto* m : {&active, flushing ? &*flushing : nullptr})
      if (m)
        if (const auto at = m->of_tag.find(tag); at != m->of_tag.end()) t = std::min(t, at->second.oldest());
    return t;
  }
  Columns of(TagId tag) const {
    Columns all;
    const auto add = [&](const Memtable& m) {
      if (const auto at = m.of_tag.find(tag); at != m.of_tag.end())
        all.append(tag, at->second.columns(tag), 0, at->second.size());
    };
    if (flushing) add(*flushing);
    add(active);
    return all;
  }
};

}  // namespace castner::historian
