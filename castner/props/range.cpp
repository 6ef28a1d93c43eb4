// SPDX-License-Identifier: Apache-2.0
#include "castner/props/range.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "castner/base/check.h"
#include "castner/props/brine.h"
#include "castner/props/caustic.h"
#include "castner/props/constants.h"
#include "castner/props/water_if97.h"

namespace castner::props {
namespace {

using enum Correlation;

constexpr std::array<CorrelationInfo, 23> kInfo{{
    {water_liquid, "liquid water", "if97", "0 to 350 degC, saturation pressure to 100 MPa"},
    {water_vapour, "steam", "if97", "0 to 800 degC, up to saturation pressure, the region 3 boundary or 100 MPa"},
    {water_saturation, "saturated water", "if97", "0 to 373.946 degC, 611.213 Pa to 22.064 MPa"},
    {water_viscosity, "viscosity of water", "laliberte-2009", "0 to 100 degC (a guess)"},
    {caustic_density, "density of caustic", "olsson-1997",
     "0 to 200 degC, NaOH 2 % to 41.8 % at 0 to 20 degC, 50 % to 60 degC, 70 % to 150 degC, 80 % above (a "
     "guess: that "
     "of the vapour pressure)"},
    {caustic_enthalpy, "enthalpy of caustic", "olsson-1997",
     "0 to 204 degC, NaOH 2 % to 22 % at 4 degC, 46 % at 26 degC, 56 % at 37 degC, 70 % at 71 degC, 78 % "
     "above 93 degC"},
    {caustic_vapour_pressure, "vapour pressure of caustic", "olsson-1997",
     "0 to 200 degC, NaOH 2 % to 41.8 % at 0 to 20 degC, 50 % to 60 degC, 70 % to 150 degC, 80 % above"},
    {caustic_viscosity, "viscosity of caustic", "laliberte-2009",
     "0 to 90 degC (measurements to 70 degC), NaOH 0 to 56 %"},
    {caustic_activity, "activity of NaOH in caustic", "domain-reference", "60 to 100 degC, NaOH 15 to 52 %"},
    {caustic_pitzer, "activity of NaOH, dilute", "silvester-pitzer-1977", "0 to 100 degC, up to 6 mol NaOH/kg water"},
    {brine_density, "density of brine", "sparrow-2003", "0 to 300 degC (limits remembered), NaCl 0 to saturation"},
    {brine_enthalpy, "enthalpy of brine", "sparrow-2003", "0 to 300 degC (limits remembered), NaCl 0 to saturation"},
    {brine_activity, "activities in brine", "silvester-pitzer-1977",
     "0 to 110 degC, up to 6 mol NaCl/kg water (25.96 %)"},
    {brine_viscosity, "viscosity of brine", "laliberte-2009", "5 to 154 degC, NaCl 0 to 26.4 % (limits remembered)"},
    {brine_solubility, "solubility of NaCl", "sparrow-2003", "0 to 110 degC (a guess; checked to 100 degC)"},
    {ideal_gas, "density of gas", "ideal-gas", "200 to 1000 K, up to 300 kPa (chlorine 1.5 % low at 120 kPa)"},
    {gas_heat_capacity, "heat capacity of gas", "nasa-gas", "200 to 1000 K"},
    {hydrogen_chloride_heat_capacity, "heat capacity of hydrogen chloride", "nasa-gas", "300 to 1000 K"},
    {chlorine_saturation, "boiling of chlorine", "dippr-101", "172 to 417 K"},
    {sulfuric_acid_vapour_pressure, "water vapour over sulfuric acid", "zeleznik-1991",
     "0 to 60 degC, H2SO4 57.7 to 98 %"},
    {sulfuric_acid_density, "density of sulfuric acid", "laliberte-2009", "0 to 90 degC (a guess), H2SO4 0 to 80 %"},
    {caustic_solid, "solid NaOH", "nasa-condensed", "298.15 to 596 K"},
    {caustic_melt, "molten NaOH", "nasa-condensed", "596 to 1000 K"},
}};

constexpr double kSlack = 1e-9;  // relative: what a unit conversion may lose at the very edge of a range

/// Collects the first limit that is left.
class Limits {
 public:
  explicit Limits(const StatePoint& s) : state_(s) {}

  Limits& temperature(double low, double high) { return between(temperature_of, state_.temperature, low, high); }
  Limits& celsius(double low, double high) { return temperature(low + kZeroCelsius, high + kZeroCelsius); }
  Limits& pressure(double low, double high) { return between(pressure_of, state_.pressure, low, high); }
  Limits& mass_frac(double low, double high) { return between(mass_frac_of, state_.mass_frac, low, high); }
  std::optional<RangeLeft> left() const { return left_; }

 private:
  static constexpr auto temperature_of = RangeLeft::Quantity::temperature, pressure_of = RangeLeft::Quantity::pressure,
                        mass_frac_of = RangeLeft::Quantity::mass_frac;

  Limits& between(RangeLeft::Quantity quantity, const std::optional<double>& value, double low, double high) {
    if (left_) return *this;
    if (!value || std::isnan(*value))
      left_ = {quantity, std::nan(""), low};
    else if (*value < low - kSlack * std::fabs(low))
      left_ = {quantity, *value, low};
    else if (*value > high + kSlack * std::fabs(high))
      left_ = {quantity, *value, high};
    return *this;
  }

