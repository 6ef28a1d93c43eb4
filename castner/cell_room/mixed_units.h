// SPDX-License-Identifier: Apache-2.0
/// What only readings tell: A among kA in one column, mV among V, and a time in which nothing was read.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "castner/cell_room/cell_rows.h"
#include "castner/readings/sample.h"

namespace castner::cell_room {

/// 13.5 and 13500 in one column. Load goes by a factor of a thousand too, when an electrolyser stops and a small current protects its
/// electrodes; then the voltages go with it.
struct MixedCurrent {
  readings::Sample before, after;  ///< the first jump
  std::size_t jumps = 0;
  /// Places of the readings in the rarer unit, where those are one in a hundred at most, or a single one of twenty and more; else empty.
  std::vector<std::size_t> few;
  bool few_in_A = false;  ///< the others are in kA
};
/// @param cell_area [m2]
[[nodiscard]] std::optional<MixedCurrent> mixed_current(std::span<const readings::Sample> current, double cell_area,
                                                        const ElectrolyserData&);

/// By how much a column's readings are larger than those of the middle cell while in use, where that is 1000 or 0.001, as mV among V and V
/// among mV are; else 1.
[[nodiscard]] double thousandfold(std::span<const readings::Sample>, double middle);

/// The longest time of more than a week, and of ten scans, in which no voltage of an electrolyser was read.
[[nodiscard]] std::optional<std::pair<Time, Time>> longest_hole(const ElectrolyserData&);

}  // namespace castner::cell_room
