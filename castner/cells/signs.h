// SPDX-License-Identifier: Apache-2.0
/// What can be seen of a cell that has left its own level: a few signs, each in one of a few kinds or not seen at all.
#pragma once

#include <array>
#include <optional>

#include "castner/cells/figure.h"

namespace castner::cells {

/// The kinds of each sign are counted from 0, in the order of the comment.
enum class Sign {
  direction,    ///< the voltage at load is lower, hardly moved, higher
  size,         ///< by less than 60 mV, less than 250 mV, more
  level,        ///< the voltage at load is below 2.0 V, in between, above 3.8 V
  speed,        ///< it came at once, within an hour, within a day, over days
  growth,       ///< it has settled, grows steadily, grows ever faster
  low_current,  ///< at a low current the voltage is too low by more than 150 mV, too low, as before, too high
  decay,        ///< after a stop it falls faster than the others', as the others'
  hydrogen,     ///< hydrogen in the electrolyser's chlorine, as a flow, has risen, has not
  oxygen,       ///< oxygen in its chlorine has risen, has not
  chloride,     ///< chloride in its caustic has risen, has not
  feed,         ///< its brine flow has fallen, has not
  sum,          ///< the electrolyser's own voltmeter moved with it, did not
  start,        ///< it came in a stop or at the start after it, in operation
  flicker,      ///< it comes and goes, stays
  at_rest,      ///< with no current the reading is as the others', off by a constant
  partner       ///< no other moved, a neighbour moved against it, another now reads what this one did
};
inline constexpr int kSigns = static_cast<int>(Sign::partner) + 1;

struct Signs {
  std::array<std::optional<int>, kSigns> kind{};
  /// Share of the deviation that grows with current [1]: 0 of an electrode, 1 of a resistance; unknown sd where load did
  /// not vary.
  Figure ohmic_share;
  std::optional<int>& operator[](Sign s) { return kind[static_cast<std::size_t>(s)]; }
  const std::optional<int>& operator[](Sign s) const { return kind[static_cast<std::size_t>(s)]; }
};

}  // namespace castner::cells
