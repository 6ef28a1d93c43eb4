// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "castner/numerics/scalar.h"
#include "castner/props/water_if97.h"
#include "castner/props/water_if97_backward.h"

namespace castner::props {
namespace {

constexpr double kTemperature13 = 623.15;  // [K], top of region 1 and, below the boundary line, of saturation here
constexpr double kLowest = 273.15, kHighest = 1073.15;  // [K]
constexpr double kPressureMax = 100e6;                  // [Pa]
constexpr double kPressureTriple = 611.213;             // [Pa], saturation pressure at 273.15 K

/// The difference between the two flashes: the quantity beside the pressure, forward and backward.
struct Enthalpy {
  static double liquid(double t, double p) { return enth_mass_liq_water<double>({.temperature = t, .pressure = p}); }
  static double vapour(double t, double p) { return enth_mass_vap_water<double>({.temperature = t, .pressure = p}); }
  static PressureEnthalpy<double> state(double p, double x) { return {.pressure = p, .enth_mass = x}; }
};
struct Entropy {
  static double liquid(double t, double p) { return entr_mass_liq_water<double>({.temperature = t, .pressure = p}); }
  static double vapour(double t, double p) { return entr_mass_vap_water<double>({.temperature = t, .pressure = p}); }
  static PressureEntropy<double> state(double p, double x) { return {.pressure = p, .entr_mass = x}; }
};

template <class Quantity>
WaterFlash flash(double p, double x) {
  const double saturated_limit = pressure_sat_water(kTemperature13);
  const bool meets_saturation = p <= saturated_limit;
  const double t_liquid = meets_saturation ? temperature_sat_water(p) : kTemperature13;
  const double t_vapour = meets_saturation ? t_liquid : temperature_boundary_23_water(p);
  const double liquid = Quantity::liquid(t_liquid, p), vapour = Quantity::vapour(t_vapour, p);

  WaterFlash f;
  f.in_range = p >= kPressureTriple && p <= kPressureMax;
  const bool nearer_liquid = x - liquid <= vapour - x;
  if (x <= liquid || (!meets_saturation && x < vapour && nearer_liquid)) {
    f.phase = x <= liquid ? WaterPhase::liquid : WaterPhase::supercritical;
    f.temperature = temperature_liq_water<double>(Quantity::state(p, x));
    f.in_range = f.in_range && x <= liquid && x >= Quantity::liquid(kLowest, p);
  } else if (x >= vapour || !meets_saturation) {
    f.phase = x >= vapour ? WaterPhase::vapour : WaterPhase::supercritical;
    f.temperature = temperature_vap_water<double>(Quantity::state(p, x));
    f.in_range = f.in_range && x >= vapour && x <= Quantity::vapour(kHighest, p);
  } else {
    f.phase = WaterPhase::two_phase;
    f.temperature = t_liquid;
    f.vapour_fraction = (x - liquid) / (vapour - liquid);
  }
  return f;
}

/// Where `enthalpy`, a rising function of temperature, has a value; on along its tangent beyond 0 and 800 degC. @param near [K]
template <class T, class Enthalpy>
T temperature_of_enthalpy(const T& wanted, double near, Enthalpy enthalpy) {
  const double h = value_of(wanted);
  const auto slope_at = [&](double t) { return (enthalpy(T(t + 0.01)) - enthalpy(T(t - 0.01))) * 50.0; };
  for (const double end : {kLowest, kHighest})
    if ((h < value_of(enthalpy(T(end)))) == (end < near)) return (wanted - enthalpy(T(end))) / slope_at(end) + end;
  double t = near;
  for (int k = 0; k < 8; ++k)
    t = std::clamp(t - (value_of(enthalpy(T(t))) - h) / value_of(slope_at(t)), kLowest, kHighest);
  const double slope = value_of(slope_at(t));
  T exact(t);  // each step makes one more order of derivative exact
  for (int k = 0; k < 3; ++k) exact = exact - (enthalpy(exact) - wanted) * (1.0 / slope);
  return exact;
}

}  // namespace

template <class T>
T temperature_wet_steam(const PressureEnthalpy<T>& state) {
  const T& p = state.pressure;
  const T& h = state.enth_mass;
  const T saturated = temperature_sat_water(p);
  const double t = value_of(saturated);
  // Zero times what does not count in a phase: whoever asks what the temperature depends on, asks in one phase for all.
  const T nothing = (p + h) * 0.0;
  if (value_of(h) <= enth_mass_liq_sat_water(t))
    return nothing + temperature_of_enthalpy(h, t, [](const T& x) { return enth_mass_liq_sat_water(x); });
  if (value_of(h) >= enth_mass_vap_sat_water(t))
    return nothing + temperature_of_enthalpy(h, t, [&](const T& x) { return enth_mass_vap_water<T>({x, p}); });
  return nothing + saturated;
}

template <class T>
T vapour_frac_wet_steam(const PressureEnthalpy<T>& state) {
  const T saturated = temperature_sat_water(state.pressure);
  const T liquid = enth_mass_liq_sat_water(saturated);
  return (state.enth_mass - liquid) / (enth_mass_vap_sat_water(saturated) - liquid);
}

#define CASTNER_INSTANTIATE(T)                                  \
  template T temperature_wet_steam(const PressureEnthalpy<T>&); \
  template T vapour_frac_wet_steam(const PressureEnthalpy<T>&);
CASTNER_FOR_EACH_SCALAR(CASTNER_INSTANTIATE)
#undef CASTNER_INSTANTIATE

WaterFlash flash_water(const PressureEnthalpy<double>& state) {
  return flash<Enthalpy>(state.pressure, state.enth_mass);
}
WaterFlash flash_water(const PressureEntropy<double>& state) { return flash<Entropy>(state.pressure, state.entr_mass); }

}  // namespace castner::props
