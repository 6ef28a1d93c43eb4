// SPDX-License-Identifier: Apache-2.0
// One tag's flush, with size-tiered compaction (log-structured merge-tree [oneil-1996]; tiers as in Cassandra):
//  1. The memtable's readings are sorted by time. Those after the tag's newest chunk are new, the others late.
//  2. If the newest chunks are small, new readings are merged with them: not each time, or a reading would be compressed ten
//     times until its chunk is full, but once three chunks are no bigger than what follows them, as digits carry.
//  3. Late chunks of the file that begin within the merged stretch are merged too, and late readings within it.
//  4. The late readings that remain become a late chunk of their own, merged with the newest late chunk where both are small
//     and near each other. It is marked late where it overlaps another chunk.
//  5. What was merged is sorted (merge.h) and cut into chunks (chunk.h). Chunks of a tag that are not late never overlap.
// A damaged chunk is never merged: it stays as it is, for verify and repair to find.
#include "castner/historian/flush.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

#include "castner/historian/chunk_codec.h"
#include "castner/historian/merge.h"

namespace castner::historian {
namespace {

constexpr std::size_t kTier = 3;       // so many small chunks are merged with the readings that follow them
constexpr std::size_t kLookBack = 12;  // chunks

/// A chunk's row without its block.
struct Stored {
  std::int64_t id, begins, ends;
  std::uint64_t count;
  std::size_t bytes;
};

/// The tag's newest chunks, newest first, at most `most`: late ones by id, the others by time.
Result<std::vector<Stored>> newest_chunks(Db& db, TagId tag, bool late, std::size_t most) {
  auto q = db.query(late ? "SELECT id, begins, ends, count, length(block) FROM chunks WHERE tag=? AND late=1"
                           " ORDER BY id DESC LIMIT ?"
                         : "SELECT id, begins, ends, count, length(block) FROM chunks WHERE tag=? AND late=0"
                           " ORDER BY begins DESC LIMIT ?");
  q.bind(static_cast<std::int64_t>(tag)).bind(static_cast<std::int64_t>(most));
  std::vector<Stored> found;
  auto done = q.each([&] {
    found.push_back({q.integer(0), q.integer(1), q.integer(2), static_cast<std::uint64_t>(q.integer(3)),
                     static_cast<std::size_t>(q.integer(4))});
  });
  if (!done) return tl::unexpected(done.error());
  return found;
}

/// Whether it overlaps a chunk in the file other than the late one of the id `but_for`.
Result<bool> overlaps(Db& db, TagId tag, const Summary& s, std::int64_t but_for) {
  // Chunks that are not late do not overlap each other: only the last that begins before our end can reach us.
  auto q = db.query(
      "SELECT (SELECT ends FROM chunks WHERE tag=?1 AND late=0 AND begins<=?3 ORDER BY begins DESC LIMIT 1) >= ?2"
      " OR EXISTS(SELECT 1 FROM chunks WHERE tag=?1 AND late=1 AND begins<=?3 AND ends>=?2 AND id<>?4)");
  q.bind(static_cast<std::int64_t>(tag)).bind(ns_of(s.begin)).bind(ns_of(s.end)).bind(but_for);
  const auto row = q.step();
  if (!row) return tl::unexpected(row.error());
  return *row && q.integer(0) != 0;
}

/// How many of the newest chunks step 2 merges with `fresh` readings that begin at `begins`.
std::size_t chunks_to_merge(const std::vector<Stored>& newest, std::size_t fresh, std::int64_t begins,
                            bool compact_all) {
  std::size_t merged = 0;
  for (;;) {
    std::size_t tier = 0, sum = fresh;
    for (auto i = merged; i < newest.size(); ++i, ++tier) {
      const auto& c = newest[i];
      if ((!compact_all && c.count > 2 * fresh) || is_full(c.count, c.bytes)) break;
      if (is_long_silence(c.ends, begins, mean_step(c.begins, c.ends, c.count))) break;
      begins = c.begins;
      sum += c.count;
    }
    if (tier < (compact_all ? 1 : kTier)) return merged;
    merged += tier;
    fresh = sum;
  }
}

class TagFlush {
 public:
  TagFlush(Db& db, TagId tag, const Columns& in_order, bool compact_all, FileChange& change)
      : db_(db), tag_(tag), readings_(in_order), compact_all_(compact_all), change_(change) {}

