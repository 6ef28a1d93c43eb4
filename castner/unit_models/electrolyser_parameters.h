// SPDX-License-Identifier: Apache-2.0
/// The numbers that describe one make of membrane electrolyser, with their defaults and the sources of these.
#pragma once

#include <vector>

#include "castner/base/error.h"
#include "castner/plant/model.h"
#include "castner/unit_models/overvoltage.h"

namespace castner::unit_models {

/// Constants of the model, all SI. Names, defaults and sources: the table in electrolyser_parameters.cpp.
struct ElectrolyserParameters {
  double cells, cell_area;
  Electrode anode, cathode;
  double membrane_resistance, gap_resistance, metal_resistance;                         ///< [Ohm m2]
  double membrane_temperature_coefficient, membrane_strength_coefficient;               ///< [K], [1]
  double reference_temperature;                                                         ///< [K]
  double loss_by_current, loss_by_strength, loss_by_weak_anolyte, loss_by_temperature;  ///< [A/m2] [1] [m3/kg] [1/K2]
  double oxygen_share, hypochlorous_share, dissolved_chlorine;                          ///< [1]
  double water_transport_reference, water_transport_by_anolyte, water_transport_by_strength;  ///< [1] [m3/kg] [1]
  double chlorate_share() const { return 1.0 - oxygen_share - hypochlorous_share; }
};

/// The parameters of plant.toml: constants first, then the variables that are held if given and free otherwise.
std::vector<plant::ParameterInfo> electrolyser_parameter_list();

/// Takes them out of a spec; a problem for each impossible one (a share outside 0 to 1, an area not above zero).
Result<ElectrolyserParameters> electrolyser_parameters(const plant::UnitSpec&);

}  // namespace castner::unit_models