  StatePoint state_;
  std::optional<RangeLeft> left_;
};

/// Weakest water fraction allowed up to a temperature; [olsson-1997] tables of validity.
struct Step {
  double celsius;
  double water;
};
constexpr std::array<Step, 5> kVapourSteps{{{20, .582}, {60, .500}, {70, .353}, {150, .300}, {200, .200}}};
constexpr std::array<Step, 11> kEnthalpySteps{{{4, .78},
                                               {10, .68},
                                               {15, .58},
                                               {26, .54},
                                               {37, .44},
                                               {48, .40},
                                               {60, .34},
                                               {71, .30},
                                               {82, .28},
                                               {93, .24},
                                               {204, .22}}};
constexpr double kWeakestCaustic = 0.02;  // below, activities do not tend to 1 and partial enthalpies are noise

template <std::size_t N>
Limits& caustic(Limits& limits, const std::array<Step, N>& steps, const StatePoint& s) {
  const double t = s.temperature.value_or(0.0) - kZeroCelsius;
  double water = steps.back().water;
  for (std::size_t k = N; k-- > 0;)
    if (t < steps[k].celsius * (1.0 - kSlack)) water = steps[k].water;  // at an edge the wider step holds
  return limits.celsius(0.0, steps.back().celsius).mass_frac(kWeakestCaustic, 1.0 - water);
}

double pressure_top_vapour(double t) {
  constexpr double kPressureMax = 100e6;
  if (t <= 623.15) return pressure_sat_water(t);
  return t <= 863.15 ? pressure_boundary_23_water(t) : kPressureMax;
}
double saturated_brine(double t) { return mass_frac_sat_brine(t); }
/// Mass fraction of a salt at 6 mol/kg water.
double six_molal(double molar_mass) { return 6.0 * molar_mass / (1.0 + 6.0 * molar_mass); }

}  // namespace

const CorrelationInfo& correlation_info(Correlation c) {
  const auto& info = kInfo[static_cast<std::size_t>(c)];
  check(info.correlation == c, "table of correlations follows the order of the enum");
  return info;
}
std::span<const CorrelationInfo> all_correlations() { return kInfo; }

std::optional<RangeLeft> range_left(Correlation c, const StatePoint& s) {
  Limits limits(s);
  const double t = s.temperature.value_or(0.0);
  switch (c) {
    case water_liquid: return limits.temperature(273.15, 623.15).pressure(pressure_sat_water(t), 100e6).left();
    case water_vapour: return limits.temperature(273.15, 1073.15).pressure(0.0, pressure_top_vapour(t)).left();
    case water_saturation:
      return (s.temperature ? limits.temperature(273.15, 647.096) : limits.pressure(611.213, 22.064e6)).left();
    case water_viscosity: return limits.celsius(0, 100).left();
    case caustic_density: return caustic(limits, kVapourSteps, s).left();
    case caustic_enthalpy: return caustic(limits, kEnthalpySteps, s).left();
    case caustic_vapour_pressure: return caustic(limits, kVapourSteps, s).left();
    case caustic_viscosity: return limits.celsius(0, 90).mass_frac(0.0, 0.56).left();
    case caustic_activity: return limits.celsius(60, 100).mass_frac(0.15, 0.52).left();
    case caustic_pitzer: return limits.celsius(0, 100).mass_frac(0.0, six_molal(kMolarMassNaOH)).left();
    case brine_density:
    case brine_enthalpy: return limits.celsius(0, 300).mass_frac(0.0, saturated_brine(t)).left();
    case brine_activity: return limits.celsius(0, 110).mass_frac(0.0, six_molal(kMolarMassNaCl)).left();
    case brine_viscosity: return limits.celsius(5, 154).mass_frac(0.0, 0.264).left();
    case brine_solubility: return limits.celsius(0, 110).left();
    case ideal_gas: return limits.temperature(200, 1000).pressure(0.0, 300e3).left();
    case gas_heat_capacity: return limits.temperature(200, 1000).left();
    case hydrogen_chloride_heat_capacity: return limits.temperature(300, 1000).left();
    case chlorine_saturation: return limits.temperature(172, 417).left();
    case sulfuric_acid_vapour_pressure: return limits.celsius(0, 60).mass_frac(0.577, 0.98).left();
    case sulfuric_acid_density: return limits.celsius(0, 90).mass_frac(0.0, 0.80).left();
    case caustic_solid: return limits.temperature(298.15, 596).left();
    case caustic_melt: return limits.temperature(596, 1000).left();
  }
  check(false, "every correlation has its limits");
  return std::nullopt;
}

std::optional<std::string> outside_range(Correlation c, const StatePoint& s) {
  struct Words {
    const char *name, *unit;
  };
  constexpr std::array<Words, 3> kWords{{{"temperature", " K"}, {"pressure", " Pa"}, {"mass fraction", ""}}};
  const auto left = range_left(c, s);
  if (!left) return std::nullopt;
  const auto& [name, unit] = kWords[static_cast<std::size_t>(left->quantity)];
  if (std::isnan(left->value)) return fmt::format("{} is missing", name);
  return fmt::format("{} {:.6g}{} is {:.3g}{} {} the limit of {:.6g}{}", name, left->value, unit,
                     std::fabs(left->value - left->limit), unit, left->value < left->limit ? "below" : "above",
                     left->limit, unit);
}

}  // namespace castner::props
