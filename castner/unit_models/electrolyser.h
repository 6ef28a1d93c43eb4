// SPDX-License-Identifier: Apache-2.0
/// The flowsheet indices of the variables and balances of an electrolyser.
#pragma once

#include "castner/unit_models/anatomy.h"

namespace castner::unit_models {

/// Indices into the flowsheet: of variables, where not said otherwise.
struct ElectrolyserAnatomy {
  static constexpr const char* kModel = "electrolyser";
  static ElectrolyserAnatomy of(const UnitPlace&);

  std::string name;
  double cells = 1.0;
  double cell_area = 1.0;  ///< [m2]
  int current, current_density, voltage, cell_voltage, dc_power;
  int reversible, anode, cathode, membrane, metal, wear;  ///< [V] per cell; together they are cell_voltage
  int current_efficiency, current_efficiency_chlorine, current_efficiency_loss;
  int caustic_in, caustic_in_naoh, caustic_out_naoh;  ///< flow_mass, mass_frac
  int temperature;                                    ///< of all that leaves: the catholyte's [K]
  int brine_in, brine_in_nacl, anolyte, anolyte_nacl;
  int anolyte_hocl, anolyte_cl2;
  int chlorine, chlorine_o2, chlorine_h2o;
  int hydrogen;
  int sodium_balance, water_balance;  ///< equations: of the anolyte [mol/s]
  int base_balance;                   ///< equation: NaOH of the catholyte [mol/s]
  int energy_balance;                 ///< equation [W]
};

/// The names of the variables that add up to cell_voltage.
inline constexpr const char* kCellVoltageParts[] = {"reversible_voltage", "anode_overvoltage", "cathode_overvoltage",
                                                    "membrane_voltage",   "metal_voltage",     "wear_voltage"};

}  // namespace castner::unit_models
