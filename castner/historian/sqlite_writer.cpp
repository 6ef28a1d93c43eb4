// SPDX-License-Identifier: Apache-2.0
// How readings reach the file, as in LevelDB (doc/impl.md), with two threads and SQLite's pages below:
//  1. commit() queues a caller's work. The writer takes the whole queue and runs it in one transaction, so that all callers
//     share one wait for the disk (group commit). Appends insert rows into the write-ahead log, the table `journal`.
//  2. Once the transaction is durable, each work publishes its readings to the active memtable.
//  3. A full active memtable becomes the one that is flushed, and an empty one active.
//  4. The flusher compresses it tag by tag into chunks (flush.h) for `flush_step`, then hands over what changes in the file.
//  5. The writer puts that into the file in one transaction and marks each of the tags with the last row of the log that its
//     chunks contain. In the same moment, for readers, the tags leave the memtable.
//  6. After the last tag of a memtable its rows of the log are deleted.
//  7. Memory is bounded: appends wait while both memtables are full. While the disk refuses chunks, appends go on until twice
//     as much is in memory as a memtable holds, in readings or in texts; then they are refused.
// A program killed between any two of these finds every acknowledged reading in a chunk or in the log (sqlite_store.cpp).
#include "castner/historian/sqlite_writer.h"

namespace castner::historian {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kFlushAgain{1000};                      // after the disk refused
constexpr std::int64_t kGiveBack = 4096, kPagesAtOnce = 1024;  // pages of 8 KiB
constexpr std::size_t kMostText = std::size_t{32} << 20;       // [bytes] of texts in a memtable

}  // namespace

SqliteWriter::SqliteWriter(Db db, Db chunks, Memtable found, const SqliteOptions& options)
    : most_readings_(options.memtable_readings),
      flush_step_(options.flush_step),
      db_(std::move(db)),
      chunks_(std::move(chunks)) {
  memtables_.active = std::move(found);
  turn_over();
  to_flush_ = memtables_.flushing.has_value();
  writing_ = std::thread([this] { write(); });
  flushing_ = std::thread([this] { flush(); });
}

SqliteWriter::~SqliteWriter() {
  const auto end = [this](bool& stop, std::condition_variable& waits, std::thread& thread) {
    {
      const std::lock_guard lock(mutex_);
      stop = true;
    }
    waits.notify_all();
    thread.join();
  };
  end(stop_flushing_, has_flushing_, flushing_);  // first: what it has made still goes into the file
  end(stop_, has_work_, writing_);
}

Result<void> SqliteWriter::commit(Work work) { return submit_and_wait({std::move(work), false, false, {}}); }
Result<void> SqliteWriter::settle() { return submit_and_wait({{}, true, false, {}}); }

Result<void> SqliteWriter::submit_and_wait(Job job) {
  std::unique_lock lock(mutex_);
  jobs_.push_back(&job);
  has_work_.notify_one();
  has_done_.wait(lock, [&] { return job.done; });
  return std::move(job.outcome);
}

std::string SqliteWriter::last_error() const {
  const std::lock_guard lock(mutex_);
  return append_error_.empty() ? flush_error_ : append_error_;
}

void SqliteWriter::note(std::string& error, const Result<void>& outcome) {
  const std::lock_guard lock(mutex_);
  error = outcome ? "" : outcome.error().first();
}

// ---- the writer's thread ---------------------------------------------------------------------------------------------

/// Step 7. While everything is being settled nothing new is taken.
bool SqliteWriter::takes_jobs() const {
  if (stop_) return true;
  if (!settling_.empty()) return false;
  if (flush_refused_) return tried_again_ || !is_twice_full();
  return !memtables_.flushing || !is_full(memtables_.active);
}

