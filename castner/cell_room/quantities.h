// SPDX-License-Identifier: Apache-2.0
/// What is known of an electrolyser beside its cells' voltages, and how each quantity is written, read and believed.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "castner/base/quantity.h"

namespace castner::cell_room {

enum class RoomQuantity {
  current,               ///< [A]
  voltage,               ///< [V] of the whole electrolyser
  temperature,           ///< [K] of the catholyte at the outlet
  caustic,               ///< mass fraction of NaOH in the catholyte
  hydrogen_in_chlorine,  ///< volume fraction in the dry gas
  oxygen_in_chlorine,    ///< volume fraction in the dry gas
  chloride_in_caustic,   ///< mass fraction of NaCl
  brine_flow,            ///< [kg/s] of feed brine
};
constexpr std::size_t kRoomQuantities = 8;
constexpr std::size_t at(RoomQuantity k) { return static_cast<std::size_t>(k); }
constexpr std::array<RoomQuantity, kRoomQuantities> kEachRoomQuantity{RoomQuantity::current,
                                                                      RoomQuantity::voltage,
                                                                      RoomQuantity::temperature,
                                                                      RoomQuantity::caustic,
                                                                      RoomQuantity::hydrogen_in_chlorine,
                                                                      RoomQuantity::oxygen_in_chlorine,
                                                                      RoomQuantity::chloride_in_caustic,
                                                                      RoomQuantity::brine_flow};

/// A unit that a column without one may be in, and the sizes of readings by which it is known [in that unit].
struct UnitBySize {
  const char* unit;
  double low, high;
};

struct RoomQuantityInfo {
  std::string_view key;      ///< in cells.toml
  const char* si;            ///< unit inside
  const char* example;       ///< of a constant
  double low, high;          ///< [SI] beyond which a constant or the usual reading of a column is no such quantity
  bool of_one_electrolyser;  ///< two electrolysers cannot share the tag
  std::span<const UnitBySize> by_size;  ///< tried in this order; of a current and a voltage see cell_data.h
};
[[nodiscard]] const RoomQuantityInfo& info(RoomQuantity);

/// The SI value of a reading: of brine_flow a flow by volume counts as feed brine of kBrineDensity.
struct ToSi {
  double scale = 1.0, offset = 0.0;
  double operator()(double v) const { return v * scale + offset; }
};
/// Nothing where the unit is none of this quantity.
[[nodiscard]] std::optional<ToSi> conversion(RoomQuantity, const Measure&);

/// [kg/m3] feed brine with 24 % NaCl at 60 degC, props' brine dens_mass. A volume flow is brought to mass by it: a guess, which a
/// change of the flow does not feel.
constexpr double kBrineDensity = 1158.0;

/// [A/m2] what electrolysers run at, from the least that a scanner is of use at to more than any: tells A from kA.
constexpr double kLeastDensity = 100.0, kMostDensity = 10000.0;

}  // namespace castner::cell_room
