// SPDX-License-Identifier: Apache-2.0
/// A reading that is as far from the truth as two units are from each other: its number is right and its unit is not.
#pragma once

#include <string>

#include "castner/plant/plant.h"

namespace castner::plant {

/// A number with its uncertainty. [SI]
struct Uncertain {
  double value = 0.0, sd = 0.0;
};

/// "measurement "FI-1" reads 990 m3/h, where the balances have 16.5 m3/h, as if a value per h were read as one per min; is its unit
/// right?" where the ratio or the difference of the two is a usual slip to within its noise; else empty.
/// @param truth  what the plant's other readings say of it, without it
[[nodiscard]] std::string unit_slip(const Plant&, const Measurement&, Uncertain reading, Uncertain truth);

/// The question of a pressure below an atmosphere, with which the balances close only where a gauge shows it.
[[nodiscard]] std::string gauge_slip(const Measurement&, double reading);

/// A gas flow taken without its water vapour where it was taken with it, and the other way round: "CL.flow_vol_normal_dry" of
/// "CL.flow_vol_normal". Empty of any other path.
[[nodiscard]] std::string with_or_without_vapour(const std::string& path);
/// The question likewise where a gas flow is as far off as its water vapour is large.
/// @param vapour  mole fraction of water vapour in the gas
[[nodiscard]] std::string vapour_slip(const Measurement&, Uncertain reading, Uncertain truth, double vapour);

}  // namespace castner::plant
