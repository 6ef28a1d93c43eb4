// SPDX-License-Identifier: Apache-2.0
/// Production and consumption of an electrolyser, as functions that can be summed over a cell room and traced.
#pragma once

#include <vector>

#include "castner/assess/apparatus.h"
#include "castner/assess/traced.h"
#include "castner/plant/stream.h"

namespace castner::assess {

inline Dual1 dc_power(const Electrolyser& e, Reader& at) { return at(e.dc_power); }               // [W]
inline Dual1 cell_current(const Electrolyser& e, Reader& at) { return at(e.current) * e.cells; }  // [A]
/// NaOH made, as 100 % [kg/s]. Caustic that is lost in the electrolyser was made, what comes from elsewhere was not.
inline Dual1 naoh_made(const Electrolyser& e, Reader& at) {
  const Dual1 out = at(e.brine_in) + at(e.caustic_in) - at(e.anolyte) - at(e.chlorine) - at(e.hydrogen);
  return out * at(e.caustic_out_naoh) - at(e.caustic_in) * at(e.caustic_in_naoh);
}
/// Salt used up in the cells [kg/s].
inline Dual1 nacl_used(const Electrolyser& e, Reader& at) {
  return at(e.brine_in) * at(e.brine_in_nacl) - at(e.anolyte) * at(e.anolyte_nacl);
}
/// Chlorine in the gas plus what dechlorination recovers from dissolved Cl2 and HOCl [kg/s].
inline Dual1 chlorine_made(const Electrolyser& e, Reader& at) {
  const double per_hocl = plant::molar_mass(plant::Species::Cl2) / plant::molar_mass(plant::Species::HOCl);
  const Dual1 gas = at(e.chlorine) * (1.0 - at(e.chlorine_o2) - at(e.chlorine_h2o));
  return gas + at(e.anolyte) * (at(e.anolyte_cl2) + at(e.anolyte_hocl) * per_hocl);
}

template <class F>
Dual1 sum(const std::vector<Electrolyser>& all, Reader& at, F amount) {
  Dual1 s(0.0);
  for (const auto& e : all) s += amount(e, at);
  return s;
}

inline Dual1 ac_power(const std::vector<Rectifier>& all, Reader& at) {
  Dual1 s(0.0);
  for (const auto& r : all) s += at(r.ac_power);
  return s;
}

}  // namespace castner::assess
