// SPDX-License-Identifier: Apache-2.0
#include "castner/cell_room/column_units.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "castner/base/check.h"

namespace castner::cell_room {
namespace {

UnitFound found(RoomQuantity q, const char* unit) {
  const auto parsed = parse_unit(unit);
  check(parsed.has_value(), "units known by their size parse");
  const auto to_si = conversion(q, *parsed);
  check(to_si.has_value(), "units known by their size are of their quantity");
  return {unit, *to_si};
}

/// The sizes of some thousand readings, evenly over the series.
std::vector<double> sorted_sizes(std::span<const readings::Sample> samples) {
  constexpr std::size_t kEnough = 4096;
  std::vector<double> sizes;
  const std::size_t step = samples.size() / kEnough + 1;
  for (std::size_t from = 0; from < step && sizes.empty(); ++from)
    for (std::size_t i = from; i < samples.size(); i += step)
      if (samples[i].quality != readings::Quality::bad && std::isfinite(samples[i].value))
        sizes.push_back(std::abs(samples[i].value));
  std::sort(sizes.begin(), sizes.end());
  return sizes;
}

/// Not the largest itself: one of a hundred may be a spike.
double largest_of(const std::vector<double>& sorted) { return sorted[(sorted.size() - 1) * 99 / 100]; }

}  // namespace

std::optional<double> usual_reading(std::span<const readings::Sample> samples) {
  constexpr double kInUse = 0.1;
  const auto sizes = sorted_sizes(samples);
  if (sizes.empty()) return std::nullopt;
  const auto first = std::lower_bound(sizes.begin(), sizes.end(), kInUse * largest_of(sizes));
  return *(first + (sizes.end() - first - 1) / 2);
}

bool mostly_negative(std::span<const readings::Sample> samples) {
  const double in_use = 0.5 * usual_reading(samples).value_or(0.0);
  std::ptrdiff_t below = 0, above = 0;
  for (const readings::Sample& s : samples)
    if (s.quality != readings::Quality::bad) below += s.value<-in_use, above += s.value> in_use;
  return in_use > 0.0 && below > above;
}

std::optional<double> highest_reading(std::span<const readings::Sample> samples) {
  const auto sizes = sorted_sizes(samples);
  return sizes.empty() ? std::nullopt : std::optional(largest_of(sizes));
}

bool plausible(RoomQuantity q, double si, OfSize of) {
  if (si == 0.0) return true;
  const auto cells = static_cast<double>(of.cells);
  switch (q) {
    case RoomQuantity::current: {
      const bool stands_still = of.cell_voltage && *of.cell_voltage < kCarriesCurrent;
      return stands_still ? si < kLeastDensity * of.cell_area
                          : si >= kLeastDensity * of.cell_area && si <= kMostDensity * of.cell_area;
    }
    case RoomQuantity::voltage: return si >= kLeastCellVoltage * cells && si <= kMostCellVoltage * cells;
    default: return si >= info(q).low && si <= info(q).high;
  }
}

std::optional<UnitFound> unit_by_size(RoomQuantity q, double usual, OfSize of) {
  if (q == RoomQuantity::current || q == RoomQuantity::voltage) {
    const bool current = q == RoomQuantity::current;
    constexpr std::array kCurrents{"A", "kA"};
    constexpr std::array kVoltages{"V", "mV", "kV"};
    for (const char* unit :
         current ? std::span<const char* const>(kCurrents) : std::span<const char* const>(kVoltages)) {
      const UnitFound one = found(q, unit);
      if (plausible(q, one.to_si(usual), of)) return one;
    }
    return std::nullopt;
  }
  for (const UnitBySize& u : info(q).by_size)
    if (usual >= u.low && usual <= u.high) return found(q, u.unit);
  return std::nullopt;
}

std::optional<UnitFound> cell_unit_by_size(double usual) { return unit_by_size(RoomQuantity::voltage, usual, {}); }

}  // namespace castner::cell_room
