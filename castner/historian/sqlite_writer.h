// SPDX-License-Identifier: Apache-2.0
/// The writer's thread, which commits the work of many callers at once, and the flusher's, which compresses memtables for it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <unordered_set>

#include "castner/historian/flush.h"
#include "castner/historian/memtable.h"
#include "castner/historian/sqlite_db.h"
#include "castner/historian/sqlite_store.h"

namespace castner::historian {

/// Any thread may call. What readers see (the memtables and which chunks are there) changes only under `view`.
class SqliteWriter {
 public:
  /// @param db      to write with
  /// @param chunks  to read chunks with that are compacted
  /// @param found   readings of the write-ahead log that are not in chunks yet, as they were found in the file
  SqliteWriter(Db db, Db chunks, Memtable found, const SqliteOptions&);
  ~SqliteWriter();

  /// The work of a caller: `write` runs in a transaction that others share, then, once it is durable, `publish` under the exclusive
  /// lock. Both run on the writer's thread. `write` may be rolled back and not be run again.
  struct Work {
    std::function<Result<void>(Db&)> write;
    std::function<void()> publish;
    bool drops_chunks = false;  ///< a flush under way may have merged one of those, so it is made anew
  };
  /// Returns when it is durable and published, or refused as a whole.
  [[nodiscard]] Result<void> commit(Work);
  /// Flushes all memtables, compacts all small chunks written since this was done last, and checkpoints SQLite's log.
  [[nodiscard]] Result<void> settle();

  /// Hold it shared to read memtables and to fix what a reading connection sees.
  std::shared_mutex& view() const { return view_; }
  const Memtables& memtables() const { return memtables_; }
  /// For `publish` alone.
  Memtables& memtables_to_change() { return memtables_; }
  /// Why appends or flushes are refused now; "" where neither is. A success of the one says nothing of the other.
  std::string last_error() const;

 private:
  struct Job {
    Work work;
    bool settle = false;
    bool done = false;
    Result<void> outcome;
  };
  /// The changes in the file by some tags of the flushing memtable.
  struct Flush {
    FileChange change;
    std::vector<TagId> tags;
    std::uint64_t drops = 0;  ///< drops_ when this was begun
    bool compact_all = false;
    Result<void> outcome;
    bool done = false;
  };
  Result<void> submit_and_wait(Job);
  // The writer's thread:
  void write();
  bool takes_jobs() const;
  bool flush_now();
  void commit_all(const std::deque<Job*>&);
  Result<void> write_all(const std::deque<Job*>&);
  void put(Flush&);
  Result<void> put_in_transaction(const Flush&);
  bool is_full(const Memtable&) const;
  bool is_twice_full() const;
  bool all_settled() const;
  void turn_over();
  Result<void> give_back(std::int64_t keep);
  Result<void> checkpoint();
  void note(std::string& error, const Result<void>&);
  // The flusher's thread:
  void flush();
  void flush_some_tags(Flush&);

  const std::size_t most_readings_;
  const std::chrono::milliseconds flush_step_;
  mutable std::shared_mutex view_;

  // Used by the writer's thread only:
  Db db_;
  Memtables memtables_;  ///< changes under view_; memtables_.flushing stands still while the flusher works on it
  std::unordered_set<TagId> to_compact_;  ///< may end in several small chunks, written since the last settling
  std::deque<Job*> settling_;
  bool flush_refused_ = false, tried_again_ = false;
  std::atomic<std::uint64_t> drops_{0};

  Db chunks_;  // used by the flusher's thread only

  mutable std::mutex mutex_;  // of what follows
  std::condition_variable has_work_, has_done_, has_flushing_, has_put_;
  std::deque<Job*> jobs_;
  Flush* flushed_ = nullptr;                     ///< changes that the flusher hands over
  bool to_flush_ = false, compact_all_ = false;  ///< there is a memtable to flush; all its small chunks are merged
  bool hurry_ = false;                           ///< flush now, though the disk has just refused: a caller waits
  bool stop_flushing_ = false, stop_ = false;
  std::string append_error_, flush_error_;
  std::thread writing_, flushing_;  // last: they use all the rest
};

}  // namespace castner::historian
