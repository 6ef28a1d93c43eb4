// SPDX-License-Identifier: Apache-2.0
/// The indicators by which a plant is judged: energy, salt and steam per tonne, efficiencies, load. Definitions in the domain
/// reference, section 7; all per tonne of NaOH as 100 % or of Cl2 (gas plus recovered).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "castner/assess/apparatus.h"
#include "castner/assess/traced.h"

namespace castner::assess {

/// One indicator at a state of the plant, before it is given its uncertainty.
struct Indicator {
  std::string path;              ///< "dc_energy_per_naoh" of the plant, "E101.dc_energy_per_naoh" of a unit
  std::string unit;              ///< as shown: "kW.h/t"
  double scale = 1.0;            ///< shown = SI * scale
  std::optional<Traced> amount;  ///< [SI]; none: cannot tell
  std::string missing;           ///< what the plant file lacks for it: "auxiliaries" "rectifier"
  std::vector<Traced> per;       ///< what it divides by, which must not be 0
};

/// Every indicator that applies to this plant, at x.
std::vector<Indicator> indicators(const plant::Plant&, const Apparatus&, std::span<const double> x);

}  // namespace castner::assess
