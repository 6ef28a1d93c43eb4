// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/sampling.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "castner/base/time_span.h"
#include "castner/signals/stuck.h"

namespace castner::assess {
namespace {

constexpr double kMinute = 60.0, kHour = 3600.0, kDay = 86400.0;

/// The shortest usual time that is not shorter.
double usual(double seconds) {
  for (const double t : {kMinute, 2 * kMinute, 5 * kMinute, 10 * kMinute, 15 * kMinute, 30 * kMinute, kHour, 2 * kHour,
                         3 * kHour, 4 * kHour, 6 * kHour, 8 * kHour, 12 * kHour})
    if (t >= seconds) return t;
  return std::ceil(seconds / kDay) * kDay;
}

}  // namespace

std::string duration_text(double s) {
  const auto whole = [](double n, const char* unit) { return std::to_string(std::lround(n)) + " " + unit; };
  if (s >= kDay && std::fmod(s, kDay) == 0.0) return whole(s / kDay, "d");
  if (s >= kHour && std::fmod(s, kHour) == 0.0) return whole(s / kHour, "h");
  return s >= kMinute && std::fmod(s, kMinute) == 0.0 ? whole(s / kMinute, "min") : whole(s, "s");
}

std::string settings_for(const plant::AssessSettings& now, std::span<const readings::Series> all) {
  // Of the tag that is read most seldom, leaving out what is read hardly at all (a laboratory's).
  double middle = 0.0, most = 0.0;
  std::size_t largest = 0;
  for (const auto& s : all) largest = std::max(largest, s.samples.size());
  for (const auto& s : all) {
    std::vector<double> apart;
    const readings::Sample* before = nullptr;
    for (const auto& x : s.samples) {
      if (!signals::usable(x)) continue;
      if (before) apart.push_back(std::chrono::duration<double>(span_between(before->time, x.time)).count());
      before = &x;
    }
    if (apart.empty() || 5 * s.samples.size() < largest) continue;
    std::sort(apart.begin(), apart.end());
    middle = std::max(middle, apart[apart.size() / 2]);
    most = std::max(most, apart[apart.size() * 19 / 20]);
  }
  if (!(middle > 0.0)) return {};
  if (most > 1.3 * middle) {  // irregular: a historian that compresses, or readings by exception
    const double window = std::max(now.window, usual(2.0 * most));
    return "[assess] between = \"hold\", window = \"" + duration_text(window) + "\", max_gap = \"" +
           duration_text(usual(2.0 * most)) + "\"";
  }
  const double window = std::max(now.window, usual(6.0 * middle));
  const auto rows = std::max(3L, std::lround(std::floor(0.8 * window / middle)));
  return "[assess] window = \"" + duration_text(window) + "\", min_rows = " + std::to_string(rows) + ", max_gap = \"" +
         duration_text(usual(2.0 * middle)) + "\"";
}

}  // namespace castner::assess
