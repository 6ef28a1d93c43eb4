// SPDX-License-Identifier: Apache-2.0
/// Physical amounts to money, by the prices of the plant file. Without a price the cost is unknown, never zero.
#pragma once

#include "castner/assess/assessment.h"
#include "castner/plant/plant.h"

namespace castner::assess {

/// @param power [W]  @param hours  running hours a year   @return "CNY/a"
Amount electricity_cost(const plant::Plant&, const Amount& power, double hours);
/// @param steam [kg/s]  @param hours  running hours a year   @return "CNY/a"
Amount steam_cost(const plant::Plant&, const Amount& steam, double hours);
/// The same money per day of running.
Amount per_day(const plant::Plant&, const Amount& cost_per_year);

}  // namespace castner::assess
