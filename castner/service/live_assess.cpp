// SPDX-License-Identifier: Apache-2.0
#include "castner/service/live_assess.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "castner/assess/assess.h"
#include "castner/insight/findings.h"

namespace castner::service {
namespace {

using readings::Series;

struct Stretch {
  Time from, to;
};

/// The beginning of the data within, counted back from the end: after the last silence of all tags that was too long.
/// nullopt: no data.
std::optional<Time> begin_of_data(const std::vector<Series>& all, Stretch within, std::chrono::nanoseconds max_gap) {
  std::vector<Time> times;
  for (const auto& s : all)
    for (const auto& sample : s.samples)
      if (sample.time >= within.from && sample.time < within.to) times.push_back(sample.time);
  if (times.empty()) return std::nullopt;
  std::sort(times.begin(), times.end());
  std::size_t first = times.size() - 1;
  while (first > 0 && times[first] - times[first - 1] <= max_gap) --first;
  return times[first];
}

std::string why_not(const assess::Assessment& a) {
  if (a.windows.empty() || a.windows.front().rows == 0) return "no_data";
  const assess::AssessedWindow& w = a.windows.front();
  if (!w.readable) return "too_short";
  if (!w.at_rest.empty()) return "at_rest";
  if (!w.steady) return "not_steady";
  const auto& state = *w.state;
  if (std::none_of(state.instruments.begin(), state.instruments.end(), [](const auto& i) { return i.reading >= 0; }))
    return "too_short";
  return state.reconciliation.report.status == solve::Status::converged ? "" : "solver";
}

}  // namespace

Result<LiveAttempt> assess_newest(const plant::Plant& plant, const std::vector<sources::TagSettings>& tags,
                                  const historian::Store& store, Time now, LiveMemory& memory) {
  const auto seconds = [](double s) { return std::chrono::nanoseconds(std::llround(s * 1e9)); };
  const auto max_gap = seconds(plant.assess.max_gap);
  const Time longest = now - seconds(plant.assess.window);
  auto series = CASTNER_TRY(stored_series(plant, tags, store, longest, now, memory.earlier));
  // A tag that reports by exception may have said before the window what it is.
  const bool between = plant.assess.between != Between::nothing;
  const auto begin = begin_of_data(series, {between ? longest - max_gap : longest, now}, max_gap);
  if (!begin) return LiveAttempt{{}, "no_data"};
  // A whole window counts from its own start: what begins within a gap's length of it has not begun late.
  Time from = *begin - longest <= max_gap ? longest : *begin;
  tables::Table table;
  table.series = std::move(series);
  // A unit that was stopped or started makes a new state, which begins there.
  if (const auto switched = assess::last_switch(plant, table, from, now, memory.reconciler); switched && *switched)
    from = std::max(from, **switched);
  auto made =
      assess::assess(plant, table, "the newest readings",
                     {.from = from, .to = now, .one_window = true, .believe_units = true, .kept = &memory.reconciler});
  if (!made) return tl::unexpected(made.error());
  constexpr auto kDay = std::chrono::hours(24);
  if (!memory.units.now().empty()) made->stops = memory.units.stops_after(now - kDay);
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
