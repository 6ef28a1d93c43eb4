// SPDX-License-Identifier: Apache-2.0
// A window cut into the pieces between readings:
//  1. Held, a piece has the value of the reading before it, until max_gap after it; on a line, both readings and at most
//     max_gap between them. The last reading of all is held. What no piece covers is not known.
//  2. The mean is over time. Where a piece was held, the signal was somewhere between this reading and the next: uniformly,
//     by guess, so the piece's mean is off by their difference over sqrt(12). On a line, what a reading lies off the line
//     through its neighbours stands for what was left out between.
//  3. Usable: nine tenths of the window are known. Steady: as of samples, by thirds of the time.
#include "castner/signals/between.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "castner/signals/stuck.h"

namespace castner::signals {
namespace {

using std::chrono::nanoseconds;

double seconds_between(Time a, Time b) { return std::chrono::duration<double>(b - a).count(); }

/// A stretch in which the signal goes straight.
struct Piece {
  double from = 0.0, to = 0.0;  ///< [s] since the window began
  double first = 0.0, last = 0.0;
  double off = 0.0;  ///< how far its mean may be off, uniformly
  double length() const { return to - from; }
  double mean() const { return (first + last) / 2.0; }
  /// The part of it within; of no length where there is none.
  Piece within(double a, double b) const {
    Piece p = *this;
    p.from = std::clamp(a, from, to);
    p.to = std::clamp(b, p.from, to);
    const double slope = length() > 0.0 ? (last - first) / length() : 0.0;
    p.first = first + slope * (p.from - from);
    p.last = first + slope * (p.to - from);
    return p;
  }
};

struct OverTime {
  double known = 0.0, mean = 0.0, variance = 0.0, variance_of_mean = 0.0;
};

OverTime over_time(const std::vector<Piece>& pieces, double a, double b) {
  OverTime o;
  std::vector<Piece> here;
  for (const Piece& p : pieces)
    if (const Piece part = p.within(a, b); part.length() > 0.0) here.push_back(part);
  for (const Piece& p : here) o.known += p.length(), o.mean += p.length() * p.mean();
  if (!(o.known > 0.0)) return o;
  o.mean /= o.known;
  for (const Piece& p : here) {
    const double x = p.first - o.mean, y = p.last - o.mean, share = p.length() / o.known;
    o.variance += share * (x * x + x * y + y * y) / 3.0;
    o.variance_of_mean += share * share * p.off * p.off / 12.0;
  }
  return o;
}

/// How far the k-th reading lies off the line through its neighbours.
double off_line(const std::vector<readings::Sample>& s, std::size_t k) {
  if (k == 0 || k + 1 >= s.size()) return 0.0;
  const double whole = seconds_between(s[k - 1].time, s[k + 1].time);
  if (!(whole > 0.0)) return 0.0;
  const double share = seconds_between(s[k - 1].time, s[k].time) / whole;
  return std::abs(s[k].value - (s[k - 1].value + share * (s[k + 1].value - s[k - 1].value)));
}

}  // namespace

WindowMean mean_between(std::span<const readings::Sample> samples, Time from, Time to, const WindowOptions& o,
                        const std::function<double(double)>& instrument_sd) {
  const auto before = [](const readings::Sample& s, Time t) { return s.time < t; };
  auto first = std::lower_bound(samples.begin(), samples.end(), from, before);
  auto last = std::lower_bound(first, samples.end(), to, before);
  for (int k = 0; k < 2 && first != samples.begin(); ++k) --first;  // two, for the line through the neighbours
  for (int k = 0; k < 2 && last != samples.end(); ++k) ++last;
  const std::vector<readings::Sample> s(first, last);

  WindowMean w;
  const double whole = seconds_between(from, to);
  std::vector<Piece> pieces;
  for (std::size_t k = 0; k < s.size(); ++k) {
    if (!usable(s[k])) continue;
    const bool inside = s[k].time >= from && s[k].time < to;
    w.good += inside;
    const bool has_next = k + 1 < s.size(), next_usable = has_next && usable(s[k + 1]);
    const bool line = o.between == Between::line && next_usable;
    if (line && s[k + 1].time - s[k].time > o.max_gap) continue;
    Time end = s[k].time + o.max_gap;
    if (has_next) end = std::min(end, s[k + 1].time);
    Piece p{.from = seconds_between(from, s[k].time),
            .to = seconds_between(from, end),
            .first = s[k].value,
            .last = s[k].value};
    if (line) {
      p.last = s[k + 1].value;
      p.off = (off_line(s, k) + off_line(s, k + 1)) / 2.0;
    } else if (next_usable) {
      p.off = std::abs(s[k + 1].value - s[k].value);
    }
    const Piece part = p.within(0.0, whole);
    if (!(part.length() > 0.0)) continue;
    pieces.push_back(part);
    w.uncertain = w.uncertain || s[k].quality == readings::Quality::uncertain;
  }
  const OverTime all = over_time(pieces, 0.0, whole);
  if (!(all.known > 0.0)) return w;
  w.good = std::max(w.good, 1);
  w.mean = all.mean;
  w.variance = all.variance;
  w.sd_of_mean = w.sd_about_line = std::sqrt(all.variance_of_mean);
  w.usable = all.known >= 0.9 * whole;
  double top = 0.0, bottom = 0.0;
  for (const Piece& p : pieces) {
    const double t = (p.from + p.to) / 2.0 - whole / 2.0;
    top += p.length() * t * (p.mean() - all.mean);
    bottom += p.length() * t * t;
  }
  w.drift = bottom > 0.0 ? top / bottom * whole : 0.0;
  const OverTime a = over_time(pieces, 0.0, whole / 3.0), b = over_time(pieces, 2.0 * whole / 3.0, whole);
  const double sd = instrument_sd(w.mean), apart = std::abs(a.mean - b.mean);
  w.steady = apart == 0.0 || apart < std::max(3.0 * std::sqrt(a.variance_of_mean + b.variance_of_mean),
                                              (w.uncertain ? 2.0 : 1.0) * (std::isfinite(sd) ? sd : 0.0));
  return w;
}

}  // namespace castner::signals
