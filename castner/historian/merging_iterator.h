// SPDX-License-Identifier: Apache-2.0
/// Merging iterator over one tag's readings in order of time, from its chunks, its late chunks and the memtables.
///
///  1. find() looks up the chunks that overlap the range; add_memtable() adds the readings in memory as one more source.
///  2. Sources are opened in the order of their beginnings. Before one is opened, all readings of the open ones before its
///     beginning are final and are shown; a source whose readings are all shown is closed.
///  3. Where one source is open, its readings are shown as they lie. Where several are, their readings are concatenated from the
///     oldest source to the newest and put in order (merge.h), so that the newest arrival of a time counts.
///  4. A chunk within the range that overlaps no other source is first offered as its summary and, if that is enough, not read.
#pragma once

#include <functional>

#include "castner/historian/aggregate.h"
#include "castner/historian/columns.h"
#include "castner/historian/sqlite_db.h"

namespace castner::historian {

class MergingIterator {
 public:
  MergingIterator(Db& db, const Range& range) : db_(db), range_(range) {}

  /// Looks up the chunks of the range: the connection must be in a transaction, which fixes the state that is read.
  [[nodiscard]] Result<void> find();
  /// Readings of the memtables, in the order in which they were appended.
  void add_memtable(Columns c) { memtable_ = std::move(c); }

  /// Called with readings [first, last) in order (merge.h), with all readings of each time at once; false stops the iterator.
  using OnReadings = std::function<bool(const Columns&, std::size_t first, std::size_t last)>;
  /// Called with the summary of a chunk that nothing overlaps: true if that was enough, false to be given its readings.
  using OnSummary = std::function<bool(const Summary&)>;
  /// Memory: as many chunks as overlap at one time, usually one.
  [[nodiscard]] Result<void> run(const OnReadings&, const OnSummary& = {});

 private:
  struct Source {
    std::int64_t id, begins, ends;  ///< id 0: the memtables
    std::int64_t rank;              ///< higher for readings that were appended later
  };
  struct Open {
    std::int64_t rank;
    Columns readings;
    std::size_t next;
  };
  Result<bool> enough_in_summary(const Source&, const OnSummary&);
  Result<void> load(const Source&, Columns& into);
  bool show_before(std::int64_t time, bool all, const OnReadings&);

  Db& db_;
  Range range_;
  Columns memtable_;
  std::vector<Source> sources_;
  std::vector<Open> open_;
  Columns spare_;  ///< memory of a chunk that was shown, used again by the next
};

}  // namespace castner::historian
