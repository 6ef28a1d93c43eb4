// SPDX-License-Identifier: Apache-2.0
// One window, as its samples show it:
//  1. words: what tags say of each unit. 2. pieces: each with its medians, and the units that these show to be idle.
//  3. look: which units were switched within; course: when, to the sample, with the piece before the window, since a switch
//     between two windows is in neither.
//  4. switched_at: after the last sample of the unit's own that is nearer to the old state than to the new one.
#include "castner/assess/idle_watch.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "castner/base/suggest.h"
#include "castner/base/time_span.h"
#include "castner/signals/stuck.h"

namespace castner::assess {
namespace {

constexpr std::size_t kPieces = 10, kSamples = 3;

/// Of an even number the larger of the two in the middle: in doubt it runs.
double middle_of(std::vector<double>& values) {
  const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), half, values.end());
  return *half;
}

std::vector<double> usable_values(std::span<const readings::Sample> samples) {
  std::vector<double> values;
  for (const readings::Sample& x : samples)
    if (signals::usable(x)) values.push_back(x.value);
  return values;
}

/// The columns of what shows whether a unit runs: current, power, steam, voltage.
std::vector<std::size_t> columns_that_show(const plant::Plant& plant, std::size_t unit,
                                           const std::vector<Column>& columns) {
  const auto& placed = plant.flowsheet->units()[unit];
  const auto form = placed.unit->idle_form();
  if (!form) return {};
  std::set<int> variables;
  for (const auto& group : form->signs)
    for (const auto& sign : group) variables.insert(placed.variable[sign.variable]);
  for (const auto& potential : form->potentials) variables.insert(placed.variable[potential.variable]);
  std::vector<std::size_t> out;
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (variables.contains(plant.measurements[columns[c].measurement].variable)) out.push_back(c);
  return out;
}

}  // namespace

IdleWatch::IdleWatch(const plant::Plant& plant, const tables::Table& table, const std::vector<Column>& columns,
                     PlantReconciler& reconciler, Time end)
    : plant_(plant),
      table_(table),
      columns_(columns),
      reconciler_(reconciler),
      end_(end),
      signs_(plant.units.size()),
      says_idle_(plant.units.size()) {
  for (const Column& c : columns) {
    auto values = usable_values(table.series[c.series].samples);
    if (values.size() < kSamples) {
      at_load_.push_back(0.0);
      continue;
    }
    const auto third = values.begin() + kSamples - 1;
    std::nth_element(values.begin(), third, values.end(), std::greater());
    at_load_.push_back(c.unit.to_si(*third));
  }
  for (std::size_t u = 0; u < plant.units.size(); ++u) signs_[u] = columns_that_show(plant, u, columns);
  for (std::size_t u = 0; u < plant.units.size(); ++u)
    for (std::size_t s = 0; s < table.series.size(); ++s)
      if (!plant.units[u].idle.tag.empty() && table.series[s].tag == plant.units[u].idle.tag) says_idle_[u] = s;
}

std::span<const readings::Sample> IdleWatch::samples(std::size_t series, Time from, Time to) const {
  const auto& all = table_.series[series].samples;
  const auto before = [](const readings::Sample& x, Time t) { return x.time < t; };
  const auto first = std::lower_bound(all.begin(), all.end(), from, before);
  return {first, std::lower_bound(first, all.end(), std::max(from, std::min(to, end_)), before)};
}

std::optional<double> IdleWatch::middle(std::size_t column, Time from, Time to) const {
  auto values = usable_values(samples(columns_[column].series, from, to));
  if (values.empty()) return std::nullopt;
  return columns_[column].unit.to_si(middle_of(values));
}

/// What tags say within: the state of more than half of their samples; where there is none, the last before.
std::vector<plant::IdleWord> IdleWatch::words(Time from, Time to) const {
  auto words = plant::idle_by_key(plant_);
  for (std::size_t u = 0; u < says_idle_.size(); ++u) {
    if (!says_idle_[u]) continue;
    const plant::IdleRule& rule = plant_.units[u].idle;
    const auto column =
        std::find_if(columns_.begin(), columns_.end(), [&](const Column& c) { return c.series == *says_idle_[u]; });
    const auto idle = [&](double sample) {
      if (column == columns_.end()) return rule.met_by(sample);
      return rule.met_by(plant_.measurements[column->measurement].unit.from_si(column->unit.to_si(sample)));
    };
    auto values = usable_values(samples(*says_idle_[u], from, to));
    if (values.empty()) {
      const auto earlier = samples(*says_idle_[u], Time::min(), from);
      const auto last =
          std::find_if(earlier.rbegin(), earlier.rend(), [](const auto& x) { return signals::usable(x); });
      if (last == earlier.rend()) continue;
      values.push_back(last->value);
    }
    const auto n = static_cast<std::size_t>(std::count_if(values.begin(), values.end(), idle));
    words[u] = 2 * n > values.size() ? plant::IdleWord::idle : plant::IdleWord::runs;
  }
  return words;
}

