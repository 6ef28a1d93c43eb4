// SPDX-License-Identifier: Apache-2.0
#include "castner/props/formation_enthalpy.h"

#include "castner/numerics/scalar.h"
#include "castner/props/caustic_anhydrous.h"
#include "castner/props/constants.h"

namespace castner::props {
namespace {

// Offsets per kilogram [J/kg].
constexpr double kWater = kFormationOffsetWater / kMolarMassWater;
constexpr double kNaOH = kFormationOffsetNaOH / kMolarMassNaOH;
constexpr double kNaCl = kFormationOffsetNaCl / kMolarMassNaCl;

}  // namespace

template <class T>
T enth_mass_formation_caustic(const CausticState<T>& state) {
  return enth_mass_caustic(state) + state.mass_frac_naoh * (kNaOH - kWater) + kWater;
}
template <class T>
T enth_mass_formation_brine(const BrineState<T>& state) {
  return enth_mass_brine(state) + state.mass_frac_nacl * (kNaCl - kWater) + kWater;
}
template <class T>
T enth_mass_formation_water(const T& enth_mass_if97) {
  return enth_mass_if97 + kWater;
}
template <class T>
T enth_mass_formation_water_liq(const T& temperature) {
  return enth_mass_liq_sat_water(temperature) + kWater;
}
template <class T>
T enth_mass_formation_water_vap(const WaterState<T>& state) {
  return enth_mass_vap_water(state) + kWater;
}
template <class T>
T enth_mass_formation_gas(Gas gas, const T& temperature) {
  return enth_mass_gas(gas, temperature);
}
template <class T>
T enth_mass_formation_caustic_solid(const T& temperature) {
  return enth_mol_caustic_solid(temperature) / kMolarMassNaOH;
}
template <class T>
T enth_mass_formation_caustic_melt(const T& temperature) {
  return enth_mol_caustic_melt(temperature) / kMolarMassNaOH;
}

#define CASTNER_INSTANTIATE(T)                                    \
  template T enth_mass_formation_caustic(const CausticState<T>&); \
  template T enth_mass_formation_brine(const BrineState<T>&);     \
  template T enth_mass_formation_water(const T&);                 \
  template T enth_mass_formation_water_liq(const T&);             \
  template T enth_mass_formation_water_vap(const WaterState<T>&); \
  template T enth_mass_formation_gas(Gas, const T&);              \
  template T enth_mass_formation_caustic_solid(const T&);         \
  template T enth_mass_formation_caustic_melt(const T&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

}  // namespace castner::props
