// SPDX-License-Identifier: Apache-2.0
/// The electrolysers, evaporators and rectifiers of a plant, and where their variables stand in the flowsheet.
#pragma once

#include <string>
#include <vector>

#include "castner/plant/plant.h"

namespace castner::assess {

/// One electrolyser: indices of the variables that indicators and losses are made of.
struct Electrolyser {
  std::string name;
  double cells = 1.0;
  int current, current_density, cell_voltage, dc_power;
  int reversible, anode, cathode, membrane, metal, wear;  ///< [V] per cell
  int current_efficiency, current_efficiency_chlorine;
  int caustic_in, caustic_in_naoh, caustic_out, caustic_out_naoh;  ///< flow_mass, mass_frac
  int brine_in, brine_in_nacl, anolyte, anolyte_nacl;
  int anolyte_hocl, anolyte_cl2;
  int chlorine, chlorine_o2, chlorine_h2o;
};

/// One effect.
struct Evaporator {
  std::string name;
  int feed, feed_naoh, feed_temperature;
  int product, product_naoh, product_temperature;
  int steam, steam_temperature, steam_pressure;
  int vapour, vapour_temperature, vapour_pressure;
  int condensate, condensate_temperature;
  bool live_steam = false;    ///< heated from outside, not by another effect's vapour
  int heated_by = -1;         ///< index of the effect whose vapour heats it, or -1
  bool last_product = false;  ///< its product feeds no other effect directly or through apparatus
};

struct Rectifier {
  std::string name;
  int ac_power, dc_power;
};

struct Apparatus {
  std::vector<Electrolyser> electrolysers;
  std::vector<Evaporator> evaporators;
  std::vector<Rectifier> rectifiers;
};

Apparatus find_apparatus(const plant::Plant&);

}  // namespace castner::assess
