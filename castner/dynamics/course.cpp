// SPDX-License-Identifier: Apache-2.0
#include "castner/dynamics/course.h"

#include <algorithm>
#include <cmath>

namespace castner::dynamics {

double Spell::share(double time) const {
  const double up = std::clamp((time - at) / over, 0.0, 1.0);
  return up - (until == kForever ? 0.0 : std::clamp((time - until) / over, 0.0, 1.0));
}

void Spell::add_bends(std::vector<double>& all) const {
  for (const double t : {at, at + over, until, until + over})
    if (t != kForever) all.push_back(t);
}

double LoadProfile::at(double time) const {
  const double t = repeat > 0.0 ? time - std::floor(time / repeat) * repeat : time;  // times before 0 repeat too
  const auto after =
      std::upper_bound(points.begin(), points.end(), t, [](double v, const Point& p) { return v < p.time; });
  if (after == points.begin()) return points.front().share;
  if (after == points.end()) return points.back().share;
  const Point &a = *(after - 1), &b = *after;
  return a.share + (b.share - a.share) * (t - a.time) / (b.time - a.time);
}

double LoadProfile::next_bend(double time) const {
  const double round = repeat > 0.0 ? std::floor(time / repeat) * repeat : 0.0;
  // A point that the rounding of `round` puts a hair after `time` is the bend that was just passed.
  const double least = time + 1e-9 * std::max(1.0, std::abs(time));
  for (const Point& p : points)
    if (round + p.time > least) return round + p.time;
  return repeat > 0.0 ? round + repeat + (points.front().time > 0.0 ? points.front().time : 0.0) : kForever;
}

void Course::add_load(const Spell& spell, double share) {
  loads_.push_back({spell, share});
  spell.add_bends(bends_);
  std::sort(bends_.begin(), bends_.end());
}

void Course::add_stop(const Stop& stop) {
  stops_.push_back(stop);
  stop.spell.add_bends(bends_);
  std::sort(bends_.begin(), bends_.end());
}

void Course::add_change(int variable, const Spell& spell, double size) {
  changes_.push_back({variable, spell, size});
  spell.add_bends(bends_);
  std::sort(bends_.begin(), bends_.end());
}

void Course::set_offset(int variable, double size) { offsets_[variable] = size; }

double Course::load(double time) const {
  double load = profile_.at(time);
  for (const Load& l : loads_) load += l.spell.share(time) * (l.share - load);
  return load;
}

double Course::stopped(int unit, double time) const {
  double most = 0.0;
  for (const Stop& s : stops_)
    if (s.unit == unit) most = std::max(most, s.spell.share(time));
  return most;
}

double Course::current_left(int unit, double time) const {
  double left = 1.0;
  for (const Stop& s : stops_)
    if (s.unit == unit) left = std::min(left, 1.0 + s.spell.share(time) * (s.current - 1.0));
  return left;
}

double Course::brine_left(int unit, double time) const {
  double left = 1.0;
  for (const Stop& s : stops_)
    if (s.unit == unit) left = std::min(left, 1.0 + s.spell.share(time) * (s.brine - 1.0));
  return left;
}

double Course::change(int variable, double time) const {
  double sum = 0.0;
  for (const Change& c : changes_)
    if (c.variable == variable) sum += c.size * c.spell.share(time);
  for (const Drift& d : drifts_)
    if (d.variable == variable) sum += d.rate * time;
  if (const auto offset = offsets_.find(variable); offset != offsets_.end()) sum += offset->second;
  return sum;
}

double Course::next_bend(double time) const {
  const auto next = std::upper_bound(bends_.begin(), bends_.end(), time);
  return std::min(profile_.next_bend(time), next == bends_.end() ? kForever : *next);
}

}  // namespace castner::dynamics