std::vector<Measured> IdleWatch::readings(Time from, Time to) const {
  const auto max_gap = std::chrono::nanoseconds(std::llround(plant_.assess.max_gap * 1e9));
  auto all = plant_readings(plant_);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    Measured& r = all[columns_[c].measurement] = {};
    r.value = middle(c, from, to);
    // A tag that is read by exception is still what it was.
    if (held() && !r.value)
      if (const auto earlier = usable_values(samples(columns_[c].series, from - max_gap, from)); !earlier.empty())
        r.value = columns_[c].unit.to_si(earlier.back());
    if (!r.value) r.why_not = "no_data";
    r.at_load = at_load_[c];
  }
  return all;
}

bool IdleWatch::rests(std::size_t column, Time from, Time to) const {
  const auto seen = readings(from, to);
  const auto standing = reconciler_.standing(seen);
  const auto stands = [&](std::size_t m) { return std::binary_search(standing.begin(), standing.end(), m); };
  std::size_t others = 0, none = 0;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const std::size_t m = columns_[c].measurement;
    const auto v = static_cast<std::size_t>(plant_.measurements[m].variable);
    const std::string& unit = plant_.flowsheet->variables()[v].unit;
    if (c == column || !seen[m].value || (unit != "A" && unit != "W" && unit != "A/m2" && !unit.ends_with("/s")))
      continue;
    ++others, none += stands(m);
  }
  return stands(columns_[column].measurement) && none > 0 && 2 * none >= others;
}

std::size_t IdleWatch::most_samples(Time from, Time to) const {
  std::size_t most = 0;
  for (const Column& c : columns_) most = std::max(most, samples(c.series, from, to).size());
  return most;
}

std::optional<IdleWatch::Piece> IdleWatch::piece(Time from, Time to) const {
  const auto seen = readings(from, to);
  if (std::none_of(columns_.begin(), columns_.end(), [&](const Column& c) { return seen[c.measurement].value; }))
    return {};
  const auto said = words(from, to);
  const auto choice = reconciler_.choose(seen, said);
  Piece one{from, to, choice.signs.units, std::vector<char>(choice.signs.units.size(), 0), choice.open};
  for (const int u : choice.level) one.level[static_cast<std::size_t>(u)] = 1;
  const auto unread = [&](std::size_t c) { return !seen[columns_[c].measurement].value; };
  for (std::size_t u = 0; u < signs_.size(); ++u)
    if (!signs_[u].empty() && std::all_of(signs_[u].begin(), signs_[u].end(), unread))
      one.level[u] = one.level[u] || (!one.idle[u] && said[u] == plant::IdleWord::nothing);
  return one;
}

IdleWatch::Pieces IdleWatch::pieces(Time from, Time to) const {
  const auto most = std::clamp<std::size_t>(most_samples(from, to) / kSamples, 1, kPieces);
  const auto n = static_cast<std::int64_t>(held() ? kPieces : most);
  Pieces all;
  const auto cut = [&](std::int64_t k) { return k == n ? to : from + span_between(from, to) / n * k; };
  for (std::int64_t k = 0; k < n; ++k)
    if (auto one = piece(cut(k), cut(k + 1))) all.within.push_back(std::move(*one));
  if (all.within.empty()) return all;
  const Time first = all.within.front().from, before = first - span_between(first, all.within.front().to);
  if (most_samples(before, first) >= kSamples) all.before = piece(before, first);
  std::vector<Piece*> in_time;
  if (all.before) in_time.push_back(&*all.before);
  for (Piece& p : all.within) in_time.push_back(&p);
  for (std::size_t u = 0; u < plant_.units.size(); ++u) {
    const auto decided = std::find_if(in_time.begin(), in_time.end(), [&](const Piece* p) { return !p->level[u]; });
    if (decided == in_time.end()) continue;
    char now = (*decided)->idle[u];
    for (Piece* p : in_time) p->idle[u] = now = p->level[u] ? now : p->idle[u];
  }
  return all;
}

