// SPDX-License-Identifier: Apache-2.0
/// The saturation of chlorine: its vapour pressure, and the temperature at which it boils.
///
/// Source [dippr-101] equation 101, docs/domain/properties.md 6.6; 172 to 417 K. Total and smooth for any scalar.
#pragma once

namespace castner::props {

template <class T>
T pressure_sat_chlorine(const T& temperature);  ///< [Pa]
/// [K], the inverse, by Newton in ln p; derivatives are those of the implicit function. NaN for pressure <=
/// 0. Exact (to rounding) from 1 kPa to 7.7 MPa.
template <class T>
T temperature_sat_chlorine(const T& pressure);

}  // namespace castner::props
