// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_room/mixed_units.h"

#include <algorithm>
#include <cmath>

#include "castner/base/time_span.h"
#include "castner/cell_room/column_units.h"

namespace castner::cell_room {
namespace {

using readings::Sample;

/// The mean of the cells as they were read next to a time [V]: at it or before, or at it or after.
std::optional<double> mean_voltage(const ElectrolyserData& data, Time t, bool before) {
  double sum = 0.0;
  int n = 0;
  for (const TagSamples& cell : data.cells) {
    auto next = std::lower_bound(cell.samples.begin(), cell.samples.end(), t,
                                 [](const Sample& s, Time time) { return s.time < time; });
    if (before && (next == cell.samples.end() || next->time > t)) {
      if (next == cell.samples.begin()) continue;
      --next;
    }
    if (next == cell.samples.end() || !is_reading(*next)) continue;
    if (span_between(std::min(t, next->time), std::max(t, next->time)) > data.scan + data.scan / 2) continue;
    sum += cell.to_si(next->value);
    ++n;
  }
  return n > 0 ? std::optional(sum / n) : std::nullopt;
}

enum class In { neither, A, kA };
/// The unit in which a number is a current density that electrolysers have.
In unit_of(const Sample& x, double cell_area) {
  const auto fits = [](double d) { return d >= kLeastDensity && d <= kMostDensity; };
  const double density = std::abs(x.value) / cell_area;
  return !is_reading(x) ? In::neither : fits(density) ? In::A : fits(1000.0 * density) ? In::kA : In::neither;
}

/// The readings in the rarer unit among those at load, where they are few.
void find_few(MixedCurrent& mixed, std::span<const Sample> current, double cell_area, const ElectrolyserData& data) {
  std::vector<std::size_t> in_A, in_kA;
  for (std::size_t i = 0; i < current.size(); ++i) {
    const In unit = unit_of(current[i], cell_area);
    if (unit == In::neither) continue;
    const auto v = mean_voltage(data, current[i].time, true);
    if (v && *v >= kCarriesCurrent) (unit == In::A ? in_A : in_kA).push_back(i);
  }
  mixed.few_in_A = in_A.size() < in_kA.size();
  auto& few = mixed.few_in_A ? in_A : in_kA;
  const std::size_t all = in_A.size() + in_kA.size();
  if (100 * few.size() <= all || (few.size() == 1 && all >= 20)) mixed.few = std::move(few);
}

}  // namespace

std::optional<MixedCurrent> mixed_current(std::span<const Sample> current, double cell_area,
                                          const ElectrolyserData& data) {
  constexpr double kSameVoltage =
      0.15;  // [V] a cell loses half a volt and more when its load goes by a thousand; a guess
  constexpr std::size_t kMostLooks = 100;
  MixedCurrent mixed;
  const Sample* before = nullptr;
  std::size_t looks = 0;
  for (const Sample& x : current) {
    const In unit = unit_of(x, cell_area);
    if (unit == In::neither) continue;
    if (before && unit_of(*before, cell_area) != unit && looks < kMostLooks) {
      const double times = std::abs(x.value / before->value), ratio = std::max(times, 1.0 / times);
      const auto v1 = mean_voltage(data, before->time, true), v2 = mean_voltage(data, x.time, false);
      ++looks;
      if (ratio > 300.0 && ratio < 3000.0 && v1 && v2 && std::abs(*v1 - *v2) < kSameVoltage && mixed.jumps++ == 0)
        mixed.before = *before, mixed.after = x;
    }
    before = &x;
  }
  if (mixed.jumps == 0) return std::nullopt;
  find_few(mixed, current, cell_area, data);
  return mixed;
}

double thousandfold(std::span<const Sample> samples, double middle) {
  constexpr double kNear = 1.5;  // cells at load read 0.7 to 1.4 of the middle one; a guess
  std::size_t less = 0, same = 0, more = 0;
  const auto near = [](double times) { return times > 1.0 / kNear && times < kNear; };
  for (const Sample& x : samples) {
    if (!is_reading(x)) continue;
    const double times = std::abs(x.value) / middle;
    less += near(1000.0 * times), same += near(times), more += near(times / 1000.0);
  }
  return more > 10 * same ? 1000.0 : less > 10 * same ? 0.001 : 1.0;
}

std::optional<std::pair<Time, Time>> longest_hole(const ElectrolyserData& data) {
  constexpr auto kLong = std::chrono::days(7);  // of which a person may not know; a guess
  const auto read_between = [](const TagSamples& cell, Time from, Time to) {
    for (auto x = std::upper_bound(cell.samples.begin(), cell.samples.end(), from,
                                   [](Time t, const Sample&s) { return t < s.time; });
         x != cell.samples.end() && x->time < to; ++x)
      if (is_reading(*x)) return true;
    return false;
  };
  std::optional<std::pair<Time, Time>> hole;
  if (data.cells.empty()) return hole;
  std::chrono::nanoseconds longest = std::max<std::chrono::nanoseconds>(kLong, 10 * data.scan);
  const Sample* before = nullptr;
  for (const Sample& x : data.cells.front().samples) {
    if (!is_reading(x)) continue;
    if (before && span_between(before->time, x.time) > longest &&
        std::none_of(data.cells.begin() + 1, data.cells.end(),
                     [&](const TagSamples& cell) { return read_between(cell, before->time, x.time); }))
      hole = {before->time, x.time}, longest = span_between(before->time, x.time);
    before = &x;
  }
  return hole;
}

}  // namespace castner::cell_room
