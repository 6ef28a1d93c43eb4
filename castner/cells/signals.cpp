// SPDX-License-Identifier: Apache-2.0
#include "castner/cells/signals.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "castner/cells/robust.h"

namespace castner::cells {

void Signal::add(double time, double value) {
  if (!std::isfinite(value)) return;
  const double middle = (std::floor(time / kPart) + 0.5) * kPart;
  if (parts_.empty() || parts_.back().time < middle) {
    parts_.push_back({middle, static_cast<float>(value), 1});
    if (parts_.size() > kParts) parts_.pop_front();
    return;
  }
  Part& p = parts_.back();
  ++p.count;
  p.mean += (static_cast<float>(value) - p.mean) / static_cast<float>(p.count);
}

Figure Signal::mean(double from, double to) const {
  // Gases and liquors wander over hours, so that neighbouring parts are alike: what counts is how far quarters of a day lie
  // apart, over all that is kept.
  std::vector<double> some, steps;
  double quarter = -1e300, sum = 0.0, before = 0.0;
  int in_quarter = 0, quarters = 0, quarters_here = 0;
  const auto close = [&] {
    if (in_quarter == 0) return;
    const double mean = sum / in_quarter;
    if (quarters++ > 0) steps.push_back((mean - before) / std::sqrt(2.0));
    before = mean;
    quarters_here += quarter + kQuarter > from && quarter <= to;
  };
  for (const Part& p : parts_) {
    const double here = std::floor(p.time / kQuarter) * kQuarter;
    if (here != quarter) {
      close();
      quarter = here;
      sum = 0.0, in_quarter = 0;
    }
    sum += static_cast<double>(p.mean);
    ++in_quarter;
    if (p.time >= from && p.time <= to) some.push_back(p.mean);
  }
  close();
  if (some.empty() || parts_.size() < 8) return {};  // too few to know how they scatter
  const double middle = median_in_place<double>(some), parts = static_cast<double>(some.size());
  const double near = spread_in_place<double>(some, middle) / std::sqrt(std::max(1.0, parts / 3.0));
  double sd = std::max({near, spread_of_parts() / std::sqrt(std::max(1.0, parts)), 1e-3 * std::abs(middle)});
  if (steps.size() < 6)
    sd *= 2.5;  // too little is kept to see them wander
  else
    sd = std::max(
        sd, spread_in_place<double>(steps, 0.0) / std::sqrt(std::max(1.0, std::min(parts / 6.0, 1.0 * quarters_here))));
  return {middle, sd};
}

double Signal::drift(double to) const {
  std::vector<double> quarters;
  double quarter = -1e300, sum = 0.0;
  int in_quarter = 0;
  for (const Part& p : parts_) {
    if (p.time > to) break;
    const double here = std::floor(p.time / kQuarter) * kQuarter;
    if (here != quarter) {
      if (in_quarter > 0) quarters.push_back(sum / in_quarter);
      quarter = here;
      sum = 0.0, in_quarter = 0;
    }
    sum += static_cast<double>(p.mean);
    ++in_quarter;
  }
  const auto apart = [&](std::size_t lag) {
    std::vector<double> steps;
    for (std::size_t k = lag; k < quarters.size(); ++k) steps.push_back(quarters[k] - quarters[k - lag]);
    const double spread = spread_in_place<double>(steps, 0.0);
    return spread * spread;
  };
  if (quarters.size() < 8) return 0.0;
  return std::max(0.0, apart(4) - apart(1)) / (3.0 * kQuarter);
}

/// From part to neighbouring part.
double Signal::spread_of_parts() const {
  std::vector<double> steps;
  for (std::size_t i = 1; i < parts_.size(); ++i)
    steps.push_back(static_cast<double>(parts_[i].mean - parts_[i - 1].mean) / std::sqrt(2.0));
  return steps.size() < 6 ? 0.0 : spread_in_place<double>(steps, 0.0);
}

Figure Signal::latest(double seconds) const {
  return parts_.empty() ? Figure{} : mean(parts_.back().time - seconds, parts_.back().time);
}

std::optional<Signal::Line> Signal::line(double seconds) const {
  std::vector<const Part*> some;
  for (const Part& p : parts_)
    if (p.time >= parts_.back().time - seconds) some.push_back(&p);
  if (some.size() < 4) return std::nullopt;
  const double end = some.back()->time, n = static_cast<double>(some.size());
  double t = 0.0, y = 0.0, tt = 0.0, ty = 0.0;
  for (const Part* p : some) t += (p->time - end) / n, y += static_cast<double>(p->mean) / n;
  for (const Part* p : some) {
    const double d = p->time - end - t;
    tt += d * d;
    ty += d * (static_cast<double>(p->mean) - y);
  }
  const double slope = ty / tt;
  double rest = 0.0;
  for (const Part* p : some) {
    const double e = static_cast<double>(p->mean) - y - slope * (p->time - end - t);
    rest += e * e;
  }
  // Neighbouring parts are alike; and no analyser is steadier than a thousandth.
  const double variance = 3.0 * rest / (n - 2.0) + 1e-6 * y * y;
  return Line{{y - slope * t, std::sqrt(variance * (1.0 / n + t * t / tt))}, {slope, std::sqrt(variance / tt)}};
}

}  // namespace castner::cells
