// SPDX-License-Identifier: Apache-2.0
// Two threads between the sources and what the pages show:
//  1. watch: the new sources are made, which checks their settings; tags and retention go to the store; only then do
//     the old sources end and the new ones start.
//  2. deliver, on a source's thread: readings get their arrival, are marked where they lie in its future, and go into a bounded queue. A full queue refuses; the
//     source keeps them.
//  3. store_readings, the storing thread: takes all that waits and appends it as one batch. While the historian
//     refuses, it tries again and the queue fills. A batch with a reading that can never be kept is halved until that
//     one is alone; it is left out and counted. Once all is durable, each delivery's durable() is called.
//  4. look_and_reconcile, the looking thread, every `look`: a wall clock that was set is logged; tags that stay unwell
//     get an open gap, tags that speak again close theirs; every `reconcile` the newest window is assessed; old
//     readings are dropped.
//  5. Before that, which units are out of service and since when (unit_states.h). A balance that is not good leaves the last good one standing. A good one goes back into the store as derived
//     readings.
//  6. publish: a new immutable LiveState replaces the old one; HTTP threads read it without waiting for a thread above.
#include "castner/service/runtime.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "castner/base/log.h"
#include "castner/base/survive.h"
#include "castner/readings/tag_name.h"
#include "castner/readings/time_zone.h"
#include "castner/service/corrections.h"

