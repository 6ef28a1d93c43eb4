// SPDX-License-Identifier: Apache-2.0
// Cuts series into windows of equal length and takes each tag's mean in each:
//  1. find_faults: stretches in which a tag is stuck or dead (stuck.h), over the whole series.
//  2. Windows begin at local midnight plus whole windows; the last one of a day ends at the next midnight. Stretches
//     without any sample get no window.
//  3. window_mean: the mean of the good samples; uncertain ones are used only if the good ones are too few or leave a
//     gap.
//  4. Samples near in time are correlated: with lag-1 autocorrelation r of n samples the effective number is n (1 - r)
//     / (1 + r), and sd_of_mean = sqrt(variance / that).
//  5. Steady: the means of first and last third differ by less than independent noise makes them in one of 370 steady windows
//     (significant.h: 3 standard errors of many samples, more of few), or by less than the instrument's own sd. Of few rows the best
//     straight line is tested likewise.
//     Its change is that of the straight line that fits best or that between the window's ends, whichever is larger: what
//     happens late moves no line. Noise, as neighbours show it, is taken off. The error of the mean of a tag that is not
//     steady is that about the line.
//  6. Tags that report by exception are held or interpolated between their readings instead (between.h).
//  7. Stuck: more than a tenth of the samples lie in stuck stretches. A silence of all tags beyond max_gap is a gap.
#include "castner/signals/windows.h"

#include <algorithm>
#include <cmath>

#include "castner/base/check.h"
#include "castner/base/time_span.h"
#include "castner/readings/time_zone.h"
#include "castner/signals/between.h"
#include "castner/signals/significant.h"
#include "castner/signals/stuck.h"

