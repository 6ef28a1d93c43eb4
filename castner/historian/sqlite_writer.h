// SPDX-License-Identifier: Apache-2.0
/// The one thread that writes a historian's file: many callers' work in one commit, and sealing in between.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <thread>

#include "castner/historian/heads.h"
#include "castner/historian/sqlite_db.h"
#include "castner/historian/sqlite_store.h"

namespace castner::historian {

/// Any thread may call. What readers see (`heads` and which chunks are there) changes only under `view`.
class SqliteWriter {
 public:
  /// @param sealed_not_yet  readings of the journal that are not in chunks yet, as they were found in the file
  SqliteWriter(Db db, Generation sealed_not_yet, const SqliteOptions&);
  ~SqliteWriter();

  /// What a caller wants done: `write` within a transaction that others share, then, once it is durable, `publish`
  /// while no reader looks. Both on the writer's thread. `write` must be such that it can be rolled back and forgotten.
  struct Work {
    std::function<Result<void>(Db&)> write;
    std::function<void()> publish;
  };
  /// Returns when it is durable and published, or refused as a whole.
  [[nodiscard]] Result<void> commit(Work);
  /// Seals everything that waits, and brings the log into the file.
  [[nodiscard]] Result<void> settle();

  /// Hold it shared to read heads and to fix what a reading connection sees.
  std::shared_mutex& view() const { return view_; }
  const Heads& heads() const { return heads_; }
  /// For `publish` alone.
  Heads& heads_to_change() { return heads_; }
  std::string last_error() const;

 private:
  struct Job {
    Work work;
    bool settle = false;
    bool done = false;
    Result<void> outcome;
  };
  void submit_and_wait(Job&, std::unique_lock<std::mutex>&);
  void run();
  void commit_all(std::deque<Job*>&);
  Result<void> write_all(std::deque<Job*>&);
  Result<void> seal_step();
  Result<void> write_sealed(std::set<TagId>& tags, bool& last);
  Result<void> give_back(std::int64_t keep);
  Result<void> settle_now();
  void note(const Result<void>&);
  bool should_seal() const;

  Db db_;
  const std::size_t most_waiting_;
  const std::chrono::milliseconds seal_step_;
  mutable std::shared_mutex view_;
  Heads heads_;
  bool settling_ = false;
  bool refused_to_seal_ = false;
  std::chrono::steady_clock::time_point seal_again_;

  mutable std::mutex mutex_;  // of what follows
  std::condition_variable has_work_, has_done_;
  std::deque<Job*> jobs_;
  bool stop_ = false;
  std::string last_error_;
  std::thread thread_;  // last: it uses all the rest
};

}  // namespace castner::historian
