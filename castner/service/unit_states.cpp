// SPDX-License-Identifier: Apache-2.0
// What is known of units that were stopped and started:
//  1. look: the windows since the last look, whole ones and the one that still runs, go through the same assess() as a file. A window is
//     whole a little after its end, when the last readings of it have come.
//  2. What whole windows show goes into the store: what each unit was at their beginning, and each change.
//  3. The present state: what the store knows of the last week, and then what the window that runs shows. A unit that stood
//     still all that time is followed back further.
//  4. The first look goes back to the last one that the store knows of.
#include "castner/service/unit_states.h"

#include <algorithm>
#include <cmath>

#include "castner/assess/assess.h"
#include "castner/assess/idle_course.h"
#include "castner/base/time_span.h"
#include "castner/historian/aggregate.h"
#include "castner/service/live_state.h"
#include "castner/service/whole_windows.h"

namespace castner::service {
namespace {

using assess::Stand;
using std::chrono::hours;
using std::chrono::nanoseconds;

constexpr nanoseconds kStretch = hours(6);  ///< looked at at once
constexpr nanoseconds kWeek =
    hours(24 * 7);  ///< what is told of stops, and how far a first look goes back to the last one
constexpr nanoseconds kUnknown = hours(24);  ///< how far it goes back where there is none
constexpr nanoseconds kMost = hours(24 * 3650);

nanoseconds window_of(const plant::Plant& plant) { return nanoseconds(std::llround(plant.assess.window * 1e9)); }

bool has_readings(const std::vector<readings::Series>& all, Time from, Time to) {
  return std::any_of(all.begin(), all.end(), [&](const auto& s) {
    return std::any_of(s.samples.begin(), s.samples.end(),
                       [&](const auto& x) { return x.time >= from && x.time < to; });
  });
}

/// A unit that stood still from `to` on, as far as is known: the change to it. None: there is none.
Result<std::vector<Stand>> last_change(const historian::Store& store, historian::TagId tag, int unit, Time to) {
  for (nanoseconds length = kWeek; length < kMost; length *= 2) {
    const historian::Range range{tag, moved(to, -length), to};
    const auto buckets = CASTNER_TRY(store.aggregate(range, length));
    if (std::all_of(buckets.begin(), buckets.end(), [](const auto& b) { return b.usable == 0 || b.min > 0.0; })) {
      to = range.from;
      continue;
    }
    std::vector<Stand> all;
    constexpr std::size_t kReadings = 1'000'000;
    for (const auto& r : CASTNER_TRY(store.read(range, kReadings)))
      all.push_back({unit, r.time, historian::number_of(r.value) > 0.0});
    return all;
  }
  return std::vector<Stand>{};
}

}  // namespace

Result<std::vector<historian::TaggedReading>> stand_readings(const plant::Plant& plant, std::span<const Stand> stands,
                                                             Time made, historian::Store& store) {
  std::vector<Stand> told;
  for (std::size_t k = 0; k < stands.size(); ++k) {
    // A curve goes from point to point: a change is upright by what was just before it.
    if (k > 0 && stands[k - 1].unit == stands[k].unit)
      told.push_back({stands[k].unit, stands[k].at - std::chrono::milliseconds(1), stands[k - 1].idle});
    told.push_back(stands[k]);
  }
  std::vector<std::string> names;
  for (const Stand& s : told) names.push_back(out_of_service_tag(plant.units[static_cast<std::size_t>(s.unit)].name));
  std::vector<historian::TagName> wanted;
  for (const auto& name : names) wanted.push_back({name, "1"});
  const auto tags = CASTNER_TRY(store.define_all(wanted));
  std::vector<historian::TaggedReading> all;
  for (std::size_t k = 0; k < told.size(); ++k)
    all.push_back({tags[k], {.time = told[k].at, .value = told[k].idle ? 1.0 : 0.0, .arrival = made}});
  return all;
}

/// The beginning of the window in which the newest thing lies that the store knows.
Result<Time> UnitStates::first_open(const historian::Store& store, Time now) const {
  std::vector<historian::TagId> tags;
  for (const auto& u : plant_.units)
    if (const auto tag = store.find(out_of_service_tag(u.name))) tags.push_back(tag->id);
  std::optional<Time> newest;
  for (const auto& r : CASTNER_TRY(store.latest(tags)))
    if (r) newest = std::max(newest.value_or(Time::min()), r->time);
  const Time from = newest ? std::max(*newest, now - kWeek) : now - kUnknown;
  const Time midnight = std::chrono::floor<std::chrono::days>(from);
  const auto windows = whole_windows(midnight, from, window_of(plant_));
  return windows.empty() ? midnight : windows.back().to;
}

Result<std::vector<Stand>> UnitStates::known(std::size_t unit, const historian::Store& store, Time from,
                                             Time to) const {
  const auto tag = store.find(out_of_service_tag(plant_.units[unit].name));
  if (!tag) return std::vector<Stand>{};
  std::vector<Stand> all;
  for (const auto& r : CASTNER_TRY(store.read({tag->id, from, to}, historian::Store::kMostAtOnce)))
    all.push_back({static_cast<int>(unit), r.time, historian::number_of(r.value) > 0.0});
  const bool stood = !all.empty() && std::all_of(all.begin(), all.end(), [](const Stand& s) { return s.idle; });
  if (!stood) return all;
  auto before = CASTNER_TRY(last_change(store, tag->id, static_cast<int>(unit), from));
  before.insert(before.end(), all.begin(), all.end());
  return before;
}

Result<void> UnitStates::look(const std::vector<sources::TagSettings>& tags, historian::Store& store, Time now) {
  const auto window = window_of(plant_);
  const auto late = std::min(nanoseconds(std::llround(plant_.assess.max_gap * 1e9)), window / 10);
  if (!open_ || *open_ > now) open_ = CASTNER_TRY(first_open(store, now));
  auto whole = whole_windows(*open_, now - late, window);
  const auto most = static_cast<std::size_t>(std::max<std::int64_t>(1, kStretch / window));
  behind_ = whole.size() > most;
  if (behind_) whole.resize(most);
  const Time begin = *open_, end = whole.empty() ? begin : whole.back().to;
  std::vector<Stand> shown;
  // A piece of the window that runs says as much as a piece of a whole one.
  const Time to = behind_ || now - end < window / 10 ? end : now;
  tables::Table table;
  if (to > begin) table.series = CASTNER_TRY(stored_series(plant_, tags, store, begin, to, earlier_));
  if (has_readings(table.series, begin, to))
    shown = CASTNER_TRY(assess::assess(plant_, table, "the history",
                                       {.from = begin, .to = to, .believe_units = true, .kept = &reconciler_}))
                .stands;
  const auto running = std::stable_partition(shown.begin(), shown.end(), [&](const Stand& s) { return s.at < end; });
  if (!whole.empty()) {
    const auto kept = CASTNER_TRY(stand_readings(plant_, {shown.begin(), running}, now, store));
    CASTNER_TRY(store.append(kept));
    open_ = end;
  }
  std::vector<UnitState> states;
  for (std::size_t u = 0; u < plant_.units.size() && !behind_; ++u) {
    auto stands = CASTNER_TRY(known(u, store, moved(now, -kWeek), end));
    std::copy_if(running, shown.end(), std::back_inserter(stands),
                 [&](const Stand& s) { return s.unit == static_cast<int>(u); });
    if (stands.empty()) break;  // units are known all or none
    UnitState& s = states.emplace_back();
    s.idle = stands.back().idle;
    s.stops = assess::stops(stands);
    if (!s.stops.empty()) s.since = s.idle ? s.stops.back().from : s.stops.back().to;
  }
  if (states.size() != plant_.units.size()) states.clear();
  now_ = std::move(states);
  return {};
}

std::vector<assess::Outage> UnitStates::stops_after(Time from) const {
  std::vector<assess::Outage> all;
  for (const UnitState& s : now_)
    std::copy_if(s.stops.begin(), s.stops.end(), std::back_inserter(all),
                 [&](const auto& stop) { return !stop.to || *stop.to > from; });
  return all;
}

}  // namespace castner::service
