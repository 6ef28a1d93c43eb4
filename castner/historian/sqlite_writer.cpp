// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/sqlite_writer.h"

#include "castner/historian/sqlite_sealer.h"

namespace castner::historian {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kHurry = 4;                 // so many times longer where readings come faster than they are sealed
constexpr milliseconds kSealAgain{1000};  // after the disk refused
constexpr std::int64_t kGiveBack = 4096, kPagesAtOnce = 1024;  // pages of 8 KiB
constexpr std::size_t kMostText = std::size_t{32} << 20;       // [bytes] of waiting texts

}  // namespace

SqliteWriter::SqliteWriter(Db db, Generation found, const SqliteOptions& options)
    : db_(std::move(db)), most_waiting_(options.most_waiting), seal_step_(options.seal_step) {
  heads_.growing = std::move(found);
  thread_ = std::thread([this] { run(); });
}

SqliteWriter::~SqliteWriter() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  has_work_.notify_all();
  thread_.join();
}

Result<void> SqliteWriter::commit(Work work) {
  Job job{std::move(work)};
  std::unique_lock lock(mutex_);
  submit_and_wait(job, lock);
  return std::move(job.outcome);
}

Result<void> SqliteWriter::settle() {
  Job job;
  job.settle = true;
  std::unique_lock lock(mutex_);
  submit_and_wait(job, lock);
  return std::move(job.outcome);
}

void SqliteWriter::submit_and_wait(Job& job, std::unique_lock<std::mutex>& lock) {
  jobs_.push_back(&job);
  has_work_.notify_one();
  has_done_.wait(lock, [&] { return job.done; });
}

std::string SqliteWriter::last_error() const {
  const std::lock_guard lock(mutex_);
  return last_error_;
}

void SqliteWriter::note(const Result<void>& outcome) {
  const std::lock_guard lock(mutex_);
  last_error_ = outcome ? "" : outcome.error().problems.front().text();
}

bool SqliteWriter::should_seal() const {
  if (refused_to_seal_ && steady_clock::now() < seal_again_) return false;
  return heads_.sealing || heads_.growing.readings >= most_waiting_ || heads_.growing.text_bytes >= kMostText;
}

void SqliteWriter::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (!should_seal()) {
      const auto wake = [&] { return stop_ || !jobs_.empty(); };
      if (refused_to_seal_)
        has_work_.wait_for(lock, kSealAgain, wake);
      else
        has_work_.wait(lock, wake);
    }
    if (stop_ && jobs_.empty()) return;
    auto jobs = std::exchange(jobs_, {});
    lock.unlock();
    // A flood: who brings more must wait until there is room, for memory has a limit.
    while (heads_.sealing && heads_.growing.readings >= most_waiting_ && !refused_to_seal_)
      refused_to_seal_ = !seal_step();
    if (!jobs.empty()) commit_all(jobs);
    if (should_seal()) {
      const auto sealed = seal_step();
      refused_to_seal_ = !sealed;
      if (!sealed) seal_again_ = steady_clock::now() + kSealAgain;
      if (!sealed || jobs.empty()) note(sealed);
    }
    lock.lock();
    for (auto* job : jobs) job->done = true;
    if (!jobs.empty()) has_done_.notify_all();
  }
}

void SqliteWriter::commit_all(std::deque<Job*>& jobs) {
  std::deque<Job*> work;
  for (auto* job : jobs)
    if (!job->settle) work.push_back(job);
  if (!work.empty()) {
    auto outcome = write_all(work);
    if (!outcome) db_.rollback();
    note(outcome);
    for (auto* job : work) job->outcome = outcome;
    if (outcome) {
      const std::unique_lock seen(view_);
      for (auto* job : work)
        if (job->work.publish) job->work.publish();
    }
  }
  for (auto* job : jobs)
    if (job->settle) job->outcome = settle_now();
}

Result<void> SqliteWriter::write_all(std::deque<Job*>& work) {
  // Twice as many as wanted wait only while the disk refuses to take them as chunks: then no more are let in.
  if (refused_to_seal_ && heads_.readings() >= 2 * most_waiting_ && !seal_step())
    return world_refused(db_.path(), "takes no more: the disk refuses the readings that wait already", last_error());
  if (auto done = db_.run("BEGIN IMMEDIATE"); !done) return done;
  for (auto* job : work)
    if (auto done = job->work.write(db_); !done) return done;
  return db_.run("COMMIT");
}

Result<void> SqliteWriter::seal_step() {
  if (!heads_.sealing) {
    const std::unique_lock seen(view_);
    heads_.sealing = std::move(heads_.growing);
    heads_.growing = {};
    heads_.growing.journal = heads_.sealing->journal;
  }
  std::set<TagId> tags;
  bool last = false;
  auto outcome = write_sealed(tags, last);
  if (outcome && last) outcome = give_back(kGiveBack);
  if (outcome) {
    // Readers must see each reading once: waiting or in its chunk.
    const std::unique_lock seen(view_);
    outcome = db_.run("COMMIT");
    if (outcome) {
      for (const auto tag : tags) heads_.sealing->drop(tag, heads_.spare);
      if (last) heads_.sealing.reset();
    }
  }
  if (!outcome) db_.rollback();
  return outcome;
}

Result<void> SqliteWriter::write_sealed(std::set<TagId>& tags, bool& last) {
  const bool hurry = heads_.growing.readings > most_waiting_ / 2;
  const auto until = steady_clock::now() + (hurry ? kHurry * seal_step_ : seal_step_);
  if (auto done = db_.run("BEGIN IMMEDIATE"); !done) return done;
  const auto& sealing = *heads_.sealing;
  ChunkRows rows;
  for (const auto& [tag, waiting] : sealing.of_tag) {
    if (!tags.empty() && steady_clock::now() >= until) return rows.write(db_);
    if (auto done = seal(db_, tag, waiting, rows, settling_); !done) return done;
    // Says which rows of the journal are in chunks for this tag, should the program die before the rows can go.
    auto mark = db_.query("UPDATE tags SET sealed=? WHERE id=?");
    mark.bind(sealing.journal).bind(static_cast<std::int64_t>(tag));
    if (auto done = mark.run(); !done) return done;
    tags.insert(tag);
  }
  if (auto done = rows.write(db_); !done) return done;
  last = true;
  auto gone = db_.query("DELETE FROM journal WHERE id<=?");
  gone.bind(sealing.journal);
  return gone.run();
}

/// Empty pages in the middle of the file go to its end and off it; some stay for the next journal to lie in.
Result<void> SqliteWriter::give_back(std::int64_t keep) {
  const auto empty = db_.number("PRAGMA freelist_count");
  if (!empty) return tl::unexpected(empty.error());
  if (*empty <= keep) return {};
  return db_.run("PRAGMA incremental_vacuum(" + std::to_string(std::min(*empty - keep, kPagesAtOnce)) + ")");
}

Result<void> SqliteWriter::settle_now() {
  settling_ = true;
  Result<void> sealed;
  while (sealed && (heads_.sealing || heads_.growing.readings > 0)) sealed = seal_step();
  settling_ = false;
  if (!sealed) return sealed;
  refused_to_seal_ = false;
  for (std::int64_t empty = 1; empty > 0;) {
    if (auto done = give_back(0); !done) return done;
    const auto left = db_.number("PRAGMA freelist_count");
    if (!left) return tl::unexpected(left.error());
    empty = *left;
  }
  return db_.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace castner::historian
