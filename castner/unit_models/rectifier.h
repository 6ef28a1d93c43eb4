// SPDX-License-Identifier: Apache-2.0
/// Where the variables of a rectifier stand in a plant.
#pragma once

#include "castner/unit_models/anatomy.h"

namespace castner::unit_models {

/// Indices of variables in the flowsheet.
struct RectifierAnatomy {
  static constexpr const char* kModel = "rectifier";
  static RectifierAnatomy of(const UnitPlace&);

  std::string name;
  int ac_power, dc_power;  ///< [W]
};

}  // namespace castner::unit_models