  Result<void> run() {
    auto newest = newest_chunks(db_, tag_, false, kLookBack);
    if (!newest) return tl::unexpected(newest.error());
    newest_ = std::move(*newest);
    split();
    const bool all_late = !readings_.empty() && first_new_ == readings_.size();
    if (!all_late) {
      const auto chunks = readings_.empty() && newest_.empty() ? 0 : to_merge();
      if (readings_.empty() && chunks < 2) return {};
      if (auto done = merge_newest(chunks); !done) return done;
    }
    if (auto done = write_late(); !done) return done;
    if (!all_late) write_merged();
    return {};
  }

 private:
  /// Step 1.
  void split() {
    if (newest_.empty()) return;
    const auto& last = newest_.front();
    const auto& t = readings_.times;
    first_new_ = static_cast<std::size_t>(std::upper_bound(t.begin(), t.end(), last.ends) - t.begin());
    // A small chunk is mostly zstd's tables and tells nothing of the next one's size.
    if (last.count >= 1000) bytes_each_ = static_cast<double>(last.bytes) / static_cast<double>(last.count);
  }
  /// Step 2.
  std::size_t to_merge() {
    merged_begin_ = readings_.empty() ? newest_.front().ends : readings_.times[first_new_];
    return chunks_to_merge(newest_, readings_.size() - first_new_, merged_begin_, compact_all_);
  }
  /// Steps 2 and 3.
  Result<void> merge_newest(std::size_t chunks) {
    for (std::size_t i = 0; i < chunks; ++i) {
      auto before = take(newest_[i].id);
      if (!before) break;
      merged_.push_back(std::move(*before));
    }
    if (merged_.empty()) return {};
    std::reverse(merged_.begin(), merged_.end());
    merged_begin_ = merged_.front().times.front();
    const auto most = std::accumulate(merged_.begin(), merged_.end(), readings_.size(),
                                      [](std::size_t n, const Columns& part) { return n + part.size(); });
    const auto late = merge_late_chunks(most);
    if (!late) return tl::unexpected(late.error());
    const auto& t = readings_.times;
    if (*late) first_new_ = static_cast<std::size_t>(std::lower_bound(t.begin(), t.end(), merged_begin_) - t.begin());
    return {};
  }
  /// False, and nothing is merged, where one of them begins before the stretch, is damaged, or they are more than `most` readings.
  Result<bool> merge_late_chunks(std::size_t most) {
    auto q = db_.query("SELECT id, begins, count, block FROM chunks WHERE tag=? AND late=1 AND ends>=? ORDER BY id");
    q.bind(static_cast<std::int64_t>(tag_)).bind(merged_begin_);
    std::vector<Columns> found;
    std::vector<std::int64_t> ids;
    std::size_t n = 0;
    bool all = true;
    const auto done = q.each([&] {
      n += static_cast<std::size_t>(q.integer(2));
      all = all && q.integer(1) >= merged_begin_ && n <= most;
      auto readings = all ? unpack(q.bytes(3)) : Columns();
      all = all && readings;
      if (!all) return;
      ids.push_back(q.integer(0));
      found.push_back(std::move(*readings));
    });
    if (!done) return tl::unexpected(done.error());
    if (!all) return false;
    change_.replaced.insert(change_.replaced.end(), ids.begin(), ids.end());
    std::move(found.begin(), found.end(), std::back_inserter(merged_));
    return true;
  }
  /// Step 4.
  Result<void> write_late() {
    if (first_new_ == 0) return {};
    Columns late;
    late.append(tag_, readings_, 0, first_new_);
    auto neighbour = late_neighbour(late);
    if (!neighbour) return tl::unexpected(neighbour.error());
    if (*neighbour != 0) {
      if (const auto before = take(*neighbour)) {
        const Columns* both[] = {&*before, &late};
        late = in_order(concatenated(tag_, both));
      } else {
        *neighbour = 0;
      }
    }
    for (auto& chunk : cut_into_chunks(tag_, late, bytes_each_)) {
      const bool in_merged = ns_of(chunk.summary.end) >= merged_begin_;
      const auto is_late = in_merged ? Result<bool>(true) : overlaps(db_, tag_, chunk.summary, *neighbour);
      if (!is_late) return tl::unexpected(is_late.error());
      change_.rows.push_back({tag_, *is_late, std::move(chunk)});
    }
    return {};
  }
  /// The id of the newest late chunk if it is small and near; else 0. Never across the beginning of the newest chunk: that one
  /// takes late chunks within it when it grows.
  Result<std::int64_t> late_neighbour(const Columns& late) const {
    const auto last = newest_chunks(db_, tag_, true, 1);
    if (!last) return tl::unexpected(last.error());
    if (last->empty() || is_replaced(last->front().id)) return 0;
    const auto& l = last->front();
    const auto first = late.times.front(), end = late.times.back(), newest = newest_.front().begins;
    const bool apart = (l.begins < newest) != (first < newest) ||
                       (l.ends < first && is_long_silence(l.ends, first, 0)) ||
                       (end < l.begins && is_long_silence(end, l.begins, 0));
    return apart || l.count > 2 * late.size() || is_full(l.count, l.bytes) ? 0 : l.id;
  }
  /// Step 5.
  void write_merged() {
    merged_.emplace_back().append(tag_, readings_, first_new_, readings_.size());
    std::vector<const Columns*> parts;
    for (const auto& part : merged_) parts.push_back(&part);
    // Late chunks may overlap these still; being late, they are known to have come after.
    for (auto& chunk : cut_into_chunks(tag_, in_order(concatenated(tag_, parts)), bytes_each_))
      change_.rows.push_back({tag_, false, std::move(chunk)});
  }
  /// A chunk's readings, which will be replaced; an error where it is damaged.
  Result<Columns> take(std::int64_t id) {
    auto q = db_.query("SELECT block FROM chunks WHERE id=?");
    q.bind(id);
    const auto row = q.step();
    if (!row) return tl::unexpected(row.error());
    auto readings = *row ? unpack(q.bytes(0)) : Columns();
    if (readings) change_.replaced.push_back(id);
    return readings;
  }
  bool is_replaced(std::int64_t id) const {
    return std::find(change_.replaced.begin(), change_.replaced.end(), id) != change_.replaced.end();
  }

