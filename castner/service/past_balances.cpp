// SPDX-License-Identifier: Apache-2.0
// Balances of the past beside a running plant:
//  1. Whole windows (whole_windows.h) are taken in stretches of some hours, the newest stretch first: yesterday is what people look at.
//  2. Before each stretch: while live work waits, rest.
//  3. Windows of the stretch that have a balance already are left alone. For the others the readings are read from the
//     store and go through the same assess() as a file.
//  4. Each good balance becomes readings at its window's end, as a live one does; so does what the stretch shows of units that were
//     stopped or started (unit_states.h).
//  5. Then it rests, so that in the mean it takes no more than its share of one core; with nice 19 also no more than the
//     others leave.
#include "castner/service/past_balances.h"

#include <algorithm>
#include <cmath>

#include "castner/assess/assess.h"
#include "castner/base/log.h"
#include "castner/base/survive.h"
#include "castner/base/time_span.h"
#include "castner/service/live_assess.h"
#include "castner/service/live_state.h"
#include "castner/service/low_priority.h"
#include "castner/service/stored_series.h"
#include "castner/service/unit_states.h"
#include "castner/service/whole_windows.h"

namespace castner::service {
namespace {

/// Ten years of windows of five minutes.
constexpr std::uint64_t kMostWindows = 1'051'200;
constexpr std::chrono::nanoseconds kLongestWindow = std::chrono::hours(24);

}  // namespace

const char* past_state_name(PastProgress::State s) {
  static constexpr const char* kNames[] = {"none", "running", "done", "stopped", "failed"};
  return kNames[static_cast<int>(s)];
}

struct PastBalances::Job {
  std::shared_ptr<const plant::Plant> plant;
  std::vector<sources::TagSettings> tags;
  Time from, to;
  std::vector<WholeWindow> windows;  ///< ascending
  std::vector<historian::TagId>
      told;  ///< reconciled values of what is measured: a window with any of them has a balance
};

PastBalances::PastBalances(historian::Store& store, Clock& clock, std::function<bool()> busy, PastOptions options)
    : store_(store), clock_(clock), busy_(std::move(busy)), options_(options) {}

void PastBalances::watch(std::shared_ptr<const plant::Plant> plant, std::vector<sources::TagSettings> tags) {
  const std::lock_guard lock(ask_mutex_);
  const auto before = progress();
  thread_ = {};  // asks it to stop and waits for its window
  plant_ = std::move(plant);
  tags_ = std::move(tags);
  if (before.state != PastProgress::State::running || !plant_) return;
  auto again = job(before.from, before.to);
  if (!again) return log_event(LogLevel::warning, "past_not_balanced", {{"why", again.error().first()}});
  begin(std::move(*again));
}

Result<void> PastBalances::ask(Time from, Time to) {
  const std::lock_guard lock(ask_mutex_);
  auto asked = CASTNER_TRY(job(from, to));
  CASTNER_TRY(notes_.keep(from, to));
  begin(std::move(asked));
  return {};
}

Result<PastBalances::Job> PastBalances::job(Time from, Time to) const {
  if (!plant_) return bad_input("", "this server has no plant file, so there is no balance", "name one in [plant]");
  if (progress().state == PastProgress::State::running)
    return bad_input("", "balances of the past are being made already", "wait until they are done, or stop them");
  const std::chrono::nanoseconds length(std::llround(plant_->assess.window * 1e9));
  if (length > kLongestWindow)
    return bad_input("", "the plant's windows are longer than a day", "give a shorter window in [assess]");
  to = std::min(to, clock_.now());
  if (from < to && ns_between(from, to) / static_cast<std::uint64_t>(length.count()) > kMostWindows)
    return bad_input("from", "there are more than " + std::to_string(kMostWindows) + " windows from then to `to`",
                     "ask for a shorter span, then for the next");
  Job job{
      .plant = plant_, .tags = tags_, .from = from, .to = to, .windows = whole_windows(from, to, length), .told = {}};
  if (job.windows.empty())
    return bad_input("from", "there is no whole window from then to `to`",
                     "give a longer span that begins in the past");
  for (const auto& m : plant_->measurements)
    if (const auto tag =
            store_.find(reconciled_tag(plant_->flowsheet->variables()[static_cast<std::size_t>(m.variable)].name)))
      job.told.push_back(tag->id);
  return job;
}

void PastBalances::begin(Job job) {
  thread_ = {};
  count([&](PastProgress& p) {
    p = {.state = PastProgress::State::running,
         .from = job.from,
         .to = job.to,
         .windows = job.windows.size(),
         .error = {}};
  });
  const bool begun = survive("starting balances of the past", [&] {
    thread_ = std::jthread([this, job = std::move(job)](const std::stop_token& stop) {
      if (!survive("balances of the past", [&] { run(job, stop); })) end(PastProgress::State::failed, kSurvived);
    });
  });
  if (!begun) end(PastProgress::State::failed, kSurvived);
}

void PastBalances::stop() {
  const std::lock_guard lock(ask_mutex_);
  thread_ = {};
}

Result<void> PastBalances::give_up() {
  const std::lock_guard lock(ask_mutex_);
  thread_ = {};
  return notes_.forget();
}

PastProgress PastBalances::progress() const {
  const std::lock_guard lock(mutex_);
  return progress_;
}

void PastBalances::count(const std::function<void(PastProgress&)>& change) {
  const std::lock_guard lock(mutex_);
  change(progress_);
}

void PastBalances::run(const Job& job, const std::stop_token& stop) {
  lower_priority(kBehindAll);
  auto ended = PastProgress::State::done;
  std::string error;
  for (std::size_t end = job.windows.size(); end > 0 && ended == PastProgress::State::done;) {
    std::size_t first = end - 1;
    while (first > 0 && job.windows[end - 1].to - job.windows[first - 1].from <= options_.stretch) --first;
    while (busy_() && clock_.sleep_for(options_.nap, stop)) {
    }
    if (stop.stop_requested()) {
      ended = PastProgress::State::stopped;
      break;
    }
    const auto began = clock_.uptime();
    if (const auto done = balance(job, std::span(job.windows).subspan(first, end - first), stop); !done) {
      ended = PastProgress::State::failed;
      error = done.error().first();
      log_event(LogLevel::error, "past_not_balanced", {{"why", error}});
    }
    end = first;
    if (stop.stop_requested()) {  // this stretch may be cut short
      ended = PastProgress::State::stopped;
      break;
    }
    const auto worked = std::chrono::duration<double>(clock_.uptime() - began) * (1.0 / options_.share - 1.0);
    clock_.sleep_for(std::chrono::duration_cast<std::chrono::nanoseconds>(worked), stop);
  }
  this->end(ended, error);
}

/// Whatever is thrown, it has ended afterwards: else nobody could ask again.
void PastBalances::end(PastProgress::State ended, std::string_view error) {
  // First forgotten, then done: who asks next is written down after that.
  (void)survive("forgetting who asked for the past", [&] {
    if (ended == PastProgress::State::stopped) return;
    if (const auto done = notes_.forget(); !done)
      log_event(LogLevel::warning, "past_not_balanced", {{"why", done.error().first()}});
  });
  (void)survive("saying how the past ended", [&] {
    count([&](PastProgress& p) {
      p.state = ended;
      p.error = error;
    });
  });
}

bool PastBalances::has_balance(const Job& job, const WholeWindow& w) const {
  // A balance is kept at its window's end.
  constexpr std::chrono::nanoseconds kAfter{1};
  return std::any_of(job.told.begin(), job.told.end(), [&](historian::TagId tag) {
    const auto any = store_.read({tag, w.from + kAfter, w.to + kAfter}, 1);
    return any && !any->empty();
  });
}

/// Asked to stop, it keeps nothing of the stretch: that is made anew when someone asks again.
Result<void> PastBalances::balance(const Job& job, std::span<const WholeWindow> stretch, const std::stop_token& stop) {
  std::vector<WholeWindow> open;  // without a balance
  for (const WholeWindow& w : stretch) {
    if (stop.stop_requested()) return {};
    if (!has_balance(job, w)) open.push_back(w);
  }
  std::uint64_t balanced = 0;
  if (!open.empty()) {
    tables::Table table;
    const assess::AssessOptions span{.from = open.front().from, .to = open.back().to, .stop = stop};
    EarlierReadings earlier;
    table.series = CASTNER_TRY(stored_series(*job.plant, job.tags, store_, *span.from, *span.to, earlier, stop));
    if (stop.stop_requested()) return {};
    std::vector<historian::TaggedReading> kept;
    const bool any = std::any_of(table.series.begin(), table.series.end(), [&](const auto& s) {
      return std::any_of(s.samples.begin(), s.samples.end(),
                         [&](const auto& x) { return x.time >= *span.from && x.time < *span.to; });
    });
    if (any) {
      const auto a = CASTNER_TRY(assess::assess(*job.plant, table, "the history", span));
      if (stop.stop_requested()) return {};
      for (const auto& w : a.windows) {
        const bool wanted = std::any_of(open.begin(), open.end(), [&](const WholeWindow& o) { return o.to == *w.to; });
        if (!w.state || !wanted) continue;
        const auto& instruments = w.state->instruments;
        const bool read =
            std::any_of(instruments.begin(), instruments.end(), [](const auto& i) { return i.reading >= 0; });
        if (!read || w.state->reconciliation.report.status != solve::Status::converged) continue;
        const auto derived =
            CASTNER_TRY(derived_readings(*job.plant, &*w.state, w.state->indicators, {*w.to, clock_.now()}, store_));
        kept.insert(kept.end(), derived.begin(), derived.end());
        ++balanced;
      }
      const auto stands = CASTNER_TRY(stand_readings(*job.plant, a.stands, clock_.now(), store_));
      kept.insert(kept.end(), stands.begin(), stands.end());
    }
    for (std::size_t at = 0; at < kept.size(); at += historian::Store::kMostAtOnce)
      CASTNER_TRY(
          store_.append(std::span(kept).subspan(at, std::min(kept.size() - at, historian::Store::kMostAtOnce))));
  }
  count([&](PastProgress& p) {
    p.looked_at += stretch.size();
    p.had_one += stretch.size() - open.size();
    p.balanced += balanced;
    p.without_answer += open.size() - balanced;
  });
  return {};
}

}  // namespace castner::service
