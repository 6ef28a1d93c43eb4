// SPDX-License-Identifier: Apache-2.0
#include "castner/historian/windows.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "castner/historian/time_zone.h"

namespace castner::historian {
namespace {

struct Moments {
  int n = 0;
  double mean = 0.0, variance = 0.0;  // sample variance, n - 1
};

Moments moments(std::span<const double> v) {
  Moments m{.n = static_cast<int>(v.size())};
  if (v.empty()) return m;
  for (const double x : v) m.mean += x;
  m.mean /= m.n;
  for (const double x : v) m.variance += (x - m.mean) * (x - m.mean);
  m.variance = m.n > 1 ? m.variance / (m.n - 1) : 0.0;
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

/// The first and last third of a window agree within their noise, or within what the instrument can tell.
bool thirds_agree(std::span<const double> v, double instrument_sd) {
  const std::size_t third = v.size() / 3;
  if (third < 2) return true;
  const Moments a = moments(v.first(third)), b = moments(v.last(third));
  return std::abs(a.mean - b.mean) < std::max(3.0 * std::sqrt(a.variance / a.n + b.variance / b.n), instrument_sd);
}

WindowMean window_mean(std::span<const Sample> samples, Time from, Time to, const WindowOptions& o,
                       const std::function<double(double)>& instrument_sd) {
  WindowMean w;
  std::vector<double> good;
  Time last = from;
  bool gap = false;
  int uncertain = 0;
  for (const auto& s : samples) {
    if (s.quality == Quality::bad || !std::isfinite(s.value)) continue;
    gap = gap || s.time - last > o.max_gap;
    last = s.time;
    uncertain += s.quality == Quality::uncertain;
    good.push_back(s.value);
  }
  gap = gap || to - last > o.max_gap;
  w.good = static_cast<int>(good.size());
  if (good.empty()) return w;
  const Moments m = moments(good);
  const double r = autocorrelation(good, m.mean);
  const double independent = std::max(1.0, m.n * (1.0 - r) / (1.0 + r));
  w.mean = m.mean;
  w.sd_of_mean = std::sqrt(m.variance / independent);
  w.uncertain = uncertain > 0;
  w.usable = w.good >= o.min_rows && !gap;
  w.steady = thirds_agree(good, instrument_sd(m.mean));
  return w;
}

/// Stretches in which a tag repeats one value far longer than it ever does otherwise.
///
/// A tag is stuck over a run of equal good values that lasts at least max(window, 30 samples) when the tag moves
/// elsewhere and all its other runs are at most a fifth as long. So a setpoint or a slow, coarsely quantised signal,
/// whose runs are all long, is never accused; nor is a tag that never moves at all (it has nothing to be compared with).
std::vector<StuckTag> stuck_stretches(const Series& series, const WindowOptions& o) {
  struct Run {
    std::size_t first, last;
  };
  std::vector<Run> runs;
  const auto& s = series.samples;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i].quality == Quality::bad || !std::isfinite(s[i].value)) continue;
    if (!runs.empty() && s[runs.back().last].value == s[i].value)
      runs.back().last = i;
    else
      runs.push_back({i, i});
  }
  std::vector<StuckTag> stuck;
  for (std::size_t k = 0; k < runs.size(); ++k) {
    const auto length = [](const Run& r) { return r.last - r.first + 1; };
    if (length(runs[k]) < 30 || s[runs[k].last].time - s[runs[k].first].time < o.window) continue;
    std::size_t longest_other = 0;
    for (std::size_t j = 0; j < runs.size(); ++j)
      if (j != k && length(runs[j]) < 30) longest_other = std::max(longest_other, length(runs[j]));
    const std::size_t others = s.size() - length(runs[k]);
    if (others >= 10 && longest_other > 0 && 5 * longest_other <= length(runs[k]))
      stuck.push_back({series.tag, s[runs[k].first].time, s[runs[k].last].time});
  }
  return stuck;
}

/// Stretches longer than a window in which a tag of the file has nothing but bad values while others report.
std::vector<StuckTag> dead_stretches(const Series& series, const WindowOptions& o) {
  std::vector<StuckTag> dead;
  const auto& s = series.samples;
  for (std::size_t i = 0; i < s.size();) {
    std::size_t j = i;
    while (j < s.size() && (s[j].quality == Quality::bad || !std::isfinite(s[j].value))) ++j;
    if (j > i && s[j - 1].time - s[i].time >= o.window) dead.push_back({series.tag, s[i].time, s[j - 1].time});
    i = std::max(j, i + 1);
  }
  return dead;
}

std::vector<Gap> gaps_of(const std::vector<Time>& times, const WindowOptions& o) {
  std::vector<Gap> gaps;
  for (std::size_t i = 1; i < times.size(); ++i)
    if (times[i] - times[i - 1] > o.max_gap) gaps.push_back({times[i - 1], times[i]});
  return gaps;
}

std::vector<Time> distinct_times(std::span<const Series> all, const WindowOptions& o) {
  std::vector<Time> times;
  for (const auto& series : all)
    for (const auto& s : series.samples)
      if ((!o.from || s.time >= *o.from) && (!o.to || s.time < *o.to)) times.push_back(s.time);
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

std::span<const Sample> between(const Series& series, Time from, Time to) {
  const auto before = [](const Sample& s, Time t) { return s.time < t; };
  const auto first = std::lower_bound(series.samples.begin(), series.samples.end(), from, before);
  const auto last = std::lower_bound(first, series.samples.end(), to, before);
  return {first, last};
}

}  // namespace

WindowedData cut_windows(std::span<const Series> all, const WindowOptions& o,
                         const std::function<double(std::size_t, double)>& instrument_sd) {
  WindowedData data;
  const auto times = distinct_times(all, o);
  data.rows = static_cast<int>(times.size());
  data.gaps = gaps_of(times, o);
  if (times.empty()) return data;
  for (const auto& series : all) {
    for (const auto& s : series.samples) data.bad_quality += s.quality == Quality::bad;
    for (auto& s : stuck_stretches(series, o)) data.stuck.push_back(std::move(s));
    for (auto& s : dead_stretches(series, o)) data.stuck.push_back(std::move(s));
  }
  Time from = local_midnight(times.front(), o.time_zone);
  from += (times.front() - from) / o.window * o.window;
  for (; from <= times.back(); from += o.window) {
    // Windows count from each local midnight: the last of a day may be cut short, and days differ in length.
    const Time to = std::min(from + o.window, next_local_midnight(from, o.time_zone));
    Window w{.from = from, .to = to};
    w.rows = static_cast<int>(std::lower_bound(times.begin(), times.end(), to) -
                              std::lower_bound(times.begin(), times.end(), from));
    if (w.rows > 0) {
      for (std::size_t s = 0; s < all.size(); ++s) {
        auto mean = window_mean(between(all[s], from, to), from, to, o, [&](double v) { return instrument_sd(s, v); });
        for (const auto& stretch : data.stuck)
          if (stretch.tag == all[s].tag && stretch.from < to && stretch.to > from) mean.stuck = true;
        w.tags.push_back(mean);
      }
      data.windows.push_back(std::move(w));
    }
    if (to < from + o.window) from = to - o.window;  // the next window starts at midnight
  }
  return data;
}

}  // namespace castner::historian