  Db& db_;
  const TagId tag_;
  const Columns& readings_;
  const bool compact_all_;
  FileChange& change_;
  std::vector<Stored> newest_;
  std::size_t first_new_ = 0;  ///< of readings_: from here on they are merged, before it they are late
  double bytes_each_ = 0.0;
  std::vector<Columns> merged_;
  /// From here on the merged readings cover all time, silences too: late ones that stay late overlap them if they reach so far.
  std::int64_t merged_begin_ = std::numeric_limits<std::int64_t>::max();
};

}  // namespace

Result<void> ChunkRow::write(Db& db) const {
  const auto summary = packed(chunk.summary);
  auto q = db.query("INSERT INTO chunks(tag, late, begins, ends, count, summary, block) VALUES(?,?,?,?,?,?,?)");
  q.bind(static_cast<std::int64_t>(tag)).bind(std::int64_t{late});
  q.bind(ns_of(chunk.summary.begin)).bind(ns_of(chunk.summary.end)).bind(static_cast<std::int64_t>(chunk.count));
  q.bind(Blob{summary}).bind(Blob{chunk.block});
  return q.run();
}

Result<void> flush_tag(Db& db, TagId tag, const Columns& memtable, bool compact_all, FileChange& change) {
  if (is_in_order(memtable)) return TagFlush(db, tag, memtable, compact_all, change).run();
  const auto sorted = in_order(memtable);
  return TagFlush(db, tag, sorted, compact_all, change).run();
}

}  // namespace castner::historian
