// SPDX-License-Identifier: Apache-2.0
/// The apparatus of a plant that indicators and losses are made of, and which effects of its evaporators heat which.
#pragma once

#include <vector>

#include "castner/unit_models/caustic_evaporator.h"
#include "castner/unit_models/electrolyser.h"
#include "castner/unit_models/rectifier.h"

namespace castner::assess {

using Electrolyser = unit_models::ElectrolyserAnatomy;
using Rectifier = unit_models::RectifierAnatomy;

/// One effect, in its train.
struct Effect : unit_models::CausticEvaporatorAnatomy {
  bool live_steam = false;    ///< heated from outside, not by another effect's vapour
  int heated_by = -1;         ///< index of the effect whose vapour heats it, or -1
  bool last_product = false;  ///< its product feeds no other effect directly or through apparatus
};

struct Apparatus {
  std::vector<Electrolyser> electrolysers;
  std::vector<Effect> effects;
  std::vector<Rectifier> rectifiers;
};

/// @param idle  of plant.units: out of service, and left out
Apparatus find_apparatus(const plant::Plant&, const std::vector<int>& idle = {});
/// Whether a plant of electrolysers stands still as a whole: none of them runs, nor any effect.
bool whole_stands_still(const plant::Plant&, const std::vector<int>& idle);

}  // namespace castner::assess