namespace {

/// How often a unit's state changes. @param last  the piece before the last change
template <class Pieces>
int changes(const Pieces& pieces, std::size_t u, std::size_t& last) {
  int n = 0;
  for (std::size_t k = 0; k + 1 < pieces.size(); ++k)
    if (pieces[k].idle[u] != pieces[k + 1].idle[u]) ++n, last = k;
  return n;
}

constexpr int kCycle = 3;  ///< so many switches within a window are a cycle: an on-off valve, a batch

}  // namespace

IdleWatch::Look IdleWatch::look(Time from, Time to) const {
  Look look{words(from, to), {}, {}};
  auto all = pieces(from, to);
  for (std::size_t u = 0, last = 0; u < plant_.units.size(); ++u)
    if (const int n = changes(all.within, u, last); n > 0 && n < kCycle) look.switched.push_back(static_cast<int>(u));
  if (!all.within.empty()) look.course = course(std::move(all));
  return look;
}

/// A switch between two windows shows in the last piece before.
IdleCourse IdleWatch::course(Pieces pieces) const {
  auto& all = pieces.within;
  IdleCourse course{.from = all.front().from, .to = all.back().to};
  std::vector<char> in_cycles;
  for (std::size_t u = 0, last = 0; u < plant_.units.size(); ++u) in_cycles.push_back(changes(all, u, last) >= kCycle);
  for (const Piece& p : all) course.open.insert(p.open.begin(), p.open.end());
  if (pieces.before) all.insert(all.begin(), std::move(*pieces.before));
  for (std::size_t u = 0; u < plant_.units.size(); ++u) {
    if (std::all_of(all.begin(), all.end(), [&](const Piece& p) { return p.level[u] != 0; }))
      course.left_open.insert(static_cast<int>(u));
    const auto idle = std::count_if(all.begin(), all.end(), [&](const Piece& p) { return p.idle[u] != 0; });
    course.at_first.push_back(in_cycles[u] ? 2 * static_cast<std::size_t>(idle) > all.size() : all.front().idle[u]);
    for (std::size_t k = 0; !in_cycles[u] && k + 1 < all.size(); ++k)
      if (all[k].idle[u] != all[k + 1].idle[u])
        course.switches.push_back({static_cast<int>(u), switched_at(static_cast<int>(u), all[k], all[k + 1])});
  }
  return course;
}

std::optional<Time> IdleWatch::last_switch(Time from, Time to) const {
  const auto all = pieces(from, to).within;
  std::optional<Time> latest;
  for (std::size_t u = 0, last = 0; u < plant_.units.size(); ++u)
    if (const int n = changes(all, u, last); n > 0 && n < kCycle) {
      const Time t = switched_at(static_cast<int>(u), all[last], all[last + 1]);
      latest = latest ? std::max(*latest, t) : t;
    }
  return latest;
}

/// After the last sample of the unit's own that is nearer to what it was than to what it became.
Time IdleWatch::switched_at(int unit, const Piece& before, const Piece& after) const {
  const auto& own = plant_.flowsheet->units()[static_cast<std::size_t>(unit)].variable;
  Time at = before.from;
  const auto follow = [&](std::size_t series, double was, double became) {
    const auto all = samples(series, before.from, after.to);
    for (std::size_t k = 0; k + 1 < all.size(); ++k)
      if (signals::usable(all[k]) && std::abs(all[k].value - was) < std::abs(all[k].value - became))
        at = std::max(at, all[k + 1].time);
  };
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const auto& m = plant_.measurements[columns_[c].measurement];
    const auto was = middle(c, before.from, before.to), became = middle(c, after.from, after.to);
    if (std::find(own.begin(), own.end(), m.variable) == own.end() || !was || !became) continue;
    const double load = std::max(std::abs(*was), std::abs(*became));
    if (std::abs(*was - *became) > 0.5 * load) {
      const Measure& unit_of = columns_[c].unit;
      follow(columns_[c].series, unit_of.from_si(*was), unit_of.from_si(*became));
    }
  }
  return at > before.from ? at : after.from;
}

std::vector<std::string> IdleWatch::notes() const {
  std::vector<std::string> tags, all;
  for (const auto& s : table_.series) tags.push_back(s.tag);
  for (std::size_t u = 0; u < says_idle_.size(); ++u)
    if (const std::string& tag = plant_.units[u].idle.tag; !tag.empty() && !says_idle_[u])
      all.push_back(idle_tag_missing(plant_.units[u].name, tag, nearest_name(tag, tags)));
  return all;
}

}  // namespace castner::assess
