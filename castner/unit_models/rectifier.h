// SPDX-License-Identifier: Apache-2.0
/// The flowsheet indices of the variables of a rectifier.
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
