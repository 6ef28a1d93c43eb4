// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/idle_watch.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "castner/signals/stuck.h"

namespace castner::assess {

IdleWatch::IdleWatch(const plant::Plant& plant, const tables::Table& table, const std::vector<Column>& columns)
    : plant_(plant), table_(table) {
  for (std::size_t u = 0; u < plant.units.size(); ++u) {
    const plant::IdleRule& rule = plant.units[u].idle;
    if (rule.kind == plant::IdleRule::Kind::by_tag) {
      for (std::size_t s = 0; s < table.series.size(); ++s) {
        if (table.series[s].tag != rule.tag) continue;
        const auto c = std::find_if(columns.begin(), columns.end(), [&](const Column& x) { return x.series == s; });
        sights_.push_back({u, s, c == columns.end() ? std::nullopt : std::optional(*c), true, 0.0});
      }
      continue;
    }
    const auto& entry = plant.flowsheet->units()[u];
    const auto form = entry.unit->idle_form();
    if (!form || rule.kind != plant::IdleRule::Kind::by_itself) continue;
    for (const auto& group : form->signs)
      for (const auto& sign : group)
        for (const Column& c : columns)
          if (plant.measurements[c.measurement].variable == entry.variable[sign.variable])
            sights_.push_back({u, c.series, c, false, sign.limit});
  }
}

bool IdleWatch::idle_at(const Sight& s, double sample) const {
  if (!s.column) return plant_.units[s.unit].idle.met_by(sample);
  const auto& m = plant_.measurements[s.column->measurement];
  const double si = s.column->unit.to_si(sample);
  return s.by_tag ? plant_.units[s.unit].idle.met_by(m.unit.from_si(si))
                  : plant::near_zero({m.variable, si, m.uncertainty.sd(si)}, s.limit);
}

std::span<const readings::Sample> IdleWatch::samples(const Sight& s, Time from, Time to) const {
  const auto& all = table_.series[s.series].samples;
  const auto before = [](const readings::Sample& x, Time t) { return x.time < t; };
  const auto first = std::lower_bound(all.begin(), all.end(), from, before);
  return {first, std::lower_bound(first, all.end(), to, before)};
}

IdleWatch::Look IdleWatch::look(Time from, Time to) const {
  Look look{plant::idle_by_key(plant_), {}};
  std::set<int> switched;
  for (const Sight& s : sights_) {
    std::size_t all = 0, idle = 0;
    bool first = false, last = false;
    for (const readings::Sample& x : samples(s, from, to)) {
      if (!signals::usable(x)) continue;
      last = idle_at(s, x.value);
      if (all++ == 0) first = last;
      idle += last;
    }
    if (all == 0) continue;
    if (s.by_tag) look.words[s.unit] = 2 * idle >= all ? plant::IdleWord::idle : plant::IdleWord::runs;
    // A single reading of 0 is a slip of the instrument; a tenth of the window, or another state at its end, is not.
    if (const std::size_t fewer = std::min(idle, all - idle); fewer > 0 && (first != last || 10 * fewer > all))
      switched.insert(static_cast<int>(s.unit));
  }
  look.switched.assign(switched.begin(), switched.end());
  return look;
}

std::optional<Time> IdleWatch::last_switch(Time from, Time to) const {
  std::optional<Time> last;
  for (const Sight& s : sights_) {
    std::optional<bool> state;
    std::optional<Time> other;  // since when another state is read; one reading alone is a slip
    for (const readings::Sample& x : samples(s, from, to)) {
      if (!signals::usable(x)) continue;
      const bool idle = idle_at(s, x.value);
      if (!state || *state == idle) {
        state = idle;
        other.reset();
      } else if (!other) {
        other = x.time;
      } else {
        if (!last || *last < *other) last = other;
        state = idle;
        other.reset();
      }
    }
  }
  return last;
}

}  // namespace castner::assess
