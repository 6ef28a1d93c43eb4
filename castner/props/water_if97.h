// SPDX-License-Identifier: Apache-2.0
/// Water and steam after IAPWS-IF97: liquid (region 1), vapour (region 2) and their saturation curve (region
/// 4).
///
/// Every function takes any scalar of numerics/scalar.h and runs on smoothly outside its region, since a
/// solver may pass through; range.h decides whether a result may be shown. None throws, clamps or logs.
/// Source [if97]: IAPWS R7-97(2012). Check values: tables 5, 7, 9, 15, 24, 29, 35, 36 in
/// tests/validation/if97.
#pragma once

namespace castner::props {

template <class T>
struct WaterState {
  T temperature;  ///< [K]
  T pressure;     ///< [Pa]
};

/// Everything one evaluation of the Gibbs energy yields.
template <class T>
struct WaterProperties {
  T vol_mass;    ///< [m3/kg]
  T enth_mass;   ///< [J/kg], liquid at the triple point has internal energy 0
  T entr_mass;   ///< [J/(kg K)]
  T cp_mass;     ///< [J/(kg K)]
  T gibbs_mass;  ///< [J/kg]
};

// ---- region 1: liquid, 273.15 to 623.15 K, saturation pressure to 100 MPa
// ------------------------------------------
template <class T>
WaterProperties<T> properties_liq_water(const WaterState<T>& state);
template <class T>
T vol_mass_liq_water(const WaterState<T>& state);  ///< [m3/kg]
template <class T>
T dens_mass_liq_water(const WaterState<T>& state);  ///< [kg/m3]
template <class T>
T enth_mass_liq_water(const WaterState<T>& state);  ///< [J/kg]
template <class T>
T entr_mass_liq_water(const WaterState<T>& state);  ///< [J/(kg K)]
template <class T>
T cp_mass_liq_water(const WaterState<T>& state);  ///< [J/(kg K)]

// ---- region 2: vapour, 273.15 to 1073.15 K, up to the saturation pressure, the boundary to region 3, or 100
// MPa -----
template <class T>
WaterProperties<T> properties_vap_water(const WaterState<T>& state);
template <class T>
T vol_mass_vap_water(const WaterState<T>& state);  ///< [m3/kg]
template <class T>
T dens_mass_vap_water(const WaterState<T>& state);  ///< [kg/m3]
template <class T>
T enth_mass_vap_water(const WaterState<T>& state);  ///< [J/kg]; in a gas mixture: at the partial pressure
template <class T>
T entr_mass_vap_water(const WaterState<T>& state);  ///< [J/(kg K)]
template <class T>
T cp_mass_vap_water(const WaterState<T>& state);  ///< [J/(kg K)]

// ---- region 4: saturation, 273.15 to 647.096 K (611.213 Pa to 22.064 MPa)
// --------------------------------------------
template <class T>
T pressure_sat_water(const T& temperature);  ///< [Pa], equation 30
template <class T>
T temperature_sat_water(const T& pressure);  ///< [K], equation 31

// ---- along the saturation curve: region 1 or 2 at the saturation pressure, 273.15 to 623.15 K
// -------------------------
template <class T>
T enth_mass_liq_sat_water(const T& temperature);  ///< [J/kg]
template <class T>
T enth_mass_vap_sat_water(const T& temperature);  ///< [J/kg]
template <class T>
T entr_mass_liq_sat_water(const T& temperature);  ///< [J/(kg K)]
template <class T>
T entr_mass_vap_sat_water(const T& temperature);  ///< [J/(kg K)]
template <class T>
T dens_mass_liq_sat_water(const T& temperature);  ///< [kg/m3]

// ---- boundary between regions 2 and 3, 623.15 to 863.15 K
// --------------------------------------------------------------
template <class T>
T pressure_boundary_23_water(const T& temperature);  ///< [Pa], equation 5
template <class T>
T temperature_boundary_23_water(const T& pressure);  ///< [K], equation 6

}  // namespace castner::props
