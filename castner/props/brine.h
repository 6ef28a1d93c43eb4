// SPDX-License-Identifier: Apache-2.0
/// Sodium chloride solutions: density, enthalpy, heat capacity, vapour pressure, activities, viscosity,
/// solubility.
///
/// Total and smooth for any scalar of numerics/scalar.h; ranges in range.h. Mass fractions count NaCl and
/// water only. Sources [sparrow-2003] Desalination 159:161 (density, enthalpy, solubility); Pitzer (pitzer.h)
/// for activities; [laliberte-2009] for viscosity. Check values: docs/domain/properties.md 6.2 to
/// 6.4, in solutions_validation_test.cpp.
#pragma once

namespace castner::props {

template <class T>
struct BrineState {
  T temperature;     ///< [K]
  T mass_frac_nacl;  ///< [kg NaCl / kg (NaCl + H2O)]
};

template <class T>
T dens_mass_brine(const BrineState<T>& state);  ///< [kg/m3]
/// [J/kg] of solution; liquid water at 0 degC is 0 (within 0.5 kJ/kg). With reactions use
/// formation_enthalpy.h.
template <class T>
T enth_mass_brine(const BrineState<T>& state);
template <class T>
T cp_mass_brine(const BrineState<T>& state);  ///< [J/(kg K)], exact derivative of the enthalpy
template <class T>
T visc_d_brine(const BrineState<T>& state);  ///< [Pa s]

/// Activity of water [1] by Pitzer; mass fraction > 0.
template <class T>
T activity_water_brine(const BrineState<T>& state);
/// Vapour pressure of water above brine [Pa] = activity of water * IF97 saturation pressure.
template <class T>
T pressure_sat_brine(const BrineState<T>& state);
/// Mean activity coefficient of NaCl [1], molal scale.
template <class T>
T activity_coefficient_brine(const BrineState<T>& state);
/// ln(m gamma) of NaCl, m in mol/kg water.
template <class T>
T log_molal_activity_nacl(const BrineState<T>& state);

/// Mass fraction of NaCl in saturated brine [1].
template <class T>
T mass_frac_sat_brine(const T& temperature);
/// Molality [mol NaCl / kg water] of a solution.
template <class T>
T molality_nacl(const T& mass_frac_nacl);

}  // namespace castner::props
