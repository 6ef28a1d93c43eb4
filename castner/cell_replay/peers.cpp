// SPDX-License-Identifier: Apache-2.0
// Limits of the charts: EWMA with lambda 0.1 and L 2.814, CUSUM with k 0.5 and h 5 (D. C. Montgomery, Introduction to
// Statistical Quality Control, 9.1 and 9.2), for the sd that each cell shows while it is learned. An alarm takes three rows.
#include "castner/cell_replay/peers.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace castner::cell_replay {
namespace {

constexpr double kLow = 2.0, kHigh = 3.4;  // [V]; a limit that a sound cell at 6.4 kA/m2 does not reach
constexpr double kLambda = 0.1, kWidth = 2.814, kSlack = 0.5, kInterval = 5.0;
constexpr int kRowsToAlarm = 3;
constexpr double kForever = std::numeric_limits<double>::infinity();

}  // namespace

std::string_view name_of(Peer p) {
  constexpr std::array<std::string_view, kPeers> kNames{"fixed limits", "three sigma of the group", "EWMA", "CUSUM"};
  return kNames[static_cast<std::size_t>(p)];
}

Peers::Peers(int cells, double area, double learn)
    : area_(area), learn_(learn), charts_(static_cast<std::size_t>(cells)) {}

void Peers::alarm(Peer p, std::size_t cell, double time, bool on) {
  int& rows = charts_[cell].rows[static_cast<std::size_t>(p)];
  auto& alarms = charts_[cell].alarms[static_cast<std::size_t>(p)];
  if (!on && rows >= kRowsToAlarm) alarms.back().until = time;
  rows = on ? rows + 1 : 0;
  if (rows == kRowsToAlarm) alarms.push_back({time, kForever});
}

void Peers::step(double time, double current, std::span<const double> voltages) {
  if (!(current / area_ > 1000.0)) return;
  double sum = 0.0, squares = 0.0;
  int n = 0;
  for (const double v : voltages)
    if (std::isfinite(v)) sum += v, squares += v * v, ++n;
  if (n < 2) return;
  const double mean = sum / n, sd = std::sqrt(std::max(0.0, squares / n - mean * mean));
  for (std::size_t i = 0; i < voltages.size(); ++i) {
    const double v = voltages[i];
    if (!std::isfinite(v)) continue;
    alarm(Peer::limits, i, time, v < kLow || v > kHigh);
    alarm(Peer::three_sigma, i, time, std::abs(v - mean) > 3.0 * sd);
    Chart& c = charts_[i];
    const double d = v - mean;
    if (time < learn_) {
      ++c.learned;
      const double before = d - c.mean;
      c.mean += before / c.learned;
      c.square += before * (d - c.mean);
      continue;
    }
    if (c.learned < 10) continue;
    const double z = (d - c.mean) / std::max(std::sqrt(c.square / (c.learned - 1)), 1e-4);
    c.ewma += kLambda * (z - c.ewma);
    c.up = std::max(0.0, c.up + z - kSlack);
    c.down = std::max(0.0, c.down - z - kSlack);
    alarm(Peer::ewma, i, time, std::abs(c.ewma) > kWidth * std::sqrt(kLambda / (2.0 - kLambda)));
    alarm(Peer::cusum, i, time, std::max(c.up, c.down) > kInterval);
    c.up = std::min(c.up, 3.0 * kInterval), c.down = std::min(c.down, 3.0 * kInterval);  // so that an alarm can end
  }
}

double Peers::alarmed_after(Peer p, int cell, double time) const {
  for (const Alarm& a : alarms(p, cell))
    if (a.from >= time) return a.from;
  return kForever;
}

bool Peers::alarmed_before(Peer p, int cell, double time) const {
  const auto& all = alarms(p, cell);
  return !all.empty() && all.front().from < time;
}

bool Peers::alarmed_at(Peer p, int cell, double time) const {
  const auto& all = alarms(p, cell);
  return std::any_of(all.begin(), all.end(), [&](const Alarm& a) { return a.from < time && a.until >= time; });
}

}  // namespace castner::cell_replay