void SqliteWriter::write() {
  std::unique_lock lock(mutex_);
  for (;;) {
    has_work_.wait(lock, [&] { return flushed_ || (takes_jobs() ? stop_ || !jobs_.empty() : flush_now()); });
    auto* const flushed = std::exchange(flushed_, nullptr);
    std::deque<Job*> jobs;
    if (takes_jobs()) jobs.swap(jobs_);
    if (stop_ && !flushed && jobs.empty()) return;
    lock.unlock();
    if (flushed) put(*flushed);
    if (!jobs.empty()) commit_all(jobs);
    for (auto* job : jobs)
      if (job->settle) settling_.push_back(job);
    turn_over();
    const bool settled = all_settled() || (flushed && !flushed->outcome);
    const auto outcome = settling_.empty() || !settled ? Result<void>()
                         : all_settled()               ? checkpoint()
                                                       : flushed->outcome;
    lock.lock();
    for (auto* job : jobs) job->done = !job->settle;
    if (settled)
      for (auto* job : std::exchange(settling_, {})) {
        job->outcome = outcome;
        job->done = true;
      }
    if (flushed) {
      flushed->done = true;
      // Only callers already queued are refused; later callers retry, since the disk may have recovered.
      tried_again_ = hurry_ && !flushed->outcome && !jobs_.empty();
      hurry_ = false;
    } else {
      tried_again_ = tried_again_ && jobs.empty();
    }
    to_flush_ = memtables_.flushing.has_value();
    compact_all_ = !settling_.empty();
    has_done_.notify_all();
    has_flushing_.notify_one();
    has_put_.notify_one();
  }
}

/// Callers that are not let in wait for the flusher, so it must not wait after a refusal. Always false.
bool SqliteWriter::flush_now() {
  if (!hurry_ && flush_refused_ && (!jobs_.empty() || !settling_.empty())) {
    hurry_ = true;
    has_flushing_.notify_one();
  }
  return false;
}

/// Steps 1 and 2.
void SqliteWriter::commit_all(const std::deque<Job*>& jobs) {
  std::deque<Job*> work;
  for (auto* job : jobs)
    if (!job->settle) work.push_back(job);
  if (work.empty()) return;
  const auto outcome = write_all(work);
  if (!outcome) db_.rollback();
  note(append_error_, outcome);
  for (auto* job : work) job->outcome = outcome;
  if (!outcome) return;
  const std::unique_lock seen(view_);
  for (auto* job : work) {
    drops_ += job->work.drops_chunks;
    if (job->work.publish) job->work.publish();
  }
}

Result<void> SqliteWriter::write_all(const std::deque<Job*>& work) {
  if (flush_refused_ && is_twice_full())
    return world_refused(db_.path(), "takes no more: the disk refuses the readings that wait already", flush_error_);
  if (auto done = db_.run("BEGIN IMMEDIATE"); !done) return done;
  for (auto* job : work)
    if (auto done = job->work.write(db_); !done) return done;
  return db_.run("COMMIT");
}

bool SqliteWriter::is_full(const Memtable& m) const {
  return m.readings >= most_readings_ || m.text_bytes >= kMostText;
}

bool SqliteWriter::is_twice_full() const {
  return memtables_.readings() >= 2 * most_readings_ || memtables_.text_bytes() >= 2 * kMostText;
}

bool SqliteWriter::all_settled() const {
  return !memtables_.flushing && memtables_.active.readings == 0 && to_compact_.empty();
}

/// Step 3.
void SqliteWriter::turn_over() {
  const bool is_time = settling_.empty() ? is_full(memtables_.active) : !all_settled();
  if (memtables_.flushing || !is_time) return;
  const std::unique_lock seen(view_);
  memtables_.flushing = std::move(memtables_.active);
  memtables_.active = {};
  memtables_.active.log_row = memtables_.flushing->log_row;
  if (settling_.empty()) return;
  for (const auto tag : to_compact_) memtables_.flushing->of_tag.try_emplace(tag);  // with nothing new
}

void SqliteWriter::put(Flush& flush) {
  if (flush.outcome && flush.drops != drops_) return;  // the flusher makes it anew
  if (flush.outcome) flush.outcome = put_in_transaction(flush);
  if (!flush.outcome) db_.rollback();
  note(flush_error_, flush.outcome);
  flush_refused_ = !flush.outcome;
}

