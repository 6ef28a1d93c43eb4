// SPDX-License-Identifier: Apache-2.0
/// Goes through one tag's readings in order of time, however many chunks, late chunks and waiting readings they lie in.
#pragma once

#include <functional>

#include "castner/historian/aggregate.h"
#include "castner/historian/columns.h"
#include "castner/historian/sqlite_db.h"

namespace castner::historian {

class Sweep {
 public:
  Sweep(Db& db, const Range& range) : db_(db), range_(range) {}

  /// Looks up which chunks there are, and so fixes what will be seen: the connection must be in a transaction.
  [[nodiscard]] Result<void> find();
  /// Readings that wait to be sealed, in the order in which they were appended.
  void add_waiting(Columns c) { waiting_ = std::move(c); }

  /// Is shown readings [first, last) in order (merge.h), all that there are of each time; false stops the sweep.
  using OnReadings = std::function<bool(const Columns&, std::size_t first, std::size_t last)>;
  /// Is offered a chunk nothing overlaps: true where its summary was enough, false where its readings are wanted.
  using OnSummary = std::function<bool(const Summary&)>;
  /// Memory: as many chunks as overlap at one time, usually one.
  [[nodiscard]] Result<void> run(const OnReadings&, const OnSummary& = {});

 private:
  struct Source {
    std::int64_t id, begins, ends;  ///< id 0: the waiting readings
    std::int64_t rank;              ///< of what was appended later: higher
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
  Columns waiting_;
  std::vector<Source> sources_;
  std::vector<Open> open_;
  Columns spare_;  ///< what has been shown: its memory serves the next chunk
};

}  // namespace castner::historian
