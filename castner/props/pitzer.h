// SPDX-License-Identifier: Apache-2.0
/// Activities in a solution of one 1-1 salt by Pitzer's equations: osmotic coefficient, activity coefficient,
/// water.
///
/// Total and smooth for molality > 0, any scalar of numerics/scalar.h. At molality 0 use the limits (1, ln 1
/// = 0): the derivatives with respect to molality are infinite there (square-root law). Source
/// [silvester-pitzer-1977] as stated in docs/domain/properties.md 6.4; alpha = 2, b = 1.2 (kg/mol)^0.5. Range  NaCl 0
/// to 110 degC, 6 mol/kg (saturation); NaOH 0 to 100 degC, 6 mol/kg.
#pragma once

namespace castner::props {

enum class Salt { nacl, naoh };

template <class T>
struct SaltState {
  T temperature;  ///< [K]
  T molality;     ///< [mol salt / kg water]
};

template <class T>
T debye_hueckel_slope(const T& temperature);  ///< A_phi [(kg/mol)^0.5]
template <class T>
T osmotic_coefficient(Salt salt, const SaltState<T>& state);  ///< phi [1]
template <class T>
T log_activity_coefficient(Salt salt, const SaltState<T>& state);  ///< ln gamma+- [1], molal scale
template <class T>
T log_activity_water(Salt salt, const SaltState<T>& state);  ///< ln a_w [1]

}  // namespace castner::props
