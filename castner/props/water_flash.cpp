// SPDX-License-Identifier: Apache-2.0
#include <cmath>

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

}  // namespace

WaterFlash flash_water(const PressureEnthalpy<double>& state) {
  return flash<Enthalpy>(state.pressure, state.enth_mass);
}
WaterFlash flash_water(const PressureEntropy<double>& state) { return flash<Entropy>(state.pressure, state.entr_mass); }

}  // namespace castner::props
