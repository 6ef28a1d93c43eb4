// SPDX-License-Identifier: Apache-2.0
/// The one thread that writes a historian's file, many callers' work in one commit; and those that seal for it meanwhile.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <unordered_set>

#include "castner/historian/heads.h"
#include "castner/historian/sqlite_db.h"
#include "castner/historian/sqlite_sealer.h"
#include "castner/historian/sqlite_store.h"

namespace castner::historian {

/// Any thread may call. What readers see (`heads` and which chunks are there) changes only under `view`.
class SqliteWriter {
 public:
  /// @param db             to write with
  /// @param chunks         to read chunks with, which those that wait are to join; so many threads seal
  /// @param sealed_not_yet readings of the journal that are not in chunks yet, as they were found in the file
  SqliteWriter(Db db, std::vector<Db> chunks, Generation sealed_not_yet, const SqliteOptions&);
  ~SqliteWriter();

  /// What a caller wants done: `write` within a transaction that others share, then, once it is durable, `publish`
  /// while no reader looks. Both on the writer's thread. `write` must be such that it can be rolled back and forgotten.
  struct Work {
    std::function<Result<void>(Db&)> write;
    std::function<void()> publish;
    bool drops_chunks = false;  ///< then what is being sealed must be made ready again: it may have joined one of those
  };
  /// Returns when it is durable and published, or refused as a whole.
  [[nodiscard]] Result<void> commit(Work);
  /// Seals everything that waits, joins the small chunks sealed since it was done last, and brings the log into the file.
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
  /// Some tags of the sealing generation, packed: what is to change in the file.
  struct Ready {
    Sealed sealed;
    std::vector<TagId> tags;
    std::uint64_t drops = 0;  ///< drops_ when this was begun
    bool thorough = false;    ///< all small chunks at the ends are joined
    Result<void> outcome;
    bool done = false;
  };
  void submit_and_wait(Job&, std::unique_lock<std::mutex>&);
  // The writer's thread:
  void write();
  bool takes_jobs() const;
  bool ask_again();
  void commit_all(const std::deque<Job*>&);
  Result<void> write_all(const std::deque<Job*>&);
  void put(Ready&);
  Result<void> put_in_transaction(const Ready&);
  bool is_full(const Generation&) const;
  bool all_settled() const;
  void turn_over();
  Result<void> give_back(std::int64_t keep);
  Result<void> into_the_file();
  void note(const Result<void>&);
  // The sealer's thread:
  void seal_on();
  void make_ready(Ready&, bool thorough);

  const std::size_t most_waiting_;
  const std::chrono::milliseconds seal_step_;
  mutable std::shared_mutex view_;

  // Of the writer's thread:
  Db db_;
  Heads heads_;  ///< changes under view_; heads_.sealing stands still while the sealer works on it
  std::unordered_set<TagId> to_join_;  ///< may end in several small chunks, sealed since the last settling
  std::deque<Job*> settling_;
  bool refused_to_seal_ = false, tried_again_ = false;
  std::atomic<std::uint64_t> drops_{0};

  std::vector<Db> chunks_;  // of the sealer's thread and its helpers

  mutable std::mutex mutex_;  // of what follows
  std::condition_variable has_work_, has_done_, has_sealing_, has_put_;
  std::deque<Job*> jobs_;
  Ready* ready_ = nullptr;
  bool to_seal_ = false, thorough_ = false;  ///< there is a sealing generation; all of it must be joined
  bool hurry_ = false;                       ///< seal at once, though the disk refused a moment ago: someone waits
  bool stop_sealing_ = false, stop_ = false;
  std::string last_error_;
  std::thread writing_, sealing_;  // last: they use all the rest
};

}  // namespace castner::historian
