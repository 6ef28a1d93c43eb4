// SPDX-License-Identifier: Apache-2.0
/// The flowsheet indices of the variables of one effect of a caustic evaporator.
#pragma once

#include "castner/unit_models/anatomy.h"

namespace castner::unit_models {

/// Indices of variables in the flowsheet; a port's own name is its flow_mass, _naoh its mass fraction.
struct CausticEvaporatorAnatomy {
  static constexpr const char* kModel = "caustic_evaporator";
  static CausticEvaporatorAnatomy of(const UnitPlace&);

  std::string name;
  int feed, feed_naoh, feed_temperature;
  int product, product_naoh, product_temperature;
  int steam, steam_temperature, steam_pressure;
  int vapour, vapour_temperature, vapour_pressure;
  int condensate, condensate_temperature;
  int heat_transfer_coefficient;
};

}  // namespace castner::unit_models
