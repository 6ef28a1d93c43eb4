// SPDX-License-Identifier: Apache-2.0
#include "castner/unit_models/anatomy.h"

#include <algorithm>

#include "castner/base/check.h"

namespace castner::unit_models {

int UnitPlace::variable(std::string_view name) const {
  const auto i = plant_.flowsheet->find(unit_.name + "." + std::string(name));
  check(i.has_value(), "a unit has the variables that its model's anatomy names");
  return *i;
}

int UnitPlace::equation(std::string_view name) const {
  const auto all = plant_.flowsheet->equations();
  const auto found = std::find(all.begin(), all.end(), unit_.name + ": " + std::string(name));
  check(found != all.end(), "a unit has the equations that its model's anatomy names");
  return static_cast<int>(found - all.begin());
}

}  // namespace castner::unit_models
