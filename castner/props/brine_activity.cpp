// SPDX-License-Identifier: Apache-2.0
#include "castner/numerics/scalar.h"
#include "castner/props/brine.h"
#include "castner/props/constants.h"
#include "castner/props/pitzer.h"
#include "castner/props/water_if97.h"

namespace castner::props {
namespace {

template <class T>
SaltState<T> salt_state(const BrineState<T>& state) {
  return {.temperature = state.temperature, .molality = molality_nacl(state.mass_frac_nacl)};
}

}  // namespace

template <class T>
T molality_nacl(const T& mass_frac_nacl) {
  return mass_frac_nacl / ((1.0 - mass_frac_nacl) * kMolarMassNaCl);
}
template <class T>
T activity_water_brine(const BrineState<T>& state) {
  return exp(log_activity_water(Salt::nacl, salt_state(state)));
}
template <class T>
T pressure_sat_brine(const BrineState<T>& state) {
  return activity_water_brine(state) * pressure_sat_water(state.temperature);
}
template <class T>
T activity_coefficient_brine(const BrineState<T>& state) {
  return exp(log_activity_coefficient(Salt::nacl, salt_state(state)));
}
template <class T>
T log_molal_activity_nacl(const BrineState<T>& state) {
  const auto salt = salt_state(state);
  return log(salt.molality) + log_activity_coefficient(Salt::nacl, salt);
}

#define CASTNER_INSTANTIATE(T)                                 \
  template T molality_nacl(const T&);                          \
  template T activity_water_brine(const BrineState<T>&);       \
  template T pressure_sat_brine(const BrineState<T>&);         \
  template T activity_coefficient_brine(const BrineState<T>&); \
  template T log_molal_activity_nacl(const BrineState<T>&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props
