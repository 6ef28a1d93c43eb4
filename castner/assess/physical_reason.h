// SPDX-License-Identifier: Apache-2.0
/// The physical reason why a plant has no state: steam colder than the liquor it is to boil, salt that runs out. Asked where a
/// solver failed, before its own advice, which knows equations only.
#pragma once

#include <optional>
#include <span>

#include "castner/plant/plant.h"
#include "castner/solve/report.h"
#include "castner/solve/simulate.h"

namespace castner::assess {

/// Where trouble begins, if it is one of those that are known here.
/// @param x      where the solver ended, shape (variables)
/// @param known  what is held or read
/// @param idle   of plant.units: out of service, and no reason
[[nodiscard]] std::optional<solve::Advice> physical_reason(const plant::Plant&, std::span<const double> x,
                                                           std::span<const solve::Held> known = {},
                                                           std::span<const int> idle = {});

}  // namespace castner::assess
