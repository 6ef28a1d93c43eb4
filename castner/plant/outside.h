// SPDX-License-Identifier: Apache-2.0
/// What a solved plant is outside of: states that do not exist, and ranges in which its correlations are known.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "castner/numerics/warning.h"
#include "castner/plant/plant.h"

namespace castner::plant {

/// Every limit that a solution leaves: of each stream that flows by what it holds (a brine's solubility, steam's saturation, a liquid's
/// boiling point, a gas's dew point, the ranges of its correlations), and of each unit by its model. Streams first, as in the file.
/// @param x   [SI], shape (variables of plant.flowsheet)
/// @param sd  of x [SI], likewise; empty where nothing is uncertain. A limit within 2 sd is not left for sure and not
///            told; infinite: the value is not known.
std::vector<Warning> outside(const Plant&, std::span<const double> x, std::span<const double> sd = {});

/// The first limit of a unit that is left whatever the rest will be: by what is known of it alone.
/// @param known  [SI], not a number where nothing is known; shape (variables of plant.flowsheet)
std::optional<Warning> impossible_by_itself(const Plant&, std::span<const double> known);

}  // namespace castner::plant
