// SPDX-License-Identifier: Apache-2.0
/// In which unit a column is: as its header or cells.toml says, else as its size tells; and what contradicts that.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "castner/cell_room/quantities.h"
#include "castner/readings/sample.h"

namespace castner::cell_room {

/// What a column reads while it is in use: the median of those readings that are at least a tenth of the largest, without their signs.
/// Nothing where none was read. [unit of the column]
[[nodiscard]] std::optional<double> usual_reading(std::span<const readings::Sample>);

/// What a column reads at its most, but for one reading of a hundred, without their signs.
[[nodiscard]] std::optional<double> highest_reading(std::span<const readings::Sample>);

/// Whether a column, while in use, mostly reads below zero: an instrument that is connected the other way round.
[[nodiscard]] bool mostly_negative(std::span<const readings::Sample>);

/// What tells a unit by its size.
struct OfSize {
  double cell_area = 0.0;  ///< [m2]
  std::size_t cells = 1;
  std::optional<double> cell_voltage = {};  ///< [V] the highest of a middle cell
};

struct UnitFound {
  std::string text;  ///< "kA"
  ToSi to_si;
};
/// The unit that readings of this size are in, where nothing says it.
[[nodiscard]] std::optional<UnitFound> unit_by_size(RoomQuantity, double usual, OfSize);
/// Of a cell's voltage.
[[nodiscard]] std::optional<UnitFound> cell_unit_by_size(double usual);

/// Whether an electrolyser can read so much [SI] as a rule; 0, standstill, can be.
[[nodiscard]] bool plausible(RoomQuantity, double si, OfSize);
/// [V] of a cell that is not short-circuited.
constexpr double kLeastCellVoltage = 0.3, kMostCellVoltage = 6.0;
/// [V] a cell below this carries a protective current at most: less than kLeastDensity, whose overvoltages stand on 2.2 to 2.3 V.
constexpr double kCarriesCurrent = 2.35;

}  // namespace castner::cell_room
