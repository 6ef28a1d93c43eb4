// SPDX-License-Identifier: Apache-2.0
// A window cut into the pieces between readings:
//  1. Held, a piece has the value of the reading before it, until max_gap after it; on a line, both readings and at most
//     max_gap between them. The last reading of all is held. What no piece covers is not known.
//  2. The mean is over time. What is taken differs from the course of the signal as far as the readings tell it (of what is
//     held, the line to the next reading; of a line, the arc that its neighbours bend it to), and this goes the same way along
//     a drift: with its sign it is summed over the pieces. About that course each piece is off by itself: held, uniformly
//     between this reading and the next, by guess; on a line, by its readings' own errors, of which the distance from the line
//     through the neighbours tells the size.
//  3. Usable: nine tenths of the window are known. Steady: as of samples, by thirds of the time.
#include "castner/signals/between.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "castner/base/time_span.h"
#include "castner/signals/stuck.h"

namespace castner::signals {
namespace {

using std::chrono::nanoseconds;

double seconds_between(Time a, Time b) { return std::chrono::duration<double>(span_between(a, b)).count(); }

/// A stretch in which the signal goes straight.
struct Piece {
  double from = 0.0, to = 0.0;  ///< [s] since the window began
  double first = 0.0, last = 0.0;
  double first_ahead = 0.0, last_ahead = 0.0;  ///< of these, as the readings around show the course of the signal
  double off = 0.0;                            ///< how far its mean may be off that course, uniformly
  double length() const { return to - from; }
  double mean() const { return (first + last) / 2.0; }
  double mean_ahead() const { return (first_ahead + last_ahead) / 2.0; }
  /// The part of it within; of no length where there is none.
  Piece within(double a, double b) const {
    Piece p = *this;
    p.from = std::clamp(a, from, to);
    p.to = std::clamp(b, p.from, to);
    const auto at = [&](double time, double x, double y) {
      return length() > 0.0 ? x + (y - x) * (time - from) / length() : x;
    };
    p.first = at(p.from, first, last), p.last = at(p.to, first, last);
    p.first_ahead = at(p.from, first_ahead, last_ahead), p.last_ahead = at(p.to, first_ahead, last_ahead);
    return p;
  }
};

struct OverTime {
  double known = 0.0, mean = 0.0, variance = 0.0;
  double ahead = 0.0;             ///< of the mean, the signal's course
  double variance_of_mean = 0.0;  ///< about that course
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
    o.ahead += share * p.mean_ahead();
  }
  return o;
}

/// Whether a reading and the next one are both usable and no further apart than is believed.
bool follows(const std::vector<readings::Sample>& s, std::size_t k, nanoseconds max_gap) {
  return k + 1 < s.size() && usable(s[k]) && usable(s[k + 1]) && span_between(s[k].time, s[k + 1].time) <= max_gap;
}

/// How far the k-th reading lies above the line through its neighbours.
double off_line(const std::vector<readings::Sample>& s, std::size_t k, nanoseconds max_gap) {
  if (k == 0 || !follows(s, k - 1, max_gap) || !follows(s, k, max_gap)) return 0.0;
  const double whole = seconds_between(s[k - 1].time, s[k + 1].time);
  if (!(whole > 0.0)) return 0.0;
  const double share = seconds_between(s[k - 1].time, s[k].time) / whole;
  return s[k].value - (s[k - 1].value + share * (s[k + 1].value - s[k - 1].value));
}

/// The k-th reading until the next one, but no longer than it is believed. Nothing where that is not known.
std::optional<Piece> piece_after(const std::vector<readings::Sample>& s, std::size_t k, Time from,
                                 const WindowOptions& o) {
  if (!usable(s[k])) return std::nullopt;
  const bool has_next = k + 1 < s.size(), next_usable = has_next && usable(s[k + 1]);
  Time end = moved(s[k].time, o.max_gap);
  if (has_next) end = std::min(end, s[k + 1].time);
  Piece p{.from = seconds_between(from, s[k].time), .to = seconds_between(from, end)};
  p.first = p.last = s[k].value;
  if (o.between == Between::line && next_usable) {
    if (span_between(s[k].time, s[k + 1].time) > o.max_gap) return std::nullopt;
    p.last = s[k + 1].value;
    // An arc through three readings lies over a line between two of them by a sixth of what the middle one lies off.
    const double a = off_line(s, k, o.max_gap), b = off_line(s, k + 1, o.max_gap);
    p.first_ahead = p.last_ahead = (a + b) / 12.0;
    p.off = (std::abs(a) + std::abs(b)) / 2.0;
    return p;
  }
  // Held: on its way to the next reading, or, where none is known, to one as far off as the last one was.
  const double step = next_usable                             ? s[k + 1].value - s[k].value
                      : k > 0 && follows(s, k - 1, o.max_gap) ? s[k].value - s[k - 1].value
                                                              : 0.0;
  const double whole = next_usable ? seconds_between(s[k].time, s[k + 1].time) : p.length();
  p.last_ahead = whole > 0.0 ? step * p.length() / whole : 0.0;
  p.off = std::abs(step);
  return p;
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
    w.good += usable(s[k]) && s[k].time >= from && s[k].time < to;
    const auto piece = piece_after(s, k, from, o);
    const Piece part = piece ? piece->within(0.0, whole) : Piece{};
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
  w.ahead = all.ahead;
  w.usable = all.known >= 0.9 * whole;
  double top = 0.0, bottom = 0.0;
  for (const Piece& p : pieces) {
    const double t = (p.from + p.to) / 2.0 - whole / 2.0;
    top += p.length() * t * (p.mean() - all.mean);
    bottom += p.length() * t * t;
  }
  const Piece &begin = pieces.front(), &end = pieces.back();
  for (const double change : {bottom > 0.0 ? top / bottom * whole : 0.0, end.last - begin.first,
                              end.last + end.last_ahead - begin.first - begin.first_ahead})
    if (std::abs(change) > std::abs(w.change)) w.change = change;
  const OverTime a = over_time(pieces, 0.0, whole / 3.0), b = over_time(pieces, 2.0 * whole / 3.0, whole);
  const double sd = instrument_sd(w.mean), apart = std::abs(a.mean - b.mean);
  w.steady = apart == 0.0 || apart < std::max(3.0 * std::sqrt(a.variance_of_mean + b.variance_of_mean),
                                              (w.uncertain ? 2.0 : 1.0) * (std::isfinite(sd) ? sd : 0.0));
  w.moves = !w.steady || std::abs(w.change) > 3.0 * std::sqrt(a.variance_of_mean + b.variance_of_mean);
  return w;
}

}  // namespace castner::signals