namespace castner::service {
namespace {

using namespace std::chrono_literals;
using sources::Health;

void add_problems(Error& all, const Error& more) {
  all.problems.insert(all.problems.end(), more.problems.begin(), more.problems.end());
}

/// Readings of a delivery, at least one, so that an empty delivery counts in the queue too.
std::size_t weight(const sources::Delivery& d) { return std::max<std::size_t>(1, d.readings.size()); }

void say_lost(const std::vector<sources::Delivery>& deliveries) {
  std::size_t lost = 0, sent_again = 0;
  for (const auto& d : deliveries) (d.sent_again ? sent_again : lost) += d.readings.size();
  constexpr const char* kWhy = "stopped while the historian refuses";
  if (lost > 0) log_event(LogLevel::error, "readings_lost", {{"count", std::to_string(lost)}, {"why", kWhy}});
  if (sent_again > 0)
    log_event(LogLevel::warning, "readings_will_be_sent_again", {{"count", std::to_string(sent_again)}, {"why", kWhy}});
}

}  // namespace

Runtime::Runtime(historian::Store& store, Clock& clock, RuntimeOptions options)
    : store_(store),
      clock_(clock),
      options_(std::move(options)),
      queue_(options_.queue, weight),
      started_(clock.now()),
      clock_offset_(clock.now().time_since_epoch() - clock.uptime()),
      past_(store, clock, [this] { return first_awaited_ || queue_.waiting() > options_.queue / 4; }) {
  publish();
  storing_ = std::jthread([this](const std::stop_token& stop) { store_readings(stop); });
  looking_ = std::jthread([this](const std::stop_token& stop) { look_and_reconcile(stop); });
}

Runtime::~Runtime() {
  past_.stop();
  looking_.request_stop();
  looking_.join();
  {
    const std::lock_guard lock(watch_mutex_);
    replace_sources({});
  }
  storing_.request_stop();  // takes what is left in the queue before it ends
}

Result<void> Runtime::watch(Watched next) {
  auto made = CASTNER_TRY(make_sources(next));

  const std::lock_guard lock(watch_mutex_);
  auto ids = adopt(next);
  // A server that starts on a full disk shows what it has; the looking thread tries again until there is room.
  const bool starts_without = !ids && ids.error().code == ErrorCode::world_refused && !watching_;
  if (!ids && !starts_without) return tl::unexpected(ids.error());
  if (starts_without) {
    log_event(LogLevel::error, "historian_refuses", {{"why", ids.error().first()}});
    const std::lock_guard count(count_mutex_);
    storage_error_ = ids.error().first();
  } else if (owes_) {
    takes_again();
  }
  owes_ = starts_without;
  watching_ = true;
  // Settled here, since the past's thread evaluates the same flowsheet as the looking one.
  if (next.plant) (void)next.plant->flowsheet->hessian_pattern();
  past_.watch(next.plant, next.tags);
  std::set<std::size_t> to_start;
  for (std::size_t s = 0; s < made.size(); ++s) to_start.insert(s);
  // From here to the swap of the sources nothing is thrown: nothing of the old plant meets the new one.
  memory_.reset();
  last_ = last_good_ = nullptr;
  not_reconciled_ = "no_data";
  watching_since_ = clock_.uptime();
  silences_.clear();
  away_.clear();
  not_started_ = std::move(to_start);
  watched_ = std::move(next);
  replace_sources(std::move(made));
  if (ids) expect_from(*ids);
  start_sources();
  publish();
  return {};
}

/// One for which no thread can start stays down, the others read, and the next look tries again.
void Runtime::start_sources() {
  std::erase_if(not_started_, [this](std::size_t s) {
    return survive(watched_.sources[s].name, [&] {
      sources_[s]->start(
          [this, name = watched_.sources[s].name](auto delivery) { return deliver(name, std::move(delivery)); });
    });
  });
}

void Runtime::expect_from(const std::vector<historian::TagId>& ids) {
  for (std::size_t k = 0; k < ids.size(); ++k)
    silences_[watched_.tags[k].name] = {.id = ids[k], .since = clock_.now(), .unwell_since = {}};
  if (auto done = note_time_away(); !done)
    log_event(LogLevel::error, "ledger_of_gaps_refused", {{"why", done.error().first()}});
}

/// What the historian had no room for at the start.
void Runtime::pay_what_is_owed() {
  const auto ids = adopt(watched_);
  if (!ids) return;
  owes_ = false;
  expect_from(*ids);
  takes_again();
}

void Runtime::takes_again() {
  {
    const std::lock_guard lock(count_mutex_);
    storage_error_.clear();
  }
  log_event(LogLevel::info, "historian_takes_readings_again");
}

/// Makes every source, or returns the problems of all of them.
Result<Runtime::Sources> Runtime::make_sources(const Watched& next) const {
  Error error;
  Sources made;
  for (const auto& settings : next.sources) {
    auto source = options_.make_source(settings, clock_);
    if (source)
      made.push_back(std::move(*source));
    else
      add_problems(error, source.error());
  }
  if (!error.problems.empty()) return tl::unexpected(error);
  return made;
}

/// Gives tags and retention rules to the store: both, or neither. Names are checked first; if the store takes the rules but not the
/// tags, the earlier rules are put back.
Result<std::vector<historian::TagId>> Runtime::adopt(const Watched& next) {
  Error error;
  std::vector<historian::TagName> names;
  for (const auto& tag : next.tags) {
    if (const auto fine = readings::check_tag_name(tag.name); !fine) add_problems(error, fine.error());
    names.push_back({tag.name, tag.unit});
  }
  if (!error.problems.empty()) return tl::unexpected(error);
  CASTNER_TRY(store_.set_retention(next.retention));
  auto ids = store_.define_all(names);
  if (ids) return ids;
  if (auto back = store_.set_retention(watched_.retention); !back)
    log_event(LogLevel::error, "retention_not_put_back", {{"why", back.error().first()}});
  return ids;
}

/// The old sources end before the new ones start, as a device may take one connection only. They end all at once, since each may
/// wait for the timeout of a dead device.
void Runtime::replace_sources(Sources next) {
  {
    const std::lock_guard lock(sources_mutex_);
    sources_.swap(next);
    source_of_.clear();
    for (const auto& tag : watched_.tags) source_of_[tag.name] = tag.source;
  }
  std::vector<std::jthread> ending;
  for (auto& source : next)  // one for which no thread can start ends here
    (void)survive("ending a source", [&] { ending.emplace_back([s = std::move(source)]() mutable { s.reset(); }); });
}

std::shared_ptr<const LiveState> Runtime::live() const {
  const std::lock_guard lock(state_mutex_);
  return state_;
}

void Runtime::pushed(std::span<const sources::Pushed> readings) {
  const std::lock_guard lock(sources_mutex_);
  for (const auto& source : sources_) source->pushed(readings);
  for (const auto& r : readings) {
    if (r.ahead == 0) continue;
    const auto source = source_of_.find(r.tag);
    count_ahead(source == source_of_.end() ? "" : source->second, r.ahead);
  }
}

void Runtime::count_ahead(const std::string& source, std::uint64_t count) {
  const std::lock_guard lock(count_mutex_);
  auto& all = ahead_[source];
  if (all == 0)
    log_event(LogLevel::warning, "readings_from_the_future",
              {{"source", source.empty() ? "pushed" : source},
               {"why", "its clock is ahead, or the clock of this machine is behind"}});
  all += count;
}

std::shared_ptr<const LiveState> Runtime::reconcile_now() {
  const std::lock_guard lock(watch_mutex_);
  reconcile();
  publish();
  return live();
}

bool Runtime::deliver(const std::string& source, sources::Delivery delivery) {
  // To the millisecond: the historian keeps finer noise at two bytes a reading.
  const Time now = std::chrono::floor<std::chrono::milliseconds>(clock_.now());
  std::uint64_t ahead = 0;
  for (auto& r : delivery.readings) {
    if (r.reading.arrival == Time{}) r.reading.arrival = now;
    ahead += readings::mark_if_ahead(r.reading, r.reading.arrival, options_.clock_tolerance);
  }
  if (ahead > 0) count_ahead(source, ahead);
  return delivery.last ? queue_.push_last(std::move(delivery)) : queue_.push(std::move(delivery));
}

/// Takes all waiting deliveries, makes them durable, and tries again while the historian refuses: meanwhile the queue fills,
/// deliver() refuses, and the sources keep as much as they can.
void Runtime::store_readings(const std::stop_token& stop) {
  for (bool last = false; !last;) {
    last = stop.stop_requested();
    const auto deliveries = queue_.take_all(last ? 0ns : std::chrono::nanoseconds(100ms), stop);
    if (deliveries.empty()) continue;
    std::vector<std::pair<const sources::Delivery*, sources::Corrections>> corrected;
    (void)survive("looking for corrections", [&] {
      for (const auto& d : deliveries)
        if (d.corrected) corrected.emplace_back(&d, corrections(store_, d.readings));
    });
    bool kept = try_to_store(deliveries);
    while (!kept && !stop.stop_requested()) {
      clock_.sleep_for(options_.retry, stop);
      kept = try_to_store(deliveries);  // readings stored by an earlier try are repetitions, which the store keeps once
    }
    if (!kept) {
      (void)survive("saying what is lost", [&] { say_lost(deliveries); });
      continue;
    }
    for (const auto& [delivery, found] : corrected)
      if (found.count > 0) (void)survive("telling a source what it corrects", [&] { delivery->corrected(found); });
    for (const auto& delivery : deliveries)
      if (delivery.durable) (void)survive("telling a source what is durable", delivery.durable);
  }
}

/// What is thrown while readings are stored is as a disk that refuses: nothing is acknowledged, and they wait.
bool Runtime::try_to_store(const std::vector<sources::Delivery>& deliveries) {
  bool kept = false;
  if (survive("storing readings", [&] { kept = store(deliveries); })) return kept;
  (void)survive("saying so", [&] {
    const std::lock_guard lock(count_mutex_);
    storage_error_ = kSurvived;
  });
  return false;
}

/// True once every reading that the historian can keep is durable; false while it refuses. Readings that it can never keep are left
/// out and logged, so that they do not hold up the rest.
bool Runtime::store(const std::vector<sources::Delivery>& deliveries) {
  std::vector<historian::TaggedReading> batch;
  std::optional<Error> refused;
  LeftOut left_out;
  for (const auto& delivery : deliveries)
    for (const auto& [tag, reading] : delivery.readings) {
      auto id = ids_.find(tag);
      if (id == ids_.end()) {
        const auto made = store_.define(tag, "");
        if (!made) {
          if (made.error().code == ErrorCode::world_refused)
            refused = made.error();
          else
            left_out.note(made.error());
          continue;
        }
        id = ids_.emplace(tag, *made).first;
      }
      batch.push_back({id->second, reading});
    }
  if (const auto done = append(batch, left_out); !done) refused = done.error();

  const std::lock_guard lock(count_mutex_);
  if (refused) {
    if (storage_error_.empty()) log_event(LogLevel::error, "historian_refuses", {{"why", refused->first()}});
    storage_error_ = refused->first();
    return false;
  }
  if (!storage_error_.empty()) log_event(LogLevel::info, "historian_takes_readings_again");
  storage_error_.clear();
  std::uint64_t delivered = 0;
  for (const auto& delivery : deliveries) delivered += delivery.readings.size();
  stored_ += delivered - left_out.count;
  refused_ += left_out.count;
  if (left_out.count > 0)
    log_event(LogLevel::error, "readings_refused",
              {{"count", std::to_string(left_out.count)}, {"why", left_out.why.first()}});
  return true;
}

/// A batch that the historian will never keep is halved until the one that is wrong is found.
Result<void> Runtime::append(std::span<const historian::TaggedReading> batch, LeftOut& left_out) {
  if (batch.empty()) return {};
  auto done = store_.append(batch);
  if (done || done.error().code == ErrorCode::world_refused) return done;
  if (batch.size() == 1) {
    left_out.note(done.error());
    return {};
  }
  const auto middle = batch.size() / 2;
  if (auto first = append(batch.first(middle), left_out); !first) return first;
  return append(batch.subspan(middle), left_out);
}

void Runtime::look_and_reconcile(const std::stop_token& stop) {
  auto next_look = clock_.uptime() + options_.look;
  next_reconcile_ = next_forget_ = next_look;
  while (clock_.sleep_until(next_look, stop)) {
    const std::lock_guard lock(watch_mutex_);
    next_look = std::max(next_look + options_.look, clock_.uptime());
    (void)survive("looking at the sources", [&] { look(); });
    reconcile_if_due();
    (void)survive("dropping old readings", [&] { forget_if_due(); });
    (void)survive("showing what is live", [&] { publish(); });
  }
}

void Runtime::look() {
  check_clock();
  start_sources();
  if (owes_) pay_what_is_owed();
  if (!away_.empty()) note_time_away_again();
  if (away_.empty()) note_gaps();  // in this order: a tag has one open gap, and the earliest says most
}

/// Whether a request for balances of the past has ended since the last look: what it found of stops is news.
bool Runtime::past_has_ended() {
  const PastProgress now = past_.progress();
  const PastProgress seen = std::exchange(past_seen_, now);
  const auto told = [](const PastProgress& p) { return std::tuple(p.state, p.from, p.to, p.looked_at, p.balanced); };
  return now.state != PastProgress::State::none && now.state != PastProgress::State::running && told(now) != told(seen);
}

void Runtime::reconcile_if_due() {
  // Until the first balance stands, someone waits in front of an empty page.
  const bool impatient = !last_good_ && clock_.uptime() - watching_since_ < options_.first;
  const bool past_ended = past_has_ended();
  if (!watched_.plant) return;
  if (clock_.uptime() >= next_reconcile_ || impatient || past_ended) {
    reconcile();
    next_reconcile_ = clock_.uptime() + options_.reconcile;
  } else if (memory_ && memory_->units.behind()) {
    if (!survive("looking at the units", [&] { look_at_units(); })) return memory_.reset();
    if (!memory_->units.behind()) reconcile();  // its findings tell when
  }
}

void Runtime::forget_if_due() {
  if (watched_.retention.empty()) return waits_.reset();
  if (clock_.uptime() < next_forget_) return;
  next_forget_ = clock_.uptime() + options_.forget;
  const bool proved = waits_ && clock_.uptime() - waits_since_ >= options_.proof;
  (void)drop_old(proved ? historian::Deletion::confirmed : historian::Deletion::usual);
}

/// Drops what is too old. What is unusual waits, is said at every try, and goes by itself once this server has run for `proof` with a
/// clock that nobody set: in so long a time people have seen its pages.
Result<std::uint64_t> Runtime::drop_old(historian::Deletion how) {
  const auto done = store_.forget(clock_.now(), how);
  if (!done) {
    log_event(LogLevel::error, "old_readings_not_dropped", {{"why", done.error().first()}});
    return tl::unexpected(done.error());
  }
  if (done->waiting == 0) {
    waits_.reset();
    return done->gone;
  }
  if (!waits_) waits_since_ = clock_.uptime();
  waits_ = *done;
  log_event(LogLevel::warning, "deletion_waits",
            {{"readings", std::to_string(done->waiting)},
             {"oldest", readings::time_text(done->oldest)},
             {"before", readings::time_text(done->before)},
             {"why", "more than a day's worth at once: is the clock right? An administrator confirms it on the page"}});
  return done->gone;
}

Result<std::uint64_t> Runtime::delete_what_waits() {
  const std::lock_guard lock(watch_mutex_);
  auto gone = drop_old(historian::Deletion::confirmed);
  publish();
  return gone;
}

/// Logs that the wall clock was set, since readings are then late or early by as much.
void Runtime::check_clock() {
  const auto offset = clock_.now().time_since_epoch() - clock_.uptime();
  const auto jump = offset - clock_offset_;
  clock_offset_ = offset;
  if (jump <= 2s && jump >= -2s) return;
  waits_since_ = clock_.uptime();
  log_event(LogLevel::warning, "clock_was_set",
            {{"by_seconds", std::to_string(std::chrono::floor<std::chrono::seconds>(jump).count())}});
}

/// Opens a gap for each tag that stays unwell, from its last reading on and with the reason; closes it when the tag speaks again.
/// All changes are written at once; if the historian refuses, the next look tries again.
void Runtime::note_gaps() {
  std::vector<historian::Gap> fell_silent;
  std::vector<historian::GapEnd> speak_again;
  std::vector<Silence*> opened, closed;
  for (const auto& source : sources_) {
    const auto health = source->health();
    for (const auto& [tag, now] : health.tags) {
      const auto at = silences_.find(tag);
      if (at == silences_.end()) continue;
      Silence& silence = at->second;
      if (now.health == Health::ok) {
        silence.unwell_since.reset();
        if (!silence.written) continue;
        speak_again.push_back({silence.id, std::min(now.last.value_or(clock_.now()), clock_.now())});
        closed.push_back(&silence);
        continue;
      }
      if (!silence.unwell_since) silence.unwell_since = clock_.uptime();
      if (silence.written || clock_.uptime() - *silence.unwell_since < options_.patience) continue;
      const std::string& why = !now.last_error.empty()      ? now.last_error
                               : !health.last_error.empty() ? health.last_error
                                                            : "silent";
      // A clock that was set back leaves the last reading in what is now the future.
      fell_silent.push_back({silence.id, std::min(now.last.value_or(silence.since), clock_.now()), {}, why});
      opened.push_back(&silence);
    }
  }
  if (!opened.empty() && store_.open_gaps(fell_silent))
    for (auto* silence : opened) silence->written = true;
  if (!closed.empty() && store_.close_gaps(speak_again))
    for (auto* silence : closed) silence->written = false;
}

/// Opens a gap for each tag from its last reading on, since the server was not running. Gaps that were open stay open.
Result<void> Runtime::note_time_away() {
  std::vector<historian::TagId> ids;
  for (const auto& [tag, silence] : silences_) ids.push_back(silence.id);
  const auto latest = CASTNER_TRY(store_.latest(ids));
  std::vector<historian::Gap> away;
  auto newest = latest.begin();
  for (auto& [tag, silence] : silences_) {
    if (*newest) silence.since = (*newest)->time;
    if (*newest && silence.since < started_ - options_.patience)
      away.push_back({silence.id, silence.since, {}, "the server was not running"});
    ++newest;
  }
  Result<void> opened;
  if (!away.empty()) opened = store_.open_gaps(away);
  if (!opened) away_ = std::move(away);  // a disk that is full: note_time_away_again
  const auto gaps = CASTNER_TRY(store_.gaps(clock_.now(), Time::max()));
  std::set<historian::TagId> open;
  for (const auto& gap : gaps)
    if (!gap.to) open.insert(gap.tag);
  for (auto& [tag, silence] : silences_) silence.written = open.contains(silence.id);
  return opened;
}

/// What the ledger had no room for at the start. What waited meanwhile is stored by then: a gap ends with the first of it.
void Runtime::note_time_away_again() {
  {
    const std::lock_guard lock(count_mutex_);
    if (!storage_error_.empty()) return;
  }
  if (!store_.open_gaps(away_)) return;
  std::vector<historian::GapEnd> ends;
  std::map<historian::TagId, bool> silent;
  for (const auto& gap : away_) {
    const auto since = store_.read({gap.tag, started_, Time::max()}, 1);
    if (!since) return;
    silent[gap.tag] = since->empty();
    if (!since->empty()) ends.push_back({gap.tag, since->front().time});
  }
  // Until the ends are written too, the next look does it all again: a gap that is open stays as it is.
  if (auto done = store_.close_gaps(ends); !done)
    return log_event(LogLevel::error, "ledger_of_gaps_refused", {{"why", done.error().first()}});
  away_.clear();
  for (auto& [tag, silence] : silences_)
    if (const auto at = silent.find(silence.id); at != silent.end()) silence.written = at->second;
}

void Runtime::look_at_units() {
  if (const auto done = memory_->units.look(watched_.tags, store_, clock_.now()); !done)
    log_event(LogLevel::error, "units_not_looked_at", {{"why", done.error().first()}});
}

void Runtime::reconcile() {
  if (!watched_.plant || survive("the balance", [this] { try_to_reconcile(); })) return;
  not_reconciled_ = "fault";
  memory_.reset();  // it may be half of this window and half of that
}

void Runtime::try_to_reconcile() {
  if (!memory_) memory_.emplace(*watched_.plant);
  look_at_units();
  auto attempt = assess_newest(*watched_.plant, watched_.tags, store_, clock_.now(), *memory_);
  if (!attempt) {
    not_reconciled_ = attempt.error().code == ErrorCode::world_refused ? "historian" : "configuration";
    log_event(LogLevel::error, "not_reconciled", {{"why", attempt.error().first()}});
    return;
  }
  not_reconciled_ = attempt->why_not;
  if (attempt->made) last_ = attempt->made;
  if (!attempt->good()) return;
  last_good_ = attempt->made;
  const auto derived = derived_readings(*watched_.plant, *last_good_, store_);
  const auto kept = derived ? store_.append(*derived) : Result<void>(tl::unexpected(derived.error()));
  if (!kept) log_event(LogLevel::error, "balance_not_stored", {{"why", kept.error().first()}});
}

void Runtime::publish() {
  first_awaited_ = watched_.plant && !last_good_ && not_reconciled_ == "too_short" &&
                   clock_.uptime() - watching_since_ < options_.first;
  auto state = std::make_shared<LiveState>();
  state->at = clock_.now();
  state->plant = watched_.plant;
  state->made_up = watched_.made_up;
  state->last = last_;
  state->last_good = last_good_;
  if (memory_) state->units = memory_->units.now();
  state->not_reconciled = watched_.plant ? not_reconciled_ : "no_plant";
  for (std::size_t s = 0; s < sources_.size(); ++s) state->sources[watched_.sources[s].name] = sources_[s]->health();
  state->waiting = queue_.waiting();
  state->turned_away = queue_.refused();
  state->deletion_waits = waits_;
  {
    const std::lock_guard lock(count_mutex_);
    state->stored = stored_;
    state->refused = refused_;
    state->storage_error = storage_error_;
    for (auto& [name, health] : state->sources)
      if (const auto ahead = ahead_.find(name); ahead != ahead_.end()) health.ahead = ahead->second;
    for (const auto& [name, count] : ahead_) state->ahead += count;
  }
  const std::lock_guard lock(state_mutex_);
  state_ = std::move(state);
}

}  // namespace castner::service