/// Steps 5 and 6.
Result<void> SqliteWriter::put_in_transaction(const Flush& flush) {
  auto& memtable = *memtables_.flushing;
  const bool last = flush.tags.size() == memtable.of_tag.size();
  if (auto done = db_.run("BEGIN IMMEDIATE"); !done) return done;
  for (const auto id : flush.change.replaced) {
    auto gone = db_.query("DELETE FROM chunks WHERE id=?");
    if (auto done = gone.bind(id).run(); !done) return done;
  }
  for (const auto& row : flush.change.rows)
    if (auto done = row.write(db_); !done) return done;
  for (const auto tag : flush.tags) {
    auto mark = db_.query("UPDATE tags SET sealed=? WHERE id=?");
    if (auto done = mark.bind(memtable.log_row).bind(static_cast<std::int64_t>(tag)).run(); !done) return done;
  }
  if (last) {
    auto gone = db_.query("DELETE FROM journal WHERE id<=?");
    if (auto done = gone.bind(memtable.log_row).run(); !done) return done;
    if (auto done = give_back(kGiveBack); !done) return done;
  }
  // Readers see each reading once, in the memtable or in its chunk.
  const std::unique_lock seen(view_);
  if (auto done = db_.run("COMMIT"); !done) return done;
  for (const auto tag : flush.tags) {
    memtable.drop(tag, memtables_.spare);
    if (flush.compact_all)
      to_compact_.erase(tag);
    else
      to_compact_.insert(tag);
  }
  if (last) memtables_.flushing.reset();
  return {};
}

/// Empty pages in the middle of the file go to its end and off it; `keep` stay for the next rows of the log.
Result<void> SqliteWriter::give_back(std::int64_t keep) {
  const auto empty = db_.number("PRAGMA freelist_count");
  if (!empty) return tl::unexpected(empty.error());
  if (*empty <= keep) return {};
  return db_.run("PRAGMA incremental_vacuum(" + std::to_string(std::min(*empty - keep, kPagesAtOnce)) + ")");
}

/// All of SQLite's own log goes into the file, and no empty page stays in it.
Result<void> SqliteWriter::checkpoint() {
  for (std::int64_t empty = 1; empty > 0;) {
    if (auto done = give_back(0); !done) return done;
    const auto left = db_.number("PRAGMA freelist_count");
    if (!left) return tl::unexpected(left.error());
    empty = *left;
  }
  return db_.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

// ---- the flusher's thread --------------------------------------------------------------------------------------------

void SqliteWriter::flush() {
  std::unique_lock lock(mutex_);
  for (bool refused = false;;) {
    const auto wake = [&] { return stop_flushing_ || (to_flush_ && (!refused || hurry_)); };
    if (refused)
      has_flushing_.wait_for(lock, kFlushAgain, wake);
    else
      has_flushing_.wait(lock, wake);
    if (stop_flushing_) return;
    if (!to_flush_) continue;
    Flush flush{.compact_all = compact_all_};
    lock.unlock();
    flush_some_tags(flush);
    lock.lock();
    flushed_ = &flush;
    has_work_.notify_one();
    has_put_.wait(lock, [&] { return flush.done; });
    refused = !flush.outcome;
  }
}

/// Step 4. The writer changes neither the memtable nor its chunks meanwhile, but for `drops_`.
void SqliteWriter::flush_some_tags(Flush& flush) {
  flush.drops = drops_;
  flush.outcome = chunks_.run("BEGIN");
  const auto until = steady_clock::now() + flush_step_;
  for (const auto& [tag, rows] : memtables_.flushing->of_tag) {
    if (!flush.outcome || (!flush.tags.empty() && steady_clock::now() >= until)) break;
    flush.outcome = flush_tag(chunks_, tag, rows.columns(tag), flush.compact_all, flush.change);
    flush.tags.push_back(tag);
  }
  chunks_.rollback();
}

}  // namespace castner::historian
