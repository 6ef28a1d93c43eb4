// SPDX-License-Identifier: Apache-2.0
#include "castner/ops/runtime.h"

#include <algorithm>

#include "castner/base/log.h"

namespace castner::ops {
namespace {

using namespace std::chrono_literals;
using sources::Health;

std::string first_problem(const Error& e) { return e.problems.empty() ? "" : e.problems.front().text(); }

}  // namespace

Runtime::Runtime(historian::Store& store, Clock& clock, RuntimeOptions options)
    : store_(store),
      clock_(clock),
      options_(std::move(options)),
      queue_(options_.queue),
      started_(clock.now()),
      clock_offset_(clock.now().time_since_epoch() - clock.uptime()) {
  publish();
  storing_ = std::jthread([this](const std::stop_token& stop) { store_readings(stop); });
  looking_ = std::jthread([this](const std::stop_token& stop) { look_and_reconcile(stop); });
}

Runtime::~Runtime() {
  looking_.request_stop();
  looking_.join();
  {
    const std::lock_guard lock(watch_mutex_);
    sources_.clear();
  }
  storing_.request_stop();  // takes what is left in the queue before it ends
}

Result<void> Runtime::watch(Watched next) {
  Error error;
  std::vector<std::unique_ptr<sources::Source>> made;
  for (const auto& settings : next.sources) {
    auto source = options_.make_source(settings, clock_);
    if (source)
      made.push_back(std::move(*source));
    else
      error.problems.insert(error.problems.end(), source.error().problems.begin(), source.error().problems.end());
  }
  if (!error.problems.empty()) return tl::unexpected(error);
  for (const auto& tag : next.tags)
    if (auto id = store_.define(tag.name, tag.unit); !id) return tl::unexpected(id.error());
  if (auto done = store_.set_retention(next.retention); !done) return done;

  const std::lock_guard lock(watch_mutex_);
  sources_.clear();  // before the new ones start: a device may take one connection only
  watched_ = std::move(next);
  sources_ = std::move(made);
  last_ = last_good_ = nullptr;
  not_reconciled_ = "no_data";
  watching_since_ = clock_.uptime();
  silences_.clear();
  if (auto done = note_time_away(); !done)
    log_event(LogLevel::error, "ledger_of_gaps_refused", {{"why", first_problem(done.error())}});
  for (const auto& source : sources_) source->start([this](auto delivery) { return deliver(std::move(delivery)); });
  publish();
  return {};
}

std::shared_ptr<const LiveState> Runtime::live() const {
  const std::lock_guard lock(state_mutex_);
  return state_;
}

void Runtime::pushed(std::span<const sources::Pushed> readings) {
  const std::lock_guard lock(watch_mutex_);
  for (const auto& source : sources_) source->pushed(readings);
}

std::shared_ptr<const LiveState> Runtime::reconcile_now() {
  const std::lock_guard lock(watch_mutex_);
  reconcile();
  publish();
  return live();
}

bool Runtime::deliver(sources::Delivery delivery) {
  // To the millisecond: the historian keeps finer noise at two bytes a reading.
  const Time now = std::chrono::floor<std::chrono::milliseconds>(clock_.now());
  for (auto& r : delivery.readings)
    if (r.reading.arrival == Time{}) r.reading.arrival = now;
  return queue_.push(std::move(delivery));
}

/// Takes what waits, makes it durable, and keeps trying while the historian refuses: meanwhile the queue fills, deliver()
/// says no, and the sources keep what they can.
void Runtime::store_readings(const std::stop_token& stop) {
  for (bool last = false; !last;) {
    last = stop.stop_requested();
    const auto deliveries = queue_.take_all(last ? 0ns : std::chrono::nanoseconds(100ms), stop);
    if (deliveries.empty()) continue;
    bool kept = store(deliveries);
    while (!kept && !stop.stop_requested()) {
      clock_.sleep_for(options_.retry, stop);
      kept = store(deliveries);  // what was kept before is kept once
    }
    if (!kept) {
      log_event(LogLevel::error, "readings_lost", {{"why", "stopped while the historian refuses"}});
      continue;
    }
    for (const auto& delivery : deliveries)
      if (delivery.durable) delivery.durable();
  }
}

/// True when everything the historian can keep is durable; false where it refuses for now.
bool Runtime::store(const std::vector<sources::Delivery>& deliveries) {
  std::vector<historian::TaggedReading> batch;
  std::optional<Error> refused;
  for (const auto& delivery : deliveries)
    for (const auto& [tag, reading] : delivery.readings) {
      auto id = ids_.find(tag);
      if (id == ids_.end()) {
        const auto made = store_.define(tag, "");
        if (!made && made.error().code == ErrorCode::world_refused) refused = made.error();
        if (!made) {
          log_event(LogLevel::error, "reading_refused", {{"why", first_problem(made.error())}});
          continue;
        }
        id = ids_.emplace(tag, *made).first;
      }
      batch.push_back({id->second, reading});
    }
  const auto done = append(batch);
  if (!done) refused = done.error();

  const std::lock_guard lock(count_mutex_);
  if (refused) {
    if (storage_error_.empty()) log_event(LogLevel::error, "historian_refuses", {{"why", first_problem(*refused)}});
    storage_error_ = first_problem(*refused);
    return false;
  }
  if (!storage_error_.empty()) log_event(LogLevel::info, "historian_takes_readings_again");
  storage_error_.clear();
  stored_ += batch.size();
  return true;
}

/// What the historian can never keep is left out and said, so that it does not hold up the rest.
Result<void> Runtime::append(std::span<const historian::TaggedReading> batch) {
  if (batch.empty()) return {};
  auto done = store_.append(batch);
  if (done || done.error().code == ErrorCode::world_refused) return done;
  if (batch.size() == 1) {
    log_event(LogLevel::error, "reading_refused", {{"why", first_problem(done.error())}});
    return {};
  }
  const auto middle = batch.size() / 2;
  if (auto first = append(batch.first(middle)); !first) return first;
  return append(batch.subspan(middle));
}

void Runtime::look_and_reconcile(const std::stop_token& stop) {
  auto next_look = clock_.uptime() + options_.look, next_reconcile = next_look, next_forget = next_look;
  while (clock_.sleep_until(next_look, stop)) {
    const std::lock_guard lock(watch_mutex_);
    next_look = std::max(next_look + options_.look, clock_.uptime());
    check_clock();
    for (const auto& source : sources_) note_gaps(*source);
    // Until the first balance stands, someone waits in front of an empty page.
    const bool impatient = !last_good_ && clock_.uptime() - watching_since_ < options_.first;
    if (watched_.plant && (clock_.uptime() >= next_reconcile || impatient)) {
      reconcile();
      next_reconcile = clock_.uptime() + options_.reconcile;
    }
    if (!watched_.retention.empty() && clock_.uptime() >= next_forget) {
      next_forget = clock_.uptime() + options_.forget;
      if (const auto gone = store_.forget(clock_.now()); !gone)
        log_event(LogLevel::error, "old_readings_not_dropped", {{"why", first_problem(gone.error())}});
    }
    publish();
  }
}

/// A wall clock that was set is said, since it makes readings late or early by as much.
void Runtime::check_clock() {
  const auto offset = clock_.now().time_since_epoch() - clock_.uptime();
  const auto jump = offset - clock_offset_;
  clock_offset_ = offset;
  if (jump > 2s || jump < -2s)
    log_event(LogLevel::warning, "clock_was_set",
              {{"by_seconds", std::to_string(std::chrono::floor<std::chrono::seconds>(jump).count())}});
}

/// A tag that stays unwell has fallen silent with its last reading; the ledger says since when and why.
void Runtime::note_gaps(const sources::Source& source) {
  const auto health = source.health();
  for (const auto& [tag, now] : health.tags) {
    const auto id = store_.find(tag);
    if (!id) continue;
    Silence& silence = silences_[tag];
    if (now.health == Health::ok) {
      silence.unwell_since.reset();
      // Where the historian refuses, it is tried again at the next look.
      if (silence.written && store_.close_gap(id->id, now.last.value_or(clock_.now()))) silence.written = false;
      continue;
    }
    if (!silence.unwell_since) silence.unwell_since = clock_.uptime();
    if (silence.written || clock_.uptime() - *silence.unwell_since < options_.patience) continue;
    const std::string& why = !now.last_error.empty()      ? now.last_error
                             : !health.last_error.empty() ? health.last_error
                                                          : "silent";
    // A clock that was set back leaves the last reading in what is now the future.
    if (store_.open_gap(id->id, std::min(now.last.value_or(started_), clock_.now()), why)) silence.written = true;
  }
}

/// From the last reading of each tag until its next one nobody watched: the server was not running. What was silent before
/// is so still.
Result<void> Runtime::note_time_away() {
  std::vector<historian::TagId> ids;
  for (const auto& tag : watched_.tags)
    if (const auto known = store_.find(tag.name)) ids.push_back(known->id);
  const auto latest = store_.latest(ids);
  if (!latest) return tl::unexpected(latest.error());
  for (std::size_t k = 0; k < ids.size(); ++k)
    if ((*latest)[k] && started_ - (*latest)[k]->time > options_.patience)
      if (auto done = store_.open_gap(ids[k], (*latest)[k]->time, "the server was not running"); !done) return done;
  const auto open = store_.gaps(clock_.now(), Time::max());
  if (!open) return tl::unexpected(open.error());
  for (const auto& tag : watched_.tags)
    if (const auto known = store_.find(tag.name))
      silences_[tag.name].written =
          std::any_of(open->begin(), open->end(), [&](const auto& g) { return g.tag == known->id && !g.to; });
  return {};
}

void Runtime::reconcile() {
  if (!watched_.plant) return;
  auto attempt = assess_newest(*watched_.plant, watched_.tags, store_, clock_.now());
  if (!attempt) {
    not_reconciled_ = attempt.error().code == ErrorCode::world_refused ? "historian" : "configuration";
    log_event(LogLevel::error, "not_reconciled", {{"why", first_problem(attempt.error())}});
    return;
  }
  not_reconciled_ = attempt->why_not;
  if (attempt->made) last_ = attempt->made;
  if (!attempt->good()) return;
  last_good_ = attempt->made;
  const auto derived = derived_readings(*watched_.plant, *last_good_, store_);
  const auto kept = derived ? store_.append(*derived) : Result<void>(tl::unexpected(derived.error()));
  if (!kept) log_event(LogLevel::error, "balance_not_stored", {{"why", first_problem(kept.error())}});
}

void Runtime::publish() {
  auto state = std::make_shared<LiveState>();
  state->at = clock_.now();
  state->plant = watched_.plant;
  state->last = last_;
  state->last_good = last_good_;
  state->not_reconciled = watched_.plant ? not_reconciled_ : "no_plant";
  for (std::size_t s = 0; s < sources_.size(); ++s) state->sources[watched_.sources[s].name] = sources_[s]->health();
  state->refused = queue_.refused();
  {
    const std::lock_guard lock(count_mutex_);
    state->stored = stored_;
    state->storage_error = storage_error_;
  }
  const std::lock_guard lock(state_mutex_);
  state_ = std::move(state);
}

}  // namespace castner::ops
