// SPDX-License-Identifier: Apache-2.0
/// The table of identities_test: every property function, every enthalpy with its heat capacity, and where to try them.
///
/// A new property is one line here; it is then tested for every scalar, first and second derivatives included.
#pragma once

#include <array>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "castner/numerics/scalar.h"
#include "castner/props/brine.h"
#include "castner/props/caustic.h"
#include "castner/props/caustic_anhydrous.h"
#include "castner/props/chlor_alkali_potential.h"
#include "castner/props/chlorine.h"
#include "castner/props/formation_enthalpy.h"
#include "castner/props/gas.h"
#include "castner/props/laliberte.h"
#include "castner/props/pitzer.h"
#include "castner/props/sulfuric_acid.h"
#include "castner/props/water_if97.h"
#include "castner/props/water_if97_backward.h"

namespace castner::props::identities {

/// Two independent variables: temperature [K] (or pressure [Pa]), and pressure, mass fraction, molality, enthalpy...
/// A property of one variable ignores the second.
using States = std::vector<std::array<double, 2>>;

/// One property under test, callable with each scalar.
struct Property {
  std::string name;
  const States* states;
  std::function<double(double, double)> plain;
  std::function<Dual1(const Dual1&, const Dual1&)> first;
  std::function<Dual2(const Dual2&, const Dual2&)> second;
};
inline void PrintTo(const Property& p, std::ostream* out) { *out << p.name; }  // how a failing test names it
template <class F>
Property property(const char* name, const States& states, F f) {
  return {name, &states, f, f, f};
}
/// An enthalpy [J/...] and the heat capacity that must be its derivative by the first variable.
struct Enthalpy {
  Property enthalpy, heat_capacity;
};

#define CASTNER_OF_STATE(State, function) \
  [](const auto& x, const auto& y) { return function(State<std::remove_cvref_t<decltype(x)>>{x, y}); }
#define CASTNER_OF_ONE(function) [](const auto& x, const auto&) { return function(x); }
#define CASTNER_OF_GAS(function, gas) [](const auto& x, const auto&) { return function(gas, x); }
#define CASTNER_OF_SALT(function, salt) \
  [](const auto& x, const auto& y) { return function(salt, SaltState<std::remove_cvref_t<decltype(x)>>{x, y}); }

// ---- states ---------------------------------------------------------------------------------------------------------
inline const States kLiquid{{280, 1e5},   {300, 3e6}, {300, 80e6}, {363.15, 1.2e5},
                            {448.5, 9e5}, {500, 3e6}, {620, 20e6}};
inline const States kVapour{{300, 3500}, {334, 7000},   {363.15, 31280}, {373.15, 1e5}, {431.2, 146710},
                            {450, 5e5},  {673.15, 1e5}, {700, 30e6},     {1000, 50e6},  {1073.15, 1e4}};
inline const States kSaturation{{275, 0}, {300, 0}, {334, 0}, {373.15, 0}, {448.5, 0}, {500, 0}, {600, 0}, {640, 0}};
inline const States kSaturationPressure{{700, 0}, {7e3, 0}, {1e5, 0}, {9e5, 0}, {1e7, 0}, {20e6, 0}};
inline const States kLineTo3{{623.15, 0}, {700, 0}, {863, 0}};
inline const States kLineTo3Pressure{{17e6, 0}, {40e6, 0}, {90e6, 0}};
inline const States kLiquidEnthalpy{{3e6, 500e3}, {80e6, 500e3}, {80e6, 1500e3}, {1e5, 300e3}};
inline const States kLiquidEntropy{{3e6, 0.5e3}, {80e6, 0.5e3}, {80e6, 3e3}};
inline const States kVapourEnthalpy{{1e3, 3000e3}, {3e6, 3000e3},  {3e6, 4000e3},
                                    {5e6, 3500e3}, {25e6, 3500e3}, {60e6, 2700e3}};
inline const States kVapourEntropy{{1e5, 7.5e3}, {2.5e6, 8e3}, {8e6, 6e3}, {90e6, 6e3}, {20e6, 5.75e3}, {80e6, 5.25e3}};
inline const States kCaustic{{293.15, 0.10}, {298.15, 0.30}, {333.15, 0.05}, {361.15, 0.305}, {361.15, 0.32},
                             {373.15, 0.42}, {393.15, 0.35}, {419.5, 0.50},  {431.2, 0.50},   {423.15, 0.65}};
inline const States kCausticBoiling{{7e3, 0.3676}, {11.7e3, 0.5}, {101325, 0.32}, {101325, 0.5}, {146710, 0.5}};
inline const States kBrine{{283.15, 0.02}, {298.15, 0.10},  {333.15, 0.26},
                           {338.15, 0.26}, {361.15, 0.185}, {373.15, 0.20}};
inline const States kMolal{{278.15, 0.01}, {298.15, 0.1}, {298.15, 1}, {298.15, 6}, {361.15, 3.884}, {373.15, 5}};
inline const States kGas{{220, 0}, {298.15, 0}, {361.15, 0}, {673.15, 0}, {950, 0}};
inline const States kChlorine{{180, 0}, {239.11, 0}, {273.15, 0}, {293.15, 0}, {400, 0}};
inline const States kChlorinePressure{{2e3, 0}, {101325, 0}, {6.8e5, 0}, {5e6, 0}};
inline const States kAcid{{278.15, 0.60}, {293.15, 0.70}, {293.15, 0.80}, {313.15, 0.78}};
inline const States kSolid{{300, 0}, {323.15, 0}, {500, 0}, {590, 0}};
inline const States kMelt{{600, 0}, {653.15, 0}, {673.15, 0}, {950, 0}};

// ---- every property ---------------------------------------------------------------------------------------------------
inline std::vector<Property> all_properties() {
  return {
      property("vol_mass_liq_water", kLiquid, CASTNER_OF_STATE(WaterState, vol_mass_liq_water)),
      property("dens_mass_liq_water", kLiquid, CASTNER_OF_STATE(WaterState, dens_mass_liq_water)),
      property("enth_mass_liq_water", kLiquid, CASTNER_OF_STATE(WaterState, enth_mass_liq_water)),
      property("entr_mass_liq_water", kLiquid, CASTNER_OF_STATE(WaterState, entr_mass_liq_water)),
      property("cp_mass_liq_water", kLiquid, CASTNER_OF_STATE(WaterState, cp_mass_liq_water)),
      property("vol_mass_vap_water", kVapour, CASTNER_OF_STATE(WaterState, vol_mass_vap_water)),
      property("dens_mass_vap_water", kVapour, CASTNER_OF_STATE(WaterState, dens_mass_vap_water)),
      property("enth_mass_vap_water", kVapour, CASTNER_OF_STATE(WaterState, enth_mass_vap_water)),
      property("entr_mass_vap_water", kVapour, CASTNER_OF_STATE(WaterState, entr_mass_vap_water)),
      property("cp_mass_vap_water", kVapour, CASTNER_OF_STATE(WaterState, cp_mass_vap_water)),
      property("pressure_sat_water", kSaturation, CASTNER_OF_ONE(pressure_sat_water)),
      property("temperature_sat_water", kSaturationPressure, CASTNER_OF_ONE(temperature_sat_water)),
      property("enth_mass_liq_sat_water", kSaturation, CASTNER_OF_ONE(enth_mass_liq_sat_water)),
      property("enth_mass_vap_sat_water", kSaturation, CASTNER_OF_ONE(enth_mass_vap_sat_water)),
      property("entr_mass_liq_sat_water", kSaturation, CASTNER_OF_ONE(entr_mass_liq_sat_water)),
      property("entr_mass_vap_sat_water", kSaturation, CASTNER_OF_ONE(entr_mass_vap_sat_water)),
      property("dens_mass_liq_sat_water", kSaturation, CASTNER_OF_ONE(dens_mass_liq_sat_water)),
      property("pressure_boundary_23_water", kLineTo3, CASTNER_OF_ONE(pressure_boundary_23_water)),
      property("temperature_boundary_23_water", kLineTo3Pressure, CASTNER_OF_ONE(temperature_boundary_23_water)),
      property("temperature_liq_water_ph", kLiquidEnthalpy, CASTNER_OF_STATE(PressureEnthalpy, temperature_liq_water)),
      property("temperature_liq_water_ps", kLiquidEntropy, CASTNER_OF_STATE(PressureEntropy, temperature_liq_water)),
      property("temperature_vap_water_ph", kVapourEnthalpy, CASTNER_OF_STATE(PressureEnthalpy, temperature_vap_water)),
      property("temperature_vap_water_ps", kVapourEntropy, CASTNER_OF_STATE(PressureEntropy, temperature_vap_water)),
      property("visc_d_water", kBrine, CASTNER_OF_ONE(visc_d_water)),
      property("dens_mass_water_laliberte", kBrine, CASTNER_OF_ONE(dens_mass_water_laliberte)),
      property("dens_mass_caustic", kCaustic, CASTNER_OF_STATE(CausticState, dens_mass_caustic)),
      property("enth_mass_caustic", kCaustic, CASTNER_OF_STATE(CausticState, enth_mass_caustic)),
      property("cp_mass_caustic", kCaustic, CASTNER_OF_STATE(CausticState, cp_mass_caustic)),
      property("pressure_sat_caustic", kCaustic, CASTNER_OF_STATE(CausticState, pressure_sat_caustic)),
      property("temperature_boil_caustic", kCausticBoiling, CASTNER_OF_STATE(CausticBoiling, temperature_boil_caustic)),
      property("visc_d_caustic", kCaustic, CASTNER_OF_STATE(CausticState, visc_d_caustic)),
      property("activity_water_caustic", kCaustic, CASTNER_OF_STATE(CausticState, activity_water_caustic)),
      property("log_molal_activity_naoh", kCaustic, CASTNER_OF_STATE(CausticState, log_molal_activity_naoh)),
      property("dens_mass_brine", kBrine, CASTNER_OF_STATE(BrineState, dens_mass_brine)),
      property("enth_mass_brine", kBrine, CASTNER_OF_STATE(BrineState, enth_mass_brine)),
      property("cp_mass_brine", kBrine, CASTNER_OF_STATE(BrineState, cp_mass_brine)),
      property("visc_d_brine", kBrine, CASTNER_OF_STATE(BrineState, visc_d_brine)),
      property("activity_water_brine", kBrine, CASTNER_OF_STATE(BrineState, activity_water_brine)),
      property("activity_coefficient_brine", kBrine, CASTNER_OF_STATE(BrineState, activity_coefficient_brine)),
      property("pressure_sat_brine", kBrine, CASTNER_OF_STATE(BrineState, pressure_sat_brine)),
      property("log_molal_activity_nacl", kBrine, CASTNER_OF_STATE(BrineState, log_molal_activity_nacl)),
      property("mass_frac_sat_brine", kBrine, CASTNER_OF_ONE(mass_frac_sat_brine)),
      property("osmotic_coefficient_nacl", kMolal, CASTNER_OF_SALT(osmotic_coefficient, Salt::nacl)),
      property("osmotic_coefficient_naoh", kMolal, CASTNER_OF_SALT(osmotic_coefficient, Salt::naoh)),
      property("log_activity_coefficient_nacl", kMolal, CASTNER_OF_SALT(log_activity_coefficient, Salt::nacl)),
      property("log_activity_coefficient_naoh", kMolal, CASTNER_OF_SALT(log_activity_coefficient, Salt::naoh)),
      property("log_activity_water_nacl", kMolal, CASTNER_OF_SALT(log_activity_water, Salt::nacl)),
      property("debye_hueckel_slope", kMolal, CASTNER_OF_ONE(debye_hueckel_slope)),
      property("cp_mol_chlorine", kGas, CASTNER_OF_GAS(cp_mol_gas, Gas::chlorine)),
      property("enth_mass_hydrogen", kGas, CASTNER_OF_GAS(enth_mass_gas, Gas::hydrogen)),
      property("cp_mass_oxygen", kGas, CASTNER_OF_GAS(cp_mass_gas, Gas::oxygen)),
      property("pressure_sat_chlorine", kChlorine, CASTNER_OF_ONE(pressure_sat_chlorine)),
      property("temperature_sat_chlorine", kChlorinePressure, CASTNER_OF_ONE(temperature_sat_chlorine)),
      property("pressure_sat_sulfuric_acid", kAcid, CASTNER_OF_STATE(SulfuricAcidState, pressure_sat_sulfuric_acid)),
      property("dens_mass_sulfuric_acid", kAcid, CASTNER_OF_STATE(SulfuricAcidState, dens_mass_sulfuric_acid)),
      property("enth_mol_caustic_solid", kSolid, CASTNER_OF_ONE(enth_mol_caustic_solid)),
      property("enth_mol_caustic_melt", kMelt, CASTNER_OF_ONE(enth_mol_caustic_melt)),
      property("standard_potential_chlor_alkali", kMolal, CASTNER_OF_ONE(standard_potential_chlor_alkali)),
  };
}

// ---- every enthalpy with its heat capacity ------------------------------------------------------------------------------
inline std::vector<Enthalpy> all_enthalpies() {
  std::vector<Enthalpy> all{
      {property("liquid water", kLiquid, CASTNER_OF_STATE(WaterState, enth_mass_liq_water)),
       property("", kLiquid, CASTNER_OF_STATE(WaterState, cp_mass_liq_water))},
      {property("steam", kVapour, CASTNER_OF_STATE(WaterState, enth_mass_vap_water)),
       property("", kVapour, CASTNER_OF_STATE(WaterState, cp_mass_vap_water))},
      {property("steam, formation", kVapour, CASTNER_OF_STATE(WaterState, enth_mass_formation_water_vap)),
       property("", kVapour, CASTNER_OF_STATE(WaterState, cp_mass_vap_water))},
      {property("caustic", kCaustic, CASTNER_OF_STATE(CausticState, enth_mass_caustic)),
       property("", kCaustic, CASTNER_OF_STATE(CausticState, cp_mass_caustic))},
      {property("caustic, formation", kCaustic, CASTNER_OF_STATE(CausticState, enth_mass_formation_caustic)),
       property("", kCaustic, CASTNER_OF_STATE(CausticState, cp_mass_caustic))},
      {property("brine", kBrine, CASTNER_OF_STATE(BrineState, enth_mass_brine)),
       property("", kBrine, CASTNER_OF_STATE(BrineState, cp_mass_brine))},
      {property("brine, formation", kBrine, CASTNER_OF_STATE(BrineState, enth_mass_formation_brine)),
       property("", kBrine, CASTNER_OF_STATE(BrineState, cp_mass_brine))},
      {property("solid NaOH", kSolid, CASTNER_OF_ONE(enth_mol_caustic_solid)),
       property("", kSolid, CASTNER_OF_ONE(cp_mol_caustic_solid))},
      {property("molten NaOH", kMelt, CASTNER_OF_ONE(enth_mol_caustic_melt)),
       property("", kMelt, CASTNER_OF_ONE(cp_mol_caustic_melt))},
  };
  for (Gas gas : {Gas::chlorine, Gas::hydrogen, Gas::oxygen, Gas::nitrogen, Gas::hydrogen_chloride, Gas::water}) {
    const auto h = [gas](const auto& x, const auto&) { return enth_mass_formation_gas(gas, x); };
    const auto cp = [gas](const auto& x, const auto&) { return cp_mass_gas(gas, x); };
    all.push_back({property("gas", kGas, h), property("", kGas, cp)});
  }
  return all;
}

}  // namespace castner::props::identities
