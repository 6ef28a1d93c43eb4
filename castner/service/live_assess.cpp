// SPDX-License-Identifier: Apache-2.0
#include "castner/service/live_assess.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "castner/assess/assess.h"
#include "castner/insight/findings.h"
#include "castner/readings/newest.h"

namespace castner::service {
namespace {

using readings::Sample;
using readings::Series;

/// Of a window, all tags together: 24 bytes each.
constexpr std::size_t kMostReadings = 4'000'000;

/// A reading as windows want it; a text is no number.
Sample sample_of(const readings::Reading& r) {
  const double value = std::visit(
      [](const auto& v) -> double {
        if constexpr (std::is_same_v<std::decay_t<decltype(v)>, std::string>)
          return std::nan("");
        else
          return static_cast<double>(v);
      },
      r.value);
  return {r.time, value, readings::quality_of(r.status)};
}

/// One tag's window as it is; where that would be too much, the means of equal stretches of it, which have the same mean and,
/// weighed by how many they are, the same scatter.
Result<std::vector<Sample>> samples_of(const historian::Store& store, const historian::Range& range, std::size_t most) {
  const auto all = store.read(range, most);
  if (!all) return tl::unexpected(all.error());
  std::vector<Sample> samples;
  if (all->size() < most) {
    samples.reserve(all->size());
    for (const auto& r : *all)
      if (!readings::is_ahead(r.status)) samples.push_back(sample_of(r));
    return samples;
  }
  const auto stretches = static_cast<std::int64_t>(most / 2);
  const auto buckets =
      CASTNER_TRY(store.aggregate(range, (range.to - range.from) / stretches + std::chrono::nanoseconds(1)));
  for (const auto& b : buckets)
    if (b.usable > 0)  // a value that stood still stays the same to the bit: that is how a stuck instrument is known
      samples.push_back({b.from, b.min == b.max ? b.min : b.mean,
                         b.uncertain > 0 ? readings::Quality::uncertain : readings::Quality::good});
    else if (b.bad > 0)
      samples.push_back({b.from, std::nan(""), readings::Quality::bad});
  return samples;
}

/// The beginning of the data, counted back from the end: after the last silence of all tags that was too long. nullopt: no data.
std::optional<Time> begin_of_data(const std::vector<Series>& all, std::chrono::nanoseconds max_gap) {
  std::vector<Time> times;
  for (const auto& s : all)
    for (const auto& sample : s.samples) times.push_back(sample.time);
  if (times.empty()) return std::nullopt;
  std::sort(times.begin(), times.end());
  std::size_t first = times.size() - 1;
  while (first > 0 && times[first] - times[first - 1] <= max_gap) --first;
  return times[first];
}

/// Puts before each series a few readings of an hour to a month before it. A window in which a unit stands still does not show what its
/// instruments read at load, and a current of 1 % of that is standstill.
Result<void> prepend_earlier(std::vector<Series>& all, const historian::Store& store, Time begin) {
  constexpr std::size_t kAtOnce = 3;  // more than one reading says what a tag reads at load
  for (Series& s : all) {
    const auto tag = store.find(s.tag);
    if (!tag) continue;
    std::vector<Sample> earlier;
    for (auto ago = std::chrono::hours(512); ago >= std::chrono::hours(1); ago /= 2)
      for (const auto& r : CASTNER_TRY(store.read({tag->id, begin - ago, begin - ago / 2}, kAtOnce)))
        if (!readings::is_ahead(r.status)) earlier.push_back(sample_of(r));
    s.samples.insert(s.samples.begin(), earlier.begin(), earlier.end());
  }
  return {};
}

std::string why_not(const assess::Assessment& a) {
  if (a.windows.empty() || a.windows.front().rows == 0) return "no_data";
  const assess::AssessedWindow& w = a.windows.front();
  if (!w.readable) return "too_short";
  if (!w.steady) return "not_steady";
  const auto& state = *w.state;
  if (std::none_of(state.instruments.begin(), state.instruments.end(), [](const auto& i) { return i.reading >= 0; }))
    return "too_short";
  return state.reconciliation.report.status == solve::Status::converged ? "" : "solver";
}

}  // namespace

Result<std::vector<Series>> stored_series(const plant::Plant& plant, const std::vector<sources::TagSettings>& tags,
                                          const historian::Store& store, Time from, Time to) {
  std::map<std::string, std::string> units;
  for (const auto& t : tags) units[t.name] = t.unit;
  const auto most =
      std::clamp<std::size_t>(kMostReadings / std::max<std::size_t>(1, plant.measurements.size()), 2'000, 200'000);
  std::vector<std::string> wanted;
  for (const auto& m : plant.measurements) wanted.push_back(m.tag);
  for (const auto& u : plant.units)  // tags that say whether a unit is idle
    if (!u.idle.tag.empty() && std::find(wanted.begin(), wanted.end(), u.idle.tag) == wanted.end())
      wanted.push_back(u.idle.tag);
  std::vector<Series> all;
  for (const auto& name : wanted) {
    const auto tag = store.find(name);
    if (!tag) continue;
    auto samples = samples_of(store, {tag->id, from, to}, most);
    if (!samples) return tl::unexpected(samples.error());
    const auto unit = units.find(name);
    all.push_back({.tag = name, .unit = unit == units.end() ? "" : unit->second, .samples = std::move(*samples)});
  }
  return all;
}

Result<LiveAttempt> assess_newest(const plant::Plant& plant, const std::vector<sources::TagSettings>& tags,
                                  const historian::Store& store, Time now) {
  const auto seconds = [](double s) { return std::chrono::nanoseconds(std::llround(s * 1e9)); };
  const Time longest = now - seconds(plant.assess.window);
  // A tag that reports by exception may have said before the window what it is.
  const bool between = plant.assess.between != Between::nothing;
  const Time earliest = between ? longest - seconds(plant.assess.max_gap) : longest;
  auto series = CASTNER_TRY(stored_series(plant, tags, store, earliest, now));
  const auto begin = begin_of_data(series, seconds(plant.assess.max_gap));
  if (!begin) return LiveAttempt{{}, "no_data"};
  // A whole window counts from its own start: what begins within a gap's length of it has not begun late.
  Time from = *begin - longest <= seconds(plant.assess.max_gap) ? longest : *begin;
  CASTNER_TRY(prepend_earlier(series, store, *begin));
  tables::Table table;
  table.series = std::move(series);
  // A unit that was stopped or started makes a new state, which begins there.
  if (const auto switched = assess::last_switch(plant, table, from, now); switched && *switched)
    from = std::max(from, **switched);
  auto made = assess::assess(plant, table, "the newest readings",
                             {.from = from, .to = now, .one_window = true, .believe_units = true});
  if (!made) return tl::unexpected(made.error());
  std::string reason = why_not(*made);
  return LiveAttempt{
      std::make_shared<LiveAssessment>(LiveAssessment{insight::judged(plant, std::move(*made)), from, now, now}),
      std::move(reason)};
}

Result<std::vector<historian::TaggedReading>> derived_readings(const plant::Plant& plant, const assess::State* state,
                                                               const std::map<std::string, assess::Amount>& indicators,
                                                               Stamp stamp, historian::Store& store) {
  struct Derived {
    std::string name, unit;
    double value;
  };
  std::vector<Derived> derived;
  const auto add = [&](std::string name, const std::string& unit, std::optional<double> value) {
    if (value && std::isfinite(*value)) derived.push_back({std::move(name), unit, *value});
  };
  if (state) {
    const auto variables = plant.flowsheet->variables();
    const auto& estimates = state->reconciliation.estimates;
    for (std::size_t v = 0; v < estimates.size(); ++v) {
      if (estimates[v].kind == solve::Class::unobservable && !estimates[v].held) continue;
      add(reconciled_tag(variables[v].name), variables[v].unit, estimates[v].value);
      add(reconciled_sd_tag(variables[v].name), variables[v].unit, estimates[v].sd);
    }
    for (const auto& [path, amount] : indicators) {
      add(indicator_tag(path), amount.unit, amount.value);
      add(indicator_sd_tag(path), amount.unit, amount.sd);
    }
  }
  std::vector<historian::TagName> names;
  for (const auto& d : derived) names.push_back({d.name, d.unit});
  const auto tags = CASTNER_TRY(store.define_all(names));
  std::vector<historian::TaggedReading> all;
  for (std::size_t k = 0; k < derived.size(); ++k)
    all.push_back({tags[k], {.time = stamp.time, .value = derived[k].value, .arrival = stamp.made}});
  return all;
}

Result<std::vector<historian::TaggedReading>> derived_readings(const plant::Plant& plant, const LiveAssessment& live,
                                                               historian::Store& store) {
  const auto& state = live.assessment.windows.front().state;
  return derived_readings(plant, state ? &*state : nullptr, live.assessment.indicators, {live.to, live.made}, store);
}

}  // namespace castner::service
