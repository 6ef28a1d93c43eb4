// SPDX-License-Identifier: Apache-2.0
#include "castner/signals/stuck.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "castner/base/time_span.h"

namespace castner::signals {
namespace {

using std::size_t;

constexpr size_t kShortest = 10;     ///< samples of a stretch
constexpr size_t kChanges = 20;      ///< that show that a series moves
constexpr size_t kReversals = 5;     ///< of them: a ramp has none
constexpr size_t kTimesLonger = 10;  ///< than its other runs
constexpr double kChance = 1e-6;     ///< of one such run anywhere in the series
constexpr size_t kHabit = 3;         ///< rests at one value

/// Equal values one after another.
struct Run {
  size_t first = 0, last = 0, count = 0;
  double value = 0.0;
};

/// How a series moves: its runs, its steps, its turns.
struct Movement {
  std::vector<Run> long_runs;          ///< of kShortest samples and more
  std::array<size_t, 1024> runs_of{};  ///< number of runs by length; the last holds all longer ones
  size_t samples = 0, changes = 0, reversals = 0;
  double smallest_step = std::numeric_limits<double>::infinity();

  void end_run(const Run& run) {
    if (run.count >= kShortest) long_runs.push_back(run);
    ++runs_of[std::min(run.count, runs_of.size() - 1)];
  }
  /// The length that 95 % of the runs do not exceed.
  size_t usual_run() const {
    size_t all = 0, below = 0;
    for (const size_t n : runs_of) all += n;
    for (size_t length = 0; length < runs_of.size(); ++length)
      if (below += runs_of[length]; below * 20 >= all * 19) return length;
    return runs_of.size();
  }
};

Movement movement_of(std::span<const readings::Sample> samples) {
  Movement m;
  Run run;
  double last_step = 0.0;
  for (size_t i = 0; i < samples.size(); ++i) {
    if (!usable(samples[i])) continue;
    ++m.samples;
    const double value = samples[i].value;
    if (run.count > 0 && value == run.value) {
      run.last = i;
      ++run.count;
      continue;
    }
    if (run.count > 0) {
      m.end_run(run);
      const double step = value - run.value;
      ++m.changes;
      m.reversals += last_step * step < 0.0;
      m.smallest_step = std::min(m.smallest_step, std::abs(step));
      last_step = step;
    }
    run = {.first = i, .last = i, .count = 1, .value = value};
  }
  if (run.count > 0) m.end_run(run);
  return m;
}

/// Most steps are no larger than about twice the smallest one: the resolution shows.
bool is_coarse(std::span<const readings::Sample> samples, const Movement& m) {
  size_t large = 0;
  const readings::Sample* before = nullptr;
  for (const readings::Sample& s : samples) {
    if (!usable(s)) continue;
    large += before && std::abs(s.value - before->value) > 2.5 * m.smallest_step;
    before = &s;
  }
  return 2 * large < m.changes;
}

/// The number of samples above which chance gives a run less than kChance times in the whole series.
size_t improbable_run(const Movement& m) {
  size_t resting = 0;
  for (const Run& r : m.long_runs) resting += r.count;
  const double moving =
      static_cast<double>(m.samples - std::min(resting, m.samples)) + static_cast<double>(m.long_runs.size());
  const double change = std::clamp(static_cast<double>(m.changes) / (moving + 1.0), 1e-6, 0.95);
  return 1 + static_cast<size_t>(std::ceil(std::log(static_cast<double>(m.samples) / kChance) / -std::log1p(-change)));
}

}  // namespace

bool usable(const readings::Sample& s) { return s.quality != readings::Quality::bad && std::isfinite(s.value); }

std::vector<Stretch> stuck_stretches(std::span<const readings::Sample> samples, std::chrono::nanoseconds min_length) {
  const Movement m = movement_of(samples);
  std::vector<Stretch> stuck;
  if (m.long_runs.empty() || m.changes < kChanges || m.reversals < kReversals) return stuck;
  const bool coarse = is_coarse(samples, m);
  const size_t usual = kTimesLonger * m.usual_run();
  const size_t improbable = improbable_run(m);
  for (const Run& run : m.long_runs) {
    size_t least = std::max({kShortest, usual, improbable}), at_this_value = 0;
    for (const Run& other : m.long_runs) {
      if (coarse && &other != &run) least = std::max(least, kTimesLonger * other.count);
      at_this_value += other.value == run.value;
    }
    const Stretch stretch{samples[run.first].time, samples[run.last].time};
    if (run.count >= least && at_this_value < kHabit && span_between(stretch.from, stretch.to) > min_length)
      stuck.push_back(stretch);
  }
  return stuck;
}

std::vector<Stretch> dead_stretches(std::span<const readings::Sample> samples,
                                    std::span<const readings::Sample> busiest, std::chrono::nanoseconds min_length) {
  std::vector<Stretch> dead;
  if (busiest.empty()) return dead;
  const auto later = [](Time t, const readings::Sample& s) { return t < s.time; };
  const auto earlier = [](const readings::Sample& s, Time t) { return s.time < t; };
  const auto expected = [&](Time after, Time before) {
    const auto first = std::upper_bound(busiest.begin(), busiest.end(), after, later);
    const auto last = std::lower_bound(first, busiest.end(), before, earlier);
    return static_cast<size_t>(last - first);
  };
  constexpr std::chrono::nanoseconds kTick{1};
  const Time begin = busiest.front().time, end = busiest.back().time;
  Time before = begin - kTick;  // the last usable sample, or just before the first of all
  // A tag may report seldom by nature (a laboratory's): silence is long when it is ten of its own mean intervals.
  const auto ns = [](Time from, Time to) { return static_cast<double>(ns_between(from, to)); };
  const double seldom = samples.size() < 2 ? 0.0
                                           : ns(samples.front().time, samples.back().time) /
                                                 static_cast<double>(samples.size() - 1) * kTimesLonger;
  bool any = false;
  size_t first_bad = 0, bad = 0;
  const auto close = [&](Time after) {
    const Time from = bad > 0 ? samples[first_bad].time : std::max(before, begin);
    const Time to = bad > 0 ? samples[first_bad + bad - 1].time : std::min(after, end);
    const bool silent = ns(before, after) > seldom && expected(before, after) >= kShortest;
    if (span_between(before, after) > min_length && to > from && (bad >= kShortest || silent))
      dead.push_back({from, to});
  };
  for (size_t i = 0; i < samples.size(); ++i) {
    if (!usable(samples[i])) {
      if (bad++ == 0) first_bad = i;
      continue;
    }
    close(samples[i].time);
    before = samples[i].time;
    any = true;
    bad = 0;
  }
  if (!any) return {{begin, end}};
  close(end + kTick);
  return dead;
}

}  // namespace castner::signals
