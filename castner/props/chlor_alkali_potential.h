// SPDX-License-Identifier: Apache-2.0
/// The least voltage a membrane chlor-alkali cell needs: standard, reversible and thermoneutral.
///
/// Reaction per electron: NaCl(anolyte) + H2O(catholyte) + t_w H2O(anolyte)
///                        -> NaOH(catholyte) + 1/2 H2 + 1/2 Cl2 + t_w H2O(catholyte).
/// Source docs/domain/electrolyser.md 2.1 (CODATA formation values; heat capacity change from NBS). Any scalar.
#pragma once

namespace castner::props {

template <class T>
T standard_potential_chlor_alkali(const T& temperature);  ///< E0 [V]
template <class T>
T thermoneutral_potential_chlor_alkali(const T& temperature);  ///< standard, [V]

template <class T>
struct CellThermodynamics {
  T temperature;               ///< [K]
  T log_molal_activity_naoh;   ///< ln(m gamma) of the catholyte [1]
  T log_molal_activity_nacl;   ///< ln(m gamma) of the anolyte [1]
  T activity_water_catholyte;  ///< [1]
  T activity_water_anolyte;    ///< [1]
  T pressure_hydrogen;         ///< partial pressure, total less water [Pa]
  T pressure_chlorine;         ///< partial pressure, dry fraction of Cl2 * (total less water) [Pa]
  T water_transport;           ///< t_w [mol H2O / mol Na+]
};
/// Reversible cell voltage [V], membrane potential and electro-osmotic water included.
template <class T>
T reversible_potential_chlor_alkali(const CellThermodynamics<T>& cell);

}  // namespace castner::props
