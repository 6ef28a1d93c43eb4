// SPDX-License-Identifier: Apache-2.0
/// Dry gases of a chlor-alkali plant as ideal gases: heat capacity and enthalpy (NASA polynomials).
///
/// Range  200 to 1000 K (HCl 300 to 1000 K). Total and smooth for any scalar of numerics/scalar.h.
/// Source [nasa-gas] NASA seven-coefficient polynomials as in Cantera's nasa_gas data; docs/domain/properties.md 6.6.
/// Water vapour in cell gas is *not* taken from here but from IF97 at its partial pressure
/// (formation_enthalpy.h), so that it agrees with the steam and condensate of the plant; Gas::water is for
/// checks.
#pragma once

namespace castner::props {

enum class Gas { chlorine, hydrogen, oxygen, nitrogen, hydrogen_chloride, water };

double molar_mass_gas(Gas gas);  ///< [kg/mol]
template <class T>
T cp_mol_gas(Gas gas, const T& temperature);  ///< [J/(mol K)]
template <class T>
T enth_mol_gas(Gas gas, const T& temperature);  ///< [J/mol], elements at 25 degC are 0
template <class T>
T cp_mass_gas(Gas gas, const T& temperature);  ///< [J/(kg K)]
template <class T>
T enth_mass_gas(Gas gas, const T& temperature);  ///< [J/kg], elements at 25 degC are 0

struct IdealGasState {
  double temperature;  ///< [K]
  double pressure;     ///< [Pa]
};
double dens_mass_gas(Gas gas, const IdealGasState& state);  ///< [kg/m3]

}  // namespace castner::props
