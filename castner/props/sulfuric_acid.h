// SPDX-License-Identifier: Apache-2.0
/// Drying acid: water vapour pressure above sulfuric acid, and its density.
#pragma once

namespace castner::props {

template <class T>
struct SulfuricAcidState {
  T temperature;      ///< [K]
  T mass_frac_h2so4;  ///< [1]
};

/// Partial pressure of water above the acid [Pa].
/// Range  57.7 to 98 % H2SO4, 0 to 60 degC; rms error 9 %, largest 22 %; sources disagree by 2.7 times at 90
/// %. Source [zeleznik-1991], polynomial of docs/domain/properties.md 6.7.
template <class T>
T pressure_sat_sulfuric_acid(const SulfuricAcidState<T>& state);

/// [kg/m3]. Range up to 80 % H2SO4 (1.1 % high at 85 %, 6.6 % at 96 %), 0 to 90 degC. Source
/// [laliberte-2009].
template <class T>
T dens_mass_sulfuric_acid(const SulfuricAcidState<T>& state);

}  // namespace castner::props
