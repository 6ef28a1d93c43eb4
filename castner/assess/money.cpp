// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/money.h"

namespace castner::assess {
namespace {

Amount priced(const plant::Plant& plant, const Amount& rate, const std::optional<double>& price, double hours) {
  Amount cost{std::nullopt, std::nullopt, plant.currency + "/a"};
  if (!price || !rate.value) return cost;
  const double factor = *price * hours * 3600.0;
  cost.value = *rate.value * factor;
  if (rate.sd) cost.sd = *rate.sd * factor;
  return cost;
}

}  // namespace

Amount electricity_cost(const plant::Plant& plant, const Amount& power, double hours) {
  return priced(plant, power, plant.economics.electricity, hours);
}
Amount steam_cost(const plant::Plant& plant, const Amount& steam, double hours) {
  return priced(plant, steam, plant.economics.steam, hours);
}
Amount per_day(const plant::Plant& plant, const Amount& yearly) {
  Amount day{std::nullopt, std::nullopt, plant.currency + "/d"};
  const double share = 24.0 / plant.economics.hours_per_year;
  if (yearly.value) day.value = *yearly.value * share;
  if (yearly.sd) day.sd = *yearly.sd * share;
  return day;
}

}  // namespace castner::assess
