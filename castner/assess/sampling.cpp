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

constexpr double kUsual[] = {kMinute,   2 * kMinute, 5 * kMinute, 10 * kMinute, 15 * kMinute, 30 * kMinute, kHour,
                             2 * kHour, 3 * kHour,   4 * kHour,   6 * kHour,    8 * kHour,    12 * kHour};

/// The shortest usual time that is not shorter.
double usual(double seconds) {
  for (const double t : kUsual)
    if (t >= seconds) return t;
  return std::ceil(seconds / kDay) * kDay;
}

/// How far apart the readings are, of the tag that is read most seldom, leaving out what is read hardly at all (a laboratory's).
struct Apart {
  double middle = 0.0, most = 0.0;                        ///< [s]; 19 of 20 are no further apart than `most`
  bool irregular() const { return most > 1.3 * middle; }  // a historian that compresses, or readings by exception
};
Apart apart_in(std::span<const readings::Series> all) {
  Apart found;
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
    found.middle = std::max(found.middle, apart[apart.size() / 2]);
    found.most = std::max(found.most, apart[apart.size() * 19 / 20]);
  }
  return found;
}

/// What of [assess] fits them.
plant::AssessSettings fitted(plant::AssessSettings now, const Apart& apart) {
  if (apart.irregular()) {
    now.between = Between::hold;
    now.max_gap = usual(2.0 * apart.most);
    now.window = std::max(now.window, now.max_gap);
    return now;
  }
  now.window = std::max(now.window, usual(6.0 * apart.middle));
  now.min_rows = static_cast<int>(std::max(3L, std::lround(std::floor(0.8 * now.window / apart.middle))));
  now.max_gap = usual(2.0 * apart.middle);
  return now;
}

/// Of a plant file that says nothing yet. What is read often is held to no more than without these settings.
std::optional<plant::AssessSettings> first_fitted(const Apart& apart) {
  if (!(apart.middle > 0.0)) return std::nullopt;
  const plant::AssessSettings usual_ones;
  auto fits = fitted(usual_ones, apart);
  const bool held = apart.irregular() &&
                    (usual_ones.min_rows > 0.8 * usual_ones.window / apart.most || apart.most > usual_ones.max_gap);
  if (held) return fits;
  fits.between = Between::nothing;
  fits.min_rows = std::min(usual_ones.min_rows, fits.min_rows);
  fits.max_gap = std::max(usual_ones.max_gap, fits.max_gap);
  return fits;
}

}  // namespace

std::optional<plant::AssessSettings> first_assess(std::span<const readings::Series> all) {
  return first_fitted(apart_in(all));
}

std::string duration_text(double s) {
  const auto whole = [](double n, const char* unit) { return std::to_string(std::lround(n)) + " " + unit; };
  if (s >= kDay && std::fmod(s, kDay) == 0.0) return whole(s / kDay, "d");
  if (s >= kHour && std::fmod(s, kHour) == 0.0) return whole(s / kHour, "h");
  return s >= kMinute && std::fmod(s, kMinute) == 0.0 ? whole(s / kMinute, "min") : whole(s, "s");
}

std::string settings_for(const plant::AssessSettings& now, std::span<const readings::Series> all) {
  const Apart apart = apart_in(all);
  if (!(apart.middle > 0.0)) return {};
  const auto fits = fitted(now, apart);
  const std::string window = "window = \"" + duration_text(fits.window) + "\", ",
                    gap = "max_gap = \"" + duration_text(fits.max_gap) + "\"";
  if (apart.irregular()) return "[assess] between = \"hold\", " + window + gap;
  return "[assess] " + window + "min_rows = " + std::to_string(fits.min_rows) + ", " + gap;
}

std::string first_settings(std::span<const readings::Series> all) {
  const Apart apart = apart_in(all);
  const auto fits = first_fitted(apart);
  if (!fits) return {};
  const bool held = fits->between != Between::nothing;
  const auto seconds = [](double s) { return duration_text(std::max(1.0, std::round(s))); };
  std::string text = "[assess]    # fits these data, of which a tag is read every " + seconds(apart.middle) +
                     (held ? ", at times only every " + seconds(apart.most) : "") + "\n";
  if (held)
    text += "between = \"hold\"    # a reading holds until the next; \"line\" if the historian joins them by lines\n";
  text += "window = \"" + duration_text(fits->window) + "\"    # one balance each\n";
  if (!held) text += "min_rows = " + std::to_string(fits->min_rows) + "    # readings of a tag, at least\n";
  return text + "max_gap = \"" + duration_text(fits->max_gap) + "\"    # " +
         (held ? "so long is a reading believed" : "a tag silent for longer is left out of the window") + "\n";
}

std::vector<double> usual_between(double shorter, double longest) {
  std::vector<double> all;
  for (const double t : kUsual)
    if (t > shorter && t <= longest) all.push_back(t);
  return all;
}

}  // namespace castner::assess
