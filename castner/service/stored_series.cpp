// SPDX-License-Identifier: Apache-2.0
#include "castner/service/stored_series.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "castner/base/time_span.h"
#include "castner/readings/newest.h"
#include "castner/signals/stuck.h"
#include "castner/tables/state_text.h"

namespace castner::service {
namespace {

using readings::Sample;
using readings::Series;
using std::chrono::hours;

/// Of a stretch, all tags together: 24 bytes each.
constexpr std::size_t kMostReadings = 4'000'000;

/// A reading as windows want it; a text is no number, but where it is one of those that mean out of service, or is not.
/// @param states  texts that mean so; empty: the tag says nothing by texts
Sample sample_of(const readings::Reading& r, const std::vector<std::string>& states = {}) {
  if (const auto* text = std::get_if<std::string>(&r.value); text && !states.empty())
    if (const auto state = tables::state_of(states, *text)) return {r.time, *state, readings::quality_of(r.status)};
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

/// One tag's stretch as it is; where that would be too much, the means of equal parts of it, which have the same mean and,
/// weighed by how many they are, the same scatter.
Result<std::vector<Sample>> samples_of(const historian::Store& store, const historian::Range& range, std::size_t most,
                                       const std::vector<std::string>& states) {
  const auto all = store.read(range, most);
  if (!all) return tl::unexpected(all.error());
  std::vector<Sample> samples;
  if (all->size() < most) {
    samples.reserve(all->size());
    for (const auto& r : *all)
      if (!readings::is_ahead(r.status)) samples.push_back(sample_of(r, states));
    return samples;
  }
  const auto parts = static_cast<std::int64_t>(most / 2);
  const auto buckets =
      CASTNER_TRY(store.aggregate(range, span_between(range.from, range.to) / parts + std::chrono::nanoseconds(1)));
  for (const auto& b : buckets)
    if (b.usable > 0)  // a value that stood still stays the same to the bit: that is how a stuck instrument is known
      samples.push_back({b.from, b.min == b.max ? b.min : b.mean,
                         b.uncertain > 0 ? readings::Quality::uncertain : readings::Quality::good});
    else if (b.bad > 0)
      samples.push_back({b.from, std::nan(""), readings::Quality::bad});
  return samples;
}

/// A few readings of an hour to a month before a time.
Result<std::vector<Sample>> some_before(const historian::Store& store, historian::TagId tag, Time begin,
                                        const std::vector<std::string>& states) {
  constexpr std::size_t kAtOnce = 3;  // more than one reading says what a tag reads at load
  std::vector<Sample> some;
  for (auto ago = hours(512); ago >= hours(1); ago /= 2)
    for (const auto& r : CASTNER_TRY(store.read({tag, moved(begin, -ago), moved(begin, -ago / 2)}, kAtOnce)))
      if (!readings::is_ahead(r.status)) some.push_back(sample_of(r, states));
  return some;
}

/// The last usable value before a time, of a tag that may speak once a month, as if it had just been said. None: no sample.
Result<std::vector<Sample>> last_before(const historian::Store& store, historian::TagId tag, Time begin,
                                        const std::vector<std::string>& states) {
  constexpr auto kMost = hours(24 * 365 * 30);
  constexpr std::size_t kMostTexts = 100'000;  // states change seldom
  for (std::chrono::nanoseconds done{0}, ago = hours(1); ago < kMost; done = ago, ago *= 2) {
    const historian::Range range{tag, moved(begin, -ago), moved(begin, -done)};
    if (range.from >= range.to) break;
    if (!states.empty()) {
      const auto all = CASTNER_TRY(store.read(range, kMostTexts));
      for (auto r = all.rbegin(); r != all.rend(); ++r)
        if (const Sample s = sample_of(*r, states); signals::usable(s))
          return std::vector<Sample>{{moved(begin, -std::chrono::nanoseconds(1)), s.value}};
      continue;
    }
    const auto buckets = CASTNER_TRY(store.aggregate(range, ago));
    for (const auto& b : buckets)
      if (b.usable > 0) return std::vector<Sample>{{moved(begin, -std::chrono::nanoseconds(1)), b.last}};
  }
  return std::vector<Sample>{};
}

struct Wanted {
  std::string tag;
  bool says_idle = false;
  std::vector<std::string> states = {};  ///< texts that mean out of service
};

std::vector<Wanted> wanted_of(const plant::Plant& plant) {
  std::vector<Wanted> wanted;
  for (const auto& m : plant.measurements) wanted.push_back({m.tag});
  for (const auto& u : plant.units) {
    if (u.idle.tag.empty()) continue;
    auto at = std::find_if(wanted.begin(), wanted.end(), [&](const Wanted& w) { return w.tag == u.idle.tag; });
    if (at == wanted.end()) at = wanted.insert(at, {u.idle.tag});
    at->says_idle = true;
    at->states = u.idle.words;
  }
  return wanted;
}

}  // namespace

Result<std::vector<Series>> stored_series(const plant::Plant& plant, const std::vector<sources::TagSettings>& tags,
                                          const historian::Store& store, Time from, Time to, EarlierReadings& kept,
                                          const std::stop_token& stop) {
  std::map<std::string, std::string> units;
  for (const auto& t : tags) units[t.name] = t.unit;
  const auto most =
      std::clamp<std::size_t>(kMostReadings / std::max<std::size_t>(1, plant.measurements.size()), 2'000, 200'000);
  const std::chrono::nanoseconds max_gap(std::llround(plant.assess.max_gap * 1e9));
  const Time begin = moved(from, -max_gap);
  if (begin < kept.before || ns_between(kept.before, begin) >= std::chrono::nanoseconds(hours(1)).count())
    kept = {begin, {}};
  std::vector<Series> all;
  for (const Wanted& wanted : wanted_of(plant)) {
    if (stop.stop_requested()) break;
    const auto tag = store.find(wanted.tag);
    if (!tag) continue;
    // Nothing is not kept: a history may be pushed after the first look.
    auto& known = kept.samples[tag->id];
    if (known.empty()) known = CASTNER_TRY(some_before(store, tag->id, kept.before, wanted.states));
    auto samples = known;
    if (wanted.says_idle)
      for (const Sample& s : CASTNER_TRY(last_before(store, tag->id, begin, wanted.states))) samples.push_back(s);
    const auto here = CASTNER_TRY(samples_of(store, {tag->id, begin, moved(to, max_gap)}, most, wanted.states));
    samples.insert(samples.end(), here.begin(), here.end());
    const auto unit = units.find(wanted.tag);
    all.push_back({.tag = wanted.tag, .unit = unit == units.end() ? "" : unit->second, .samples = std::move(samples)});
  }
  return all;
}

}  // namespace castner::service
