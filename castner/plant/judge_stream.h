// SPDX-License-Identifier: Apache-2.0
/// What one stream's state is outside of: its contents know their own limits.
#pragma once

#include <span>
#include <vector>

#include "castner/plant/stream_view.h"
#include "castner/plant/unit.h"
#include "castner/props/range.h"

namespace castner::plant {

/// @param pressure  the highest under which a liquid may stand [Pa]; of no use for what has a pressure of its own
void judge_stream(const Port&, std::span<const double> x, double pressure, std::vector<LimitLeft>& found);

/// Adds the limit of a correlation where a state leaves it. The state's temperature, pressure and mass fraction are variables of
/// `port`, its mass fraction that of `solute`.
void judge_range(props::Correlation, const props::StatePoint&, const Port&, Species solute,
                 std::vector<LimitLeft>& found);

/// Pressure of the vapour above a liquid, or of a liquid as it begins to boil. [Pa]
double pressure_boil(const Port&, std::span<const double> x);
bool is_liquid(Contents);

}  // namespace castner::plant
