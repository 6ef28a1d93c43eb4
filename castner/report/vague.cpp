// SPDX-License-Identifier: Apache-2.0
#include "castner/report/vague.h"

#include <algorithm>
#include <cmath>

namespace castner::report {

bool too_vague(std::string_view unit, double value, double sd, double nominal) {
  constexpr double kTemperature = 20.0, kShare = 0.2, kSmall = 0.1;  // guesses
  if (unit == "K") return sd > kTemperature;
  if (unit == "1") return sd > kShare * std::max(1.0, std::abs(value));
  return sd > std::max(std::abs(value), kSmall * nominal);
}

}  // namespace castner::report
