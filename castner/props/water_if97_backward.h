// SPDX-License-Identifier: Apache-2.0
/// The temperature of water from pressure and enthalpy, or pressure and entropy, after IAPWS-IF97.
///
/// The backward equations agree with the forward ones within 25 mK (region 1), 10 to 25 mK (region 2); a
/// model that needs both ways consistent solves the forward equations instead. Source [if97]: equations 11,
/// 13, 20 to 27.
#pragma once

#include <optional>

namespace castner::props {

template <class T>
struct PressureEnthalpy {
  T pressure;   ///< [Pa]
  T enth_mass;  ///< [J/kg]
};
template <class T>
struct PressureEntropy {
  T pressure;   ///< [Pa]
  T entr_mass;  ///< [J/(kg K)]
};

/// Region 1, [K].
template <class T>
T temperature_liq_water(const PressureEnthalpy<T>& state);
template <class T>
T temperature_liq_water(const PressureEntropy<T>& state);
/// Region 2, [K]: 2a up to 4 MPa, 2b and 2c above, parted by the line of entropy 5.85 kJ/(kg K). Continuous
/// within the tolerance of the equations only, where subregions meet.
template <class T>
T temperature_vap_water(const PressureEnthalpy<T>& state);
template <class T>
T temperature_vap_water(const PressureEntropy<T>& state);

/// Water, steam or both from the forward equations, for any scalar and without a gap between the phases, where the slope changes. As
/// everywhere in a plant, liquid counts as saturated at its temperature. [K], 273.15 to 1073.15 K, up to 16.5 MPa.
template <class T>
T temperature_wet_steam(const PressureEnthalpy<T>& state);
/// Mass of vapour in wet steam [1], on the line through saturated liquid and vapour: below 0 where subcooled, above 1 where superheated.
template <class T>
T vapour_frac_wet_steam(const PressureEnthalpy<T>& state);

/// The state of water of a given pressure and enthalpy (or entropy).
enum class WaterPhase { liquid, vapour, two_phase, supercritical };
struct WaterFlash {
  WaterPhase phase = WaterPhase::liquid;
  double temperature = 0.0;               ///< [K]
  std::optional<double> vapour_fraction;  ///< [kg/kg]; two-phase only, else empty
  /// False near and above the critical point (region 3) and outside IF97: the temperature is then that of the
  /// nearer region, run on, and must not be shown as a result.
  bool in_range = true;
};
/// Exactly at saturation it is liquid (or vapour at saturated vapour's enthalpy).
WaterFlash flash_water(const PressureEnthalpy<double>& state);
WaterFlash flash_water(const PressureEntropy<double>& state);

}  // namespace castner::props
