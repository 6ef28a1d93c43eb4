// SPDX-License-Identifier: Apache-2.0
// A stream's variables by meaning:
//  1. Port finds them: flow, the fractions of all species but one, then temperature, pressure, enthalpy, as the contents have them.
//  2. The fraction of the last species is what the others leave.
//  3. Properties go by contents: brines by salt in salt and water, gases as ideal with their vapour at its partial pressure, wet steam by
//     pressure and enthalpy.
#include "castner/plant/stream_view.h"

#include <algorithm>

#include "castner/base/check.h"
#include "castner/props/brine.h"
#include "castner/props/caustic.h"
#include "castner/props/constants.h"
#include "castner/props/formation_enthalpy.h"
#include "castner/props/gas.h"
#include "castner/props/water_if97.h"
#include "castner/props/water_if97_backward.h"

namespace castner::plant {

using enum Species;

std::size_t Port::mass_frac(Species s) const {
  const auto& species = contents_info(contents).species;
  const auto it = std::find(species.begin(), species.end(), s);
  check(it != species.end(), "only a species with a mass fraction variable is asked for");
  return first + 1 + static_cast<std::size_t>(it - species.begin());
}
std::size_t Port::temperature() const { return first + 1 + contents_info(contents).species.size(); }
std::size_t Port::pressure() const { return temperature() + (has_temperature() ? 1 : 0); }
std::size_t Port::enth_mass() const { return pressure() + 1; }
std::size_t Port::count() const {
  const auto& info = contents_info(contents);
  return 1 + info.species.size() + (info.temperature ? 1 : 0) + (info.pressure ? 1 : 0) + (info.enthalpy ? 1 : 0);
}
bool Port::holds(Species s) const {
  const auto& info = contents_info(contents);
  return s == info.rest || std::find(info.species.begin(), info.species.end(), s) != info.species.end();
}

bool has_enthalpy(Contents c) { return c != Contents::mass; }
bool has_heat(Contents c) { return contents_info(c).temperature || contents_info(c).enthalpy; }
bool has_volume(Contents c) { return contents_info(c).temperature; }
bool is_gas(Contents c) { return c == Contents::chlorine_gas || c == Contents::hydrogen_gas; }

double enth_mol_formation(Contents c, Species s) {
  switch (s) {
    case H2O: return props::kFormationOffsetWater;
    case NaCl: return props::kFormationOffsetNaCl;
    case NaOH: return props::kFormationOffsetNaOH;
    case HCl: return props::kEnthMolFormationHClAqueous;
    case NaClO3: return props::kEnthMolFormationNaClO3Aqueous;
    case HOCl: return props::kEnthMolFormationHOClAqueous;
    case Cl2: return is_gas(c) ? 0.0 : props::kEnthMolFormationChlorineAqueous;
    case O2:
    case H2: return 0.0;
  }
  return 0.0;
}

template <class T>
T StreamView<T>::mass_frac(Species s) const {
  const std::size_t n = info_->species.size();
  if (s == info_->rest) {
    if (n == 0) return T(1.0);
    T rest = 1.0 - x_[port_.first + 1];
    for (std::size_t i = 1; i < n; ++i) rest -= x_[port_.first + 1 + i];
    return rest;
  }
  for (std::size_t i = 0; i < n; ++i)
    if (info_->species[i] == s) return x_[port_.first + 1 + i];
  return T(0.0);
}

template <class T>
T StreamView<T>::amount_per_mass(bool dry) const {
  T sum(0.0);
  if (!(dry && info_->rest == H2O)) sum = mass_frac(info_->rest) * (1.0 / molar_mass(info_->rest));
  for (std::size_t i = 0; i < info_->species.size(); ++i)
    if (const Species s = info_->species[i]; !(dry && s == H2O)) sum += x_[port_.first + 1 + i] * (1.0 / molar_mass(s));
  return sum;
}

template <class T>
T StreamView<T>::solute_frac() const {
  if (info_->species.size() == 1) return x_[port_.first + 1];
  const T salt = x_[port_.first + 1];
  return salt / (salt + mass_frac(H2O));
}

template <class T>
T StreamView<T>::enth_mass() const {
  check(has_enthalpy(port_.contents), "a stream of bare mass is not asked for its enthalpy");
  if (info_->enthalpy) return x_[port_.enth_mass()];
  return port_.contents == Contents::hydrogen_chloride ? T(0.0) : enth_mass_at(temperature());
}

template <class T>
T StreamView<T>::enth_mass_at(const T& temperature) const {
  using namespace props;
  const auto vapour = [&] { return mass_frac(H2O) * enth_mass_vap_water<T>({temperature, pressure_water()}); };
  const auto gas = [&](Species s, Gas g) { return mass_frac(s) * enth_mass_gas(g, temperature); };
  switch (port_.contents) {
    case Contents::mass:
    case Contents::wet_steam:
    case Contents::hydrogen_chloride: break;
    case Contents::water: return enth_mass_liq_sat_water(temperature);
    case Contents::steam: return enth_mass_vap_water<T>({temperature, pressure()});
    case Contents::brine: return enth_mass_brine<T>({temperature, mass_frac(NaCl)});
    case Contents::caustic: return enth_mass_caustic<T>({temperature, mass_frac(NaOH)});
    case Contents::acid_brine:
    case Contents::depleted_brine:
      return (mass_frac(NaCl) + mass_frac(H2O)) * enth_mass_brine<T>({temperature, solute_frac()});
    case Contents::chlorine_gas: return gas(Cl2, Gas::chlorine) + gas(O2, Gas::oxygen) + vapour();
    case Contents::hydrogen_gas: return gas(H2, Gas::hydrogen) + vapour();
  }
  check(false, "a stream without a temperature is not asked for its enthalpy there");
  return T(0.0);
}

template <class T>
T StreamView<T>::enth_mass_formation() const {
  T h = enth_mass();
  for (Species s : info_->species) h += mass_frac(s) * (enth_mol_formation(port_.contents, s) / molar_mass(s));
  return h + mass_frac(info_->rest) * (enth_mol_formation(port_.contents, info_->rest) / molar_mass(info_->rest));
}

template <class T>
T StreamView<T>::cp_mass() const {
  using namespace props;
  const T& t = temperature();
  const auto vapour = [&] { return mass_frac(H2O) * cp_mass_vap_water<T>({t, pressure_water()}); };
  const auto gas = [&](Species s, Gas g) { return mass_frac(s) * cp_mass_gas(g, t); };
  switch (port_.contents) {
    case Contents::mass:
    case Contents::wet_steam:
    case Contents::hydrogen_chloride: break;
    case Contents::water: return cp_mass_liq_water<T>({t, pressure_sat_water(t)});
    case Contents::steam: return cp_mass_vap_water<T>({t, pressure()});
    case Contents::brine: return cp_mass_brine<T>({t, mass_frac(NaCl)});
    case Contents::caustic: return cp_mass_caustic<T>({t, mass_frac(NaOH)});
    case Contents::acid_brine:
    case Contents::depleted_brine: return (mass_frac(NaCl) + mass_frac(H2O)) * cp_mass_brine<T>({t, solute_frac()});
    case Contents::chlorine_gas: return gas(Cl2, Gas::chlorine) + gas(O2, Gas::oxygen) + vapour();
    case Contents::hydrogen_gas: return gas(H2, Gas::hydrogen) + vapour();
  }
  check(false, "a stream without a temperature is not asked for its heat capacity");
  return T(0.0);
}

template <class T>
T StreamView<T>::pressure_sat_at(const T& t) const {
  switch (port_.contents) {
    case Contents::water:
    case Contents::steam: return props::pressure_sat_water(t);
    case Contents::brine:
    case Contents::acid_brine:
    case Contents::depleted_brine: return props::pressure_sat_brine<T>({t, solute_frac()});
    case Contents::caustic: return props::pressure_sat_caustic<T>({t, mass_frac(NaOH)});
    default: break;
  }
  check(false, "a gas is not asked for the pressure at which it boils");
  return T(0.0);
}

template <class T>
T StreamView<T>::temperature_sat() const {
  return props::temperature_sat_water<T>(is_gas(port_.contents) ? pressure_water() : pressure());
}

template <class T>
T StreamView<T>::temperature_of_state() const {
  return props::temperature_wet_steam<T>({pressure(), x_[port_.enth_mass()]});
}

template <class T>
T StreamView<T>::vapour_frac() const {
  return props::vapour_frac_wet_steam<T>({pressure(), x_[port_.enth_mass()]});
}

template <class T>
T StreamView<T>::vol_mass() const {
  using namespace props;
  switch (port_.contents) {
    case Contents::mass:
    case Contents::wet_steam:
    case Contents::hydrogen_chloride: break;
    case Contents::water: return 1.0 / dens_mass_liq_sat_water(temperature());
    case Contents::steam: return vol_mass_vap_water<T>({temperature(), pressure()});
    case Contents::caustic: return 1.0 / dens_mass_caustic<T>({temperature(), mass_frac(NaOH)});
    case Contents::brine: return 1.0 / dens_mass_brine<T>({temperature(), mass_frac(NaCl)});
    case Contents::acid_brine:
    case Contents::depleted_brine:
      return (mass_frac(NaCl) + mass_frac(H2O)) / dens_mass_brine<T>({temperature(), solute_frac()});
    case Contents::chlorine_gas:
    case Contents::hydrogen_gas: return amount_per_mass(false) * temperature() * kGasConstant / pressure();
  }
  check(false, "a stream without a density is not asked for its volume");
  return T(0.0);
}

#define CASTNER_STREAM_VIEW(T) template class StreamView<T>;
CASTNER_FOR_EACH_SCALAR(CASTNER_STREAM_VIEW)

}  // namespace castner::plant
