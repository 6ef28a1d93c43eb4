// SPDX-License-Identifier: Apache-2.0
#include "castner/numerics/scalar.h"
#include "castner/props/brine.h"
#include "castner/props/caustic.h"
#include "castner/props/laliberte.h"

namespace castner::props {

template <class T>
T visc_d_caustic(const CausticState<T>& state) {
  return visc_d_solution<T>(ViscousSolute::naoh, {.temperature = state.temperature, .mass_frac = state.mass_frac_naoh});
}
template <class T>
T visc_d_brine(const BrineState<T>& state) {
  return visc_d_solution<T>(ViscousSolute::nacl, {.temperature = state.temperature, .mass_frac = state.mass_frac_nacl});
}

#define CASTNER_INSTANTIATE(T)                       \
  template T visc_d_caustic(const CausticState<T>&); \
  template T visc_d_brine(const BrineState<T>&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props