namespace castner::signals {
namespace {

using std::chrono::nanoseconds;
using Samples = std::span<const readings::Sample>;

struct Moments {
  double n = 0.0, mean = 0.0, variance = 0.0;  // sample variance, n - 1
};

Moments moments(std::span<const double> v) {
  Moments m{.n = static_cast<double>(v.size())};
  if (v.empty()) return m;
  for (const double x : v) m.mean += x / m.n;
  for (const double x : v) m.variance += (x - m.mean) * (x - m.mean);
  m.variance = v.size() > 1 ? m.variance / (m.n - 1.0) : 0.0;
  return m;
}

/// Lag-1 autocorrelation clipped to [0, 0.99].
double autocorrelation(std::span<const double> v, double mean) {
  double top = 0.0, bottom = 0.0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    bottom += (v[i] - mean) * (v[i] - mean);
    if (i > 0) top += (v[i] - mean) * (v[i - 1] - mean);
  }
  return bottom > 0.0 ? std::clamp(top / bottom, 0.0, 0.99) : 0.0;
}

double error_of_mean(const Moments& m, std::span<const double> v) {
  const double r = autocorrelation(v, m.mean);
  return std::sqrt(m.variance / (m.n * (1.0 - r) / (1.0 + r)));
}

/// What lies off the straight line that fits best, and the line's change over the window.
struct Line {
  double change = 0.0;
  std::vector<double> rest;
};

/// Whether the line rises or falls by more than what lies off it explains. Of few samples this finds a ramp that thirds, of one or two
/// samples each, cannot.
bool line_moves(const Line& line) {
  const auto n = static_cast<double>(line.rest.size());
  double squares = 0.0;
  for (const double x : line.rest) squares += x * x;
  // The variance of a line's change over the window is 12 n / (n² - 1) of that of a sample.
  return n > 2.0 &&
         std::abs(line.change) > significant(n - 2.0) * std::sqrt(squares / (n - 2.0) * 12.0 * n / (n * n - 1.0));
}

/// Whether the means of the first and last third differ by no more than noise makes them, or by less than the instrument's sd.
bool thirds_agree(std::span<const double> v, const Line& line, double instrument_sd) {
  constexpr std::size_t kFew = 20;  // of which thirds tell little. A guess
  const std::size_t third = v.size() / 3;
  if (third == 0) return true;
  const Moments a = moments(v.first(third)), b = moments(v.last(third));
  const double drift = std::abs(a.mean - b.mean);
  // Equal thirds agree whatever their noise, even where neither noise nor sd leaves any room.
  if (drift == 0.0 || drift < instrument_sd) return true;
  if (v.size() < kFew && line_moves(line)) return false;
  if (third == 1) return true;  // one sample shows no noise
  return drift < significant(a.n + b.n - 2.0) * std::sqrt(a.variance / a.n + b.variance / b.n);
}

Line fit_line(std::span<const double> v, double mean, std::span<const double> t, double length) {
  double t_mean = 0.0, top = 0.0, bottom = 0.0;
  for (const double x : t) t_mean += x / static_cast<double>(t.size());
  for (std::size_t i = 0; i < v.size(); ++i) {
    top += (t[i] - t_mean) * (v[i] - mean);
    bottom += (t[i] - t_mean) * (t[i] - t_mean);
  }
  const double slope = bottom > 0.0 ? top / bottom : 0.0;
  Line line{.change = slope * length};
  for (std::size_t i = 0; i < v.size(); ++i) line.rest.push_back(v[i] - mean - slope * (t[i] - t_mean));
  return line;
}

/// The value at an end of the window: the middle one of the nearest sample inside, the nearest beyond, and a third, so that
/// one alone that differs is a slip. The third is beyond where the change began inside, for it may be on its way; else
/// inside, for what begins beyond is another window's.
/// @param inside  from the end inwards   @param beyond  nearest first
double value_at_end(std::span<const double> inside, std::vector<double> beyond, double noise_variance) {
  const bool began = inside.size() > 1 && (inside[0] - inside[1]) * (inside[0] - inside[1]) > 18.0 * noise_variance;
  if (!began && beyond.size() > 1) beyond.resize(1);
  for (std::size_t k = 0; k < inside.size() && beyond.size() < 3; ++k) beyond.push_back(inside[k]);
  std::sort(beyond.begin(), beyond.end());
  return (beyond[beyond.size() / 2] + beyond[(beyond.size() - 1) / 2]) / 2.0;
}

/// The two nearest samples that count before a time, or from it on, none further away than max_gap.
std::vector<double> nearest(Samples all, Time t, bool from_it_on, const WindowOptions& o, bool with_uncertain) {
  const auto before = [](const readings::Sample& s, Time x) { return s.time < x; };
  auto at = std::lower_bound(all.begin(), all.end(), t, before);
  std::vector<double> values;
  const auto take = [&](const readings::Sample& s) {
    if (usable(s) && (with_uncertain || s.quality != readings::Quality::uncertain)) values.push_back(s.value);
  };
  if (from_it_on)
    for (; values.size() < 2 && at != all.end() && span_between(t, at->time) <= o.max_gap; ++at) take(*at);
  else
    for (; values.size() < 2 && at != all.begin() && span_between((at - 1)->time, t) <= o.max_gap; --at)
      take(*(at - 1));
  return values;
}

/// The change over the window and whether it stands out of the noise.
void find_change(std::span<const double> v, const Line& line, const std::vector<double>& before,
                 const std::vector<double>& after, WindowMean& w) {
  double noise = 0.0;  // variance, as neighbours show it
  for (std::size_t i = 1; i < v.size(); ++i) noise += (v[i] - v[i - 1]) * (v[i] - v[i - 1]) / 2.0;
  noise /= static_cast<double>(std::max<std::size_t>(1, v.size() - 1));
  const std::vector<double> back(v.rbegin(), v.rend());
  const double ends = value_at_end(back, after, noise) - value_at_end(v, before, noise);
  const double limit = significant(degrees_of_neighbours(static_cast<double>(v.size())));
  const auto less_noise = [&](double change, double variance) {
    w.moves = w.moves || std::abs(change) > limit * std::sqrt(variance);
    return std::copysign(std::sqrt(std::max(0.0, change * change - variance)), change);
  };
  // The variance of the middle one of three is 0.449 of one's; that of a line's change over all, 12 / n of it.
  const double a = less_noise(ends, 0.9 * noise);
  const double b = less_noise(line.change, 12.0 * noise / static_cast<double>(v.size()));
  w.change = std::abs(a) > std::abs(b) ? a : b;
}

/// Whether there is no usable sample for longer than max_gap, also at the ends of the window.
bool has_gap(Samples samples, Time from, Time to, nanoseconds max_gap, bool with_uncertain) {
  Time last = from;
  for (const readings::Sample& s : samples) {
    if (!usable(s) || (!with_uncertain && s.quality == readings::Quality::uncertain)) continue;
    if (span_between(last, s.time) > max_gap) return true;
    last = s.time;
  }
  return span_between(last, to) > max_gap;
}

/// @param samples  of the window   @param series  all of them   @param instrument_sd  of this tag at a reading
WindowMean window_mean(Samples samples, Samples series, Time from, Time to, const WindowOptions& o,
                       const std::function<double(double)>& instrument_sd) {
  WindowMean w;
  std::vector<double> good, all, good_at, all_at;  // values, and seconds since the window began
  for (const readings::Sample& s : samples) {
    if (!usable(s)) continue;
    const double at = std::chrono::duration<double>(span_between(from, s.time)).count();
    all.push_back(s.value);
    all_at.push_back(at);
    if (s.quality != readings::Quality::good) continue;
    good.push_back(s.value);
    good_at.push_back(at);
  }
  const auto enough = [&](const std::vector<double>& v) {
    return static_cast<int>(v.size()) >= std::max(1, o.min_rows);
  };
  // Samples of uncertain quality are used only if the good ones do not suffice.
  const bool good_suffice = enough(good) && !has_gap(samples, from, to, o.max_gap, false);
  w.uncertain = !good_suffice && all.size() > good.size();
  const std::vector<double>& used = w.uncertain ? all : good;
  w.good = static_cast<int>(used.size());
  if (used.empty()) return w;
  const Moments m = moments(used);
  w.mean = m.mean;
  w.variance = m.variance;
  w.sd_of_mean = error_of_mean(m, used);
  w.usable = good_suffice || (enough(used) && !has_gap(samples, from, to, o.max_gap, w.uncertain));
  const double sd = instrument_sd(m.mean);
  const Line line = fit_line(used, m.mean, w.uncertain ? all_at : good_at,
                             std::chrono::duration<double>(span_between(from, to)).count());
  w.steady = thirds_agree(used, line, (w.uncertain ? 2.0 : 1.0) * (std::isfinite(sd) ? sd : 0.0));
  find_change(used, line, nearest(series, from, false, o, w.uncertain), nearest(series, to, true, o, w.uncertain), w);
  w.sd_about_line = w.steady ? w.sd_of_mean : error_of_mean(moments(line.rest), line.rest);
  w.moves = w.moves || !w.steady;
  return w;
}

/// Whether more than a tenth of the window's usable samples lie in a stretch in which the instrument was stuck.
bool is_stuck(Samples samples, const std::vector<Stretch>& stretches) {
  std::size_t all = 0, hung = 0;
  for (const readings::Sample& s : samples) {
    if (!usable(s)) continue;
    ++all;
    hung += std::any_of(stretches.begin(), stretches.end(),
                        [&](const Stretch& x) { return s.time >= x.from && s.time <= x.to; });
  }
  return 10 * hung > all;
}

Samples between(Samples samples, Time from, Time to) {
  const auto before = [](const readings::Sample& s, Time t) { return s.time < t; };
  const auto first = std::lower_bound(samples.begin(), samples.end(), from, before);
  const auto last = std::lower_bound(first, samples.end(), to, before);
  return {first, last};
}

/// Distinct times of several series in one window. Series of a wide table share their times, which one comparison shows.
std::vector<Time> distinct_times(const std::vector<Samples>& series) {
  std::vector<Time> times;
  for (const Samples& s : series) {
    const auto same = [](Time t, const readings::Sample& x) { return t == x.time; };
    if (std::equal(times.begin(), times.end(), s.begin(), s.end(), same)) continue;
    const auto middle = static_cast<std::ptrdiff_t>(times.size());
    for (const readings::Sample& x : s) times.push_back(x.time);
    std::inplace_merge(times.begin(), times.begin() + middle, times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
  }
  return times;
}

/// The start of the window that holds a time: local midnight plus whole windows. A window longer than a day starts at the
/// midnight of the day.
Time window_start(Time t, const WindowOptions& o) {
  const Time midnight = readings::local_midnight(t, o.time_zone);
  return midnight + (t - midnight) / o.window * o.window;
}

class Cutter {
 public:
  Cutter(std::span<const readings::Series> all, const WindowOptions& o,
         const std::function<double(std::size_t, double)>& instrument_sd)
      : o_(o), instrument_sd_(instrument_sd), all_(all) {
    for (const readings::Series& s : all)
      series_.push_back(between(s.samples, o.from.value_or(Time::min()), o.to.value_or(Time::max())));
    rest_ = series_;
    find_faults(all);
  }

  WindowedData cut() {
    if (o_.one_window) {
      add_window(*o_.from, *o_.to);
      return std::move(data_);
    }
    while (const auto next = next_time()) {
      const Time from = std::max(window_start(*next, o_), end_of_last_);
      // Windows count from each local midnight: the last of a day ends there, be it short, and days differ in length. One
      // that is longer than a day runs on.
      Time to = moved(from, o_.window);
      if (o_.window <= std::chrono::hours(24)) to = std::min(to, readings::next_local_midnight(from, o_.time_zone));
      add_window(from, to);
      end_of_last_ = to;
    }
    return std::move(data_);
  }

 private:
  void find_faults(std::span<const readings::Series> all) {
    Samples busiest;
    for (const Samples& s : series_)
      if (s.size() > busiest.size()) busiest = s;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (const readings::Sample& s : series_[i]) data_.bad_quality += s.quality == readings::Quality::bad;
      stuck_.push_back(stuck_stretches(series_[i], o_.max_gap));
      for (const Stretch& x : stuck_.back()) data_.stuck.push_back({all[i].tag, x.from, x.to, false});
      for (const Stretch& x : dead_stretches(series_[i], busiest, o_.max_gap))
        data_.stuck.push_back({all[i].tag, x.from, x.to, true});
    }
  }

  /// The first time that no window holds yet.
  std::optional<Time> next_time() const {
    std::optional<Time> next;
    for (const Samples& s : rest_)
      if (!s.empty() && (!next || s.front().time < *next)) next = s.front().time;
    return next;
  }

  void add_window(Time from, Time to) {
    std::vector<Samples> here;
    for (Samples& s : rest_) {
      std::size_t n = 0;
      while (n < s.size() && s[n].time < to) ++n;
      here.push_back(s.first(n));
      s = s.subspan(n);
    }
    const auto times = distinct_times(here);
    note_times(times);
    Window w{.from = from, .to = to, .rows = static_cast<int>(times.size())};
    for (std::size_t i = 0; i < here.size(); ++i) {
      w.fullest = std::max(w.fullest, static_cast<int>(here[i].size()));
      const auto sd = [&](double v) { return instrument_sd_(i, v); };
      WindowMean mean = o_.between == Between::nothing ? window_mean(here[i], all_[i].samples, from, to, o_, sd)
                                                       : mean_between(all_[i].samples, from, to, o_, sd);
      mean.stuck = !stuck_[i].empty() && is_stuck(here[i], stuck_[i]);
      w.tags.push_back(mean);
    }
    data_.windows.push_back(std::move(w));
  }

  void note_times(const std::vector<Time>& times) {
    for (const Time t : times) {
      if (last_ && span_between(*last_, t) > o_.max_gap) data_.gaps.push_back({*last_, t});
      last_ = t;
    }
    data_.rows += static_cast<int>(times.size());
  }

  const WindowOptions& o_;
  const std::function<double(std::size_t, double)>& instrument_sd_;
  std::span<const readings::Series> all_;
  std::vector<Samples> series_, rest_;
  std::vector<std::vector<Stretch>> stuck_;  ///< shape (series)
  Time end_of_last_ = Time::min();
  std::optional<Time> last_;
  WindowedData data_;
};

}  // namespace

WindowedData cut_windows(std::span<const readings::Series> all, const WindowOptions& o,
                         const std::function<double(std::size_t, double)>& instrument_sd) {
  check(o.window > nanoseconds(0), "a window has a length; the plant file's reader sees to it");
  check(!o.one_window || (o.from && o.to), "one window has both its ends");
  return Cutter(all, o, instrument_sd).cut();
}

}  // namespace castner::signals
