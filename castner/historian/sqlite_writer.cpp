// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/sqlite_writer.h"

#include <sys/resource.h>
#include <unistd.h>

#include <system_error>

namespace castner::historian {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kSealAgain{1000};                       // after the disk refused
constexpr std::int64_t kGiveBack = 4096, kPagesAtOnce = 1024;  // pages of 8 KiB
constexpr int kNicer = 5;                                      // the threads that seal: a third of what others get
constexpr std::size_t kMostText = std::size_t{32} << 20;       // [bytes] of waiting texts

}  // namespace

SqliteWriter::SqliteWriter(Db db, std::vector<Db> chunks, Generation found, const SqliteOptions& options)
    : most_waiting_(options.most_waiting),
      seal_step_(options.seal_step),
      db_(std::move(db)),
      chunks_(std::move(chunks)) {
  heads_.growing = std::move(found);
  turn_over();
  to_seal_ = heads_.sealing.has_value();
  writing_ = std::thread([this] { write(); });
  sealing_ = std::thread([this] { seal_on(); });
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
  end(stop_sealing_, has_sealing_, sealing_);  // first: what it has made ready still goes into the file
  end(stop_, has_work_, writing_);
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

// ---- the writer's thread ---------------------------------------------------------------------------------------------

/// A flood must wait until there is room, for memory has a limit; where the disk refuses, until it has been asked once more.
/// While all is being settled nothing new comes in.
bool SqliteWriter::takes_jobs() const {
  if (stop_) return true;
  if (!settling_.empty()) return false;
  if (refused_to_seal_) return tried_again_ || heads_.readings() < 2 * most_waiting_;
  return !heads_.sealing || !is_full(heads_.growing);
}

void SqliteWriter::write() {
  std::unique_lock lock(mutex_);
  for (;;) {
    has_work_.wait(lock, [&] { return ready_ || (takes_jobs() ? stop_ || !jobs_.empty() : ask_again()); });
    auto* const ready = std::exchange(ready_, nullptr);
    std::deque<Job*> jobs;
    if (takes_jobs()) jobs.swap(jobs_);
    if (stop_ && !ready && jobs.empty()) return;
    lock.unlock();
    if (ready) put(*ready);
    if (!jobs.empty()) commit_all(jobs);
    for (auto* job : jobs)
      if (job->settle) settling_.push_back(job);
    turn_over();
    const bool settled = all_settled() || (ready && !ready->outcome);
    const auto outcome = settling_.empty() || !settled ? Result<void>()
                         : all_settled()               ? into_the_file()
                                                       : ready->outcome;
    lock.lock();
    for (auto* job : jobs) job->done = !job->settle;
    if (settled)
      for (auto* job : std::exchange(settling_, {})) {
        job->outcome = outcome;
        job->done = true;
      }
    if (ready) {
      ready->done = true;
      // For those who wait now: whoever comes later may find the disk well again.
      tried_again_ = hurry_ && !ready->outcome && !jobs_.empty();
      hurry_ = false;
    } else {
      tried_again_ = tried_again_ && jobs.empty();
    }
    to_seal_ = heads_.sealing.has_value();
    thorough_ = !settling_.empty();
    has_done_.notify_all();
    has_sealing_.notify_one();
    has_put_.notify_one();
  }
}

/// Whoever is not let in waits for the sealer: then that must not wait for a better day.
bool SqliteWriter::ask_again() {
  if (!hurry_ && refused_to_seal_ && (!jobs_.empty() || !settling_.empty())) {
    hurry_ = true;
    has_sealing_.notify_one();
  }
  return false;
}

void SqliteWriter::commit_all(const std::deque<Job*>& jobs) {
  std::deque<Job*> work;
  for (auto* job : jobs)
    if (!job->settle) work.push_back(job);
  if (work.empty()) return;
  const auto outcome = write_all(work);
  if (!outcome) db_.rollback();
  note(outcome);
  for (auto* job : work) job->outcome = outcome;
  if (!outcome) return;
  const std::unique_lock seen(view_);
  for (auto* job : work) {
    drops_ += job->work.drops_chunks;
    if (job->work.publish) job->work.publish();
  }
}

Result<void> SqliteWriter::write_all(const std::deque<Job*>& work) {
  // Twice as many as wanted wait only while the disk refuses to take them as chunks: then no more are let in.
  if (refused_to_seal_ && heads_.readings() >= 2 * most_waiting_)
    return world_refused(db_.path(), "takes no more: the disk refuses the readings that wait already", last_error());
  if (auto done = db_.run("BEGIN IMMEDIATE"); !done) return done;
  for (auto* job : work)
    if (auto done = job->work.write(db_); !done) return done;
  return db_.run("COMMIT");
}

bool SqliteWriter::is_full(const Generation& g) const {
  return g.readings >= most_waiting_ || g.text_bytes >= kMostText;
}

bool SqliteWriter::all_settled() const { return !heads_.sealing && heads_.growing.readings == 0 && to_join_.empty(); }

void SqliteWriter::turn_over() {
  const bool is_time = settling_.empty() ? is_full(heads_.growing) : !all_settled();
  if (heads_.sealing || !is_time) return;
  const std::unique_lock seen(view_);
  heads_.sealing = std::move(heads_.growing);
  heads_.growing = {};
  heads_.growing.journal = heads_.sealing->journal;
  if (settling_.empty()) return;
  for (const auto tag : to_join_) heads_.sealing->of_tag.try_emplace(tag);  // with nothing new
}

void SqliteWriter::put(Ready& ready) {
  if (ready.outcome) ready.outcome = put_in_transaction(ready);
  if (!ready.outcome) db_.rollback();
  if (!ready.outcome || refused_to_seal_) note(ready.outcome);
  refused_to_seal_ = !ready.outcome;
}

Result<void> SqliteWriter::put_in_transaction(const Ready& ready) {
  if (ready.drops != drops_) return {};  // the sealer makes them ready anew
  auto& sealing = *heads_.sealing;
  const bool last = ready.tags.size() == sealing.of_tag.size();
  if (auto done = db_.run("BEGIN IMMEDIATE"); !done) return done;
  for (const auto id : ready.sealed.taken) {
    auto gone = db_.query("DELETE FROM chunks WHERE id=?");
    if (auto done = gone.bind(id).run(); !done) return done;
  }
  for (const auto& row : ready.sealed.rows)
    if (auto done = row.write(db_); !done) return done;
  for (const auto tag : ready.tags) {
    // Says which rows of the journal are in chunks for this tag, should the program die before the rows can go.
    auto mark = db_.query("UPDATE tags SET sealed=? WHERE id=?");
    if (auto done = mark.bind(sealing.journal).bind(static_cast<std::int64_t>(tag)).run(); !done) return done;
  }
  if (last) {
    auto gone = db_.query("DELETE FROM journal WHERE id<=?");
    if (auto done = gone.bind(sealing.journal).run(); !done) return done;
    if (auto done = give_back(kGiveBack); !done) return done;
  }
  // Readers must see each reading once: waiting or in its chunk.
  const std::unique_lock seen(view_);
  if (auto done = db_.run("COMMIT"); !done) return done;
  for (const auto tag : ready.tags) {
    sealing.drop(tag, heads_.spare);
    if (ready.thorough)
      to_join_.erase(tag);
    else
      to_join_.insert(tag);
  }
  if (last) heads_.sealing.reset();
  return {};
}

/// Empty pages in the middle of the file go to its end and off it; some stay for the next journal to lie in.
Result<void> SqliteWriter::give_back(std::int64_t keep) {
  const auto empty = db_.number("PRAGMA freelist_count");
  if (!empty) return tl::unexpected(empty.error());
  if (*empty <= keep) return {};
  return db_.run("PRAGMA incremental_vacuum(" + std::to_string(std::min(*empty - keep, kPagesAtOnce)) + ")");
}

/// All that is in the log, and no page more than that takes.
Result<void> SqliteWriter::into_the_file() {
  for (std::int64_t empty = 1; empty > 0;) {
    if (auto done = give_back(0); !done) return done;
    const auto left = db_.number("PRAGMA freelist_count");
    if (!left) return tl::unexpected(left.error());
    empty = *left;
  }
  return db_.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

// ---- the sealer's thread ---------------------------------------------------------------------------------------------

void SqliteWriter::seal_on() {
  // Nobody waits for it until it has fallen behind a whole generation; but then all who append do, and other programs may
  // load the machine. Measured beside two busy ones on two cores, the longest append: 0.3 s at 0, 0.5 s at 5, 1 to 3 s at 10.
  const auto self = static_cast<id_t>(::gettid());
  ::setpriority(PRIO_PROCESS, self, ::getpriority(PRIO_PROCESS, self) + kNicer);
  std::unique_lock lock(mutex_);
  for (bool refused = false;;) {
    const auto wake = [&] { return stop_sealing_ || (to_seal_ && (!refused || hurry_)); };
    if (refused)
      has_sealing_.wait_for(lock, kSealAgain, wake);
    else
      has_sealing_.wait(lock, wake);
    if (stop_sealing_) return;
    if (!to_seal_) continue;
    const bool thorough = thorough_;
    lock.unlock();
    Ready ready;
    make_ready(ready, thorough);
    lock.lock();
    ready_ = &ready;
    has_work_.notify_one();
    has_put_.wait(lock, [&] { return ready.done; });
    refused = !ready.outcome;
  }
}

/// Each thread takes the next tag until the time is over; the writer leaves all as it is meanwhile.
void SqliteWriter::make_ready(Ready& ready, bool thorough) {
  ready.drops = drops_;
  ready.thorough = thorough;
  struct Part {
    Sealed sealed;
    std::vector<TagId> tags;
    Result<void> outcome;
  };
  std::vector<Part> parts(chunks_.size());  // one of each thread
  const auto until = steady_clock::now() + seal_step_;
  std::mutex next_mutex;
  auto next = heads_.sealing->of_tag.begin();
  const auto take = [&]() -> decltype(&*next) {
    const std::lock_guard lock(next_mutex);
    return next == heads_.sealing->of_tag.end() ? nullptr : &*next++;
  };
  const auto work = [&](std::size_t k) {
    auto& part = parts[k];
    part.outcome = chunks_[k].run("BEGIN");
    while (part.outcome && (part.tags.empty() || steady_clock::now() < until)) {
      const auto* some = take();
      if (!some) break;
      part.outcome = seal(chunks_[k], some->first, some->second.columns(some->first), part.sealed, thorough);
      part.tags.push_back(some->first);
    }
    chunks_[k].rollback();
  };
  std::vector<std::jthread> helpers;
  try {
    for (std::size_t k = 1; k < chunks_.size(); ++k) helpers.emplace_back(work, k);
  } catch (const std::system_error&) {
    // The machine gives no more threads: then this one does it all.
  }
  work(0);
  helpers.clear();
  for (auto& part : parts) {
    if (!part.outcome) ready.outcome = part.outcome;
    ready.sealed.append(std::move(part.sealed));
    ready.tags.insert(ready.tags.end(), part.tags.begin(), part.tags.end());
  }
}

}  // namespace castner::historian
