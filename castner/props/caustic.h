// SPDX-License-Identifier: Apache-2.0
/// Sodium hydroxide solutions: density, enthalpy, vapour pressure, boiling point, viscosity and activities.
///
/// Total and smooth for any scalar of numerics/scalar.h; ranges in range.h. The correlations lose their
/// meaning below 2 % NaOH (the activity of water does not tend to exactly 1). Sources [olsson-1997] Int. J.
/// Thermophys. 18:779; [laliberte-2009] J. Chem. Eng. Data 54. Check values:
/// docs/domain/properties.md 6.1 and 6.2, in solutions_validation_test.cpp.
#pragma once

namespace castner::props {

template <class T>
struct CausticState {
  T temperature;     ///< [K]
  T mass_frac_naoh;  ///< [kg NaOH / kg (NaOH + H2O)]
};

template <class T>
T dens_mass_caustic(const CausticState<T>& state);  ///< [kg/m3]
/// [J/kg] of solution; liquid water at 0 degC is 0. For balances with reactions use formation_enthalpy.h.
template <class T>
T enth_mass_caustic(const CausticState<T>& state);
template <class T>
T cp_mass_caustic(const CausticState<T>& state);  ///< [J/(kg K)], exact derivative of the enthalpy
template <class T>
T pressure_sat_caustic(const CausticState<T>& state);  ///< [Pa], water above the solution
template <class T>
T visc_d_caustic(const CausticState<T>& state);  ///< [Pa s]

template <class T>
struct CausticBoiling {
  T pressure;        ///< [Pa]
  T mass_frac_naoh;  ///< [1]
};
/// Boiling temperature [K]: the explicit and exact inverse of pressure_sat_caustic.
template <class T>
T temperature_boil_caustic(const CausticBoiling<T>& state);

/// Activity of water [1] = pressure_sat_caustic / pressure_sat_water.
template <class T>
T activity_water_caustic(const CausticState<T>& state);

/// ln(m gamma) of NaOH, m in mol/kg water, gamma the mean activity coefficient [1].
/// Range  15 to 52 % NaOH, 60 to 100 degC; fitted error at most 0.0042, that is 0.27 mV in the reversible
/// voltage. Source docs/domain/electrolyser.md 2.1: Gibbs-Duhem from Olsson's vapour pressure, anchored at 3 mol/kg with
/// Pitzer's NaOH.
template <class T>
T log_molal_activity_naoh(const CausticState<T>& state);

/// Molality [mol NaOH / kg water] of a solution.
template <class T>
T molality_naoh(const T& mass_frac_naoh);

}  // namespace castner::props
