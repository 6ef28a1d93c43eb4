// SPDX-License-Identifier: Apache-2.0
/// What may be wrong with a cell, or with the instrument that reads it. docs/domain/electrolyser.md 2.7 and 2.8.
#pragma once

#include <array>
#include <string_view>

namespace castner::cells {

enum class Cause {
  pinhole,           ///< a hole or tear of the membrane: the gases and liquors mix
  blister,           ///< part of the membrane's area is lost to a pocket of gas or water
  membrane_fouling,  ///< deposits in the membrane: its resistance rises over days
  anode_coating,     ///< the anode's coating wears off
  cathode_coating,   ///< the cathode's coating is poisoned or lost, often in a stop
  blocked_feed,      ///< too little brine: the cell warms, its membrane dries
  dry_out,           ///< no brine at all: minutes until the membrane burns
  short_circuit,     ///< metal from anode to cathode
  contact,           ///< a bad joint between two cells
  dead,              ///< the instrument reads zero, or the end of its range
  stuck,             ///< the instrument repeats one value
  offset,            ///< the instrument adds a constant
  scale,             ///< the instrument multiplies by a constant
  swapped,           ///< two cells' wires are exchanged
  unknown            ///< the data cannot tell
};
inline constexpr int kCauses = static_cast<int>(Cause::unknown) + 1;

inline bool is_instrument(Cause c) { return c >= Cause::dead && c <= Cause::swapped; }

/// As it stands in JSON: "pinhole", "short".
constexpr std::string_view name_of(Cause c) {
  constexpr std::array<std::string_view, kCauses> kNames{
      "pinhole", "blister", "membrane_fouling", "anode_coating", "cathode_coating", "blocked_feed",
      "dry_out", "short",   "contact",          "dead",          "stuck",           "offset",
      "scale",   "swapped", "unknown"};
  return kNames[static_cast<std::size_t>(c)];
}

}  // namespace castner::cells
