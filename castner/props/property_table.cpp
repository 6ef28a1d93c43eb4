// SPDX-License-Identifier: Apache-2.0
// The rows of `castner property`: which properties a substance has, from which states, by which correlation:
//  1. A row holds substance, property, unit, the sets of states that it accepts, what its zero is, its correlations,
//     and a function.
//  2. judged() gives a value its correlation and, if the state is outside that correlation's range, says so.
//  3. Water finds its phase first: the missing one of temperature and pressure is that of saturation.
//  4. Solutions, gases and dry caustic have the same rows for each substance (adder, add_gas, add_dry_caustic).
//  5. property_table_markdown writes the rows as the table of docs/reference/property.md, which a test compares.
#include "castner/props/property_table.h"

#include <fmt/format.h>

#include <cmath>

#include "castner/props/brine.h"
#include "castner/props/caustic.h"
#include "castner/props/caustic_anhydrous.h"
#include "castner/props/chlorine.h"
#include "castner/props/constants.h"
#include "castner/props/gas.h"
#include "castner/props/laliberte.h"
#include "castner/props/pitzer.h"
#include "castner/props/sulfuric_acid.h"
#include "castner/props/water_if97.h"
#include "castner/props/water_if97_backward.h"

namespace castner::props {
namespace {

using namespace props;
using enum Correlation;
using State = PropertyState;
using Value = PropertyValue;

constexpr std::string_view kAtSolution = "temperature mass_frac";
constexpr std::string_view kElements = "counted from the elements at 25 degC";
constexpr std::string_view kWaterAt0 = "counted from liquid water at 0 degC";
constexpr std::string_view kTriplePoint = "counted from liquid water at its triple point";

/// A value of one correlation, judged by that correlation's range.
Value judged(double value, Correlation c, const State& s) {
  return {value, c, outside_range(c, {s.temperature, s.pressure, s.mass_frac}), std::nullopt};
}
/// A row whose correlation never changes.
template <class F>
std::function<Value(const State&)> by(Correlation c, F f) {
  return [c, f](const State& s) { return judged(f(s), c, s); };
}

// ---- water ----------------------------------------------------------------------------------------------------------

/// Temperature and pressure, the missing one taken from saturation, and the phase that was meant or found.
struct WaterPoint {
  WaterState<double> state;
  Phase phase;
};
WaterPoint water_point(const State& s) {
  if (!s.pressure) return {{*s.temperature, pressure_sat_water(*s.temperature)}, *s.phase};
  if (!s.temperature) return {{temperature_sat_water(*s.pressure), *s.pressure}, *s.phase};
  const double t = *s.temperature, p = *s.pressure;
  constexpr double kEndOfLiquid = 623.15, kSlack = 1e-9;  // exactly at saturation it is liquid
  const bool liquid = t <= kEndOfLiquid && p >= pressure_sat_water(t) * (1.0 - kSlack);
  return {{t, p}, s.phase.value_or(liquid ? Phase::liquid : Phase::vapour)};
}
using WaterFunction = double (*)(const WaterState<double>&);
std::function<Value(const State&)> by_phase(WaterFunction liquid, WaterFunction vapour) {
  return [liquid, vapour](const State& s) {
    const auto w = water_point(s);
    const bool is_liquid = w.phase == Phase::liquid;
    return judged(is_liquid ? liquid(w.state) : vapour(w.state), is_liquid ? water_liquid : water_vapour,
                  {.temperature = w.state.temperature, .pressure = w.state.pressure});
  };
}

Value water_temperature(const State& s) {
  const auto f = s.enth_mass ? flash_water(PressureEnthalpy<double>{*s.pressure, *s.enth_mass})
                             : flash_water(PressureEntropy<double>{*s.pressure, *s.entr_mass});
  Value v;
  v.value = f.temperature;
  v.correlation = f.phase == WaterPhase::two_phase ? water_saturation
                  : f.phase == WaterPhase::liquid  ? water_liquid
                                                   : water_vapour;
  v.vapour_fraction = f.vapour_fraction;
  if (!f.in_range)
    v.outside = f.phase == WaterPhase::supercritical
                    ? "near the critical point (IF97 region 3), which is not covered"
                    : "outside 0 to 800 degC or 611.213 Pa to 100 MPa, where IF97 holds";
  return v;
}

// ---- solutions --------------------------------------------------------------------------------------------------------

CausticState<double> caustic(const State& s) { return {*s.temperature, *s.mass_frac}; }
BrineState<double> brine(const State& s) { return {*s.temperature, *s.mass_frac}; }
SulfuricAcidState<double> acid(const State& s) { return {*s.temperature, *s.mass_frac}; }

/// gamma of NaOH: the fit for cells and evaporators where it holds, else Pitzer where that holds.
Value activity_coefficient_naoh(const State& s) {
  const double m = molality_naoh(*s.mass_frac);
  const Value fit = judged(std::exp(log_molal_activity_naoh(caustic(s))) / m, caustic_activity, s);
  const Value dilute =
      judged(std::exp(log_activity_coefficient<double>(Salt::naoh, {*s.temperature, m})), caustic_pitzer, s);
  return fit.outside && !dilute.outside ? dilute : fit;
}

Value boiling_caustic(const State& s) {
  const double t = temperature_boil_caustic<double>({*s.pressure, *s.mass_frac});
  return judged(t, caustic_vapour_pressure, {.temperature = t, .mass_frac = s.mass_frac});
}

// ---- gases --------------------------------------------------------------------------------------------------------------

void add_gas(std::vector<PropertyRow>& rows, std::string_view name, Gas gas) {
  const auto cp = gas == Gas::hydrogen_chloride ? hydrogen_chloride_heat_capacity : gas_heat_capacity;
  rows.push_back(
      {name, "dens_mass", "kg/m3", {"temperature pressure"}, "", {ideal_gas}, by(ideal_gas, [gas](const State& s) {
         return dens_mass_gas(gas, {*s.temperature, *s.pressure});
       })});
  rows.push_back({name, "enth_mass", "J/kg", {"temperature"}, kElements, {cp}, by(cp, [gas](const State& s) {
                    return enth_mass_gas(gas, *s.temperature);
                  })});
  rows.push_back({name, "cp_mass", "J/(kg.K)", {"temperature"}, "", {cp}, by(cp, [gas](const State& s) {
                    return cp_mass_gas(gas, *s.temperature);
                  })});
  rows.push_back({name, "cp_mol", "J/(mol.K)", {"temperature"}, "", {cp}, by(cp, [gas](const State& s) {
                    return cp_mol_gas(gas, *s.temperature);
                  })});
}

// ---- the table ----------------------------------------------------------------------------------------------------------

void add_water(std::vector<PropertyRow>& rows) {
  const std::vector<std::string_view> point{"temperature pressure", "temperature phase", "pressure phase"};
  const std::vector<Correlation> both{water_liquid, water_vapour};
  const auto add = [&](std::string_view property, std::string_view unit, std::string_view basis, auto evaluate) {
    rows.push_back({"water", property, unit, point, basis, both, evaluate});
  };
  add("dens_mass", "kg/m3", "", by_phase(dens_mass_liq_water<double>, dens_mass_vap_water<double>));
  add("enth_mass", "J/kg", kTriplePoint, by_phase(enth_mass_liq_water<double>, enth_mass_vap_water<double>));
  add("entr_mass", "J/(kg.K)", kTriplePoint, by_phase(entr_mass_liq_water<double>, entr_mass_vap_water<double>));
  add("cp_mass", "J/(kg.K)", "", by_phase(cp_mass_liq_water<double>, cp_mass_vap_water<double>));
  rows.push_back(
      {"water", "pressure_sat", "Pa", {"temperature"}, "", {water_saturation}, by(water_saturation, [](const State& s) {
         return pressure_sat_water(*s.temperature);
       })});
  rows.push_back({"water", "temperature_sat", "K", {"pressure"}, "", {water_saturation}, [](const State& s) {
                    return judged(temperature_sat_water(*s.pressure), water_saturation, {.pressure = s.pressure});
                  }});
  rows.push_back({"water",
                  "temperature",
                  "K",
                  {"pressure enth_mass", "pressure entr_mass"},
                  "",
                  {water_liquid, water_vapour, water_saturation},
                  water_temperature});
  rows.push_back(
      {"water", "visc_d", "Pa.s", {"temperature"}, "", {water_viscosity}, by(water_viscosity, [](const State& s) {
         return visc_d_water(*s.temperature);
       })});
}

/// Adds rows of a solution, whose properties are functions of the state that `state_of` makes.
template <class Solution>
auto adder(std::vector<PropertyRow>& rows, std::string_view solution, Solution (*state_of)(const State&)) {
  return [&rows, solution, state_of](std::string_view property, std::string_view unit, std::string_view basis,
                                     Correlation c, double (*f)(const Solution&)) {
    rows.push_back({solution, property, unit, {kAtSolution}, basis, {c}, by(c, [f, state_of](const State& s) {
                      return f(state_of(s));
                    })});
  };
}

void add_caustic(std::vector<PropertyRow>& rows) {
  const auto add = adder(rows, "caustic", caustic);
  add("dens_mass", "kg/m3", "", caustic_density, dens_mass_caustic<double>);
  add("enth_mass", "J/kg", kWaterAt0, caustic_enthalpy, enth_mass_caustic<double>);
  add("cp_mass", "J/(kg.K)", "", caustic_enthalpy, cp_mass_caustic<double>);
  add("pressure_sat", "Pa", "", caustic_vapour_pressure, pressure_sat_caustic<double>);
  rows.push_back(
      {"caustic", "temperature_boil", "K", {"pressure mass_frac"}, "", {caustic_vapour_pressure}, boiling_caustic});
  add("visc_d", "Pa.s", "", caustic_viscosity, visc_d_caustic<double>);
  add("activity_water", "1", "", caustic_vapour_pressure, activity_water_caustic<double>);
  rows.push_back({"caustic",
                  "activity_coefficient",
                  "1",
                  {kAtSolution},
                  "",
                  {caustic_activity, caustic_pitzer},
                  activity_coefficient_naoh});
}

void add_brine(std::vector<PropertyRow>& rows) {
  const auto add = adder(rows, "brine", brine);
  add("dens_mass", "kg/m3", "", brine_density, dens_mass_brine<double>);
  add("enth_mass", "J/kg", kWaterAt0, brine_enthalpy, enth_mass_brine<double>);
  add("cp_mass", "J/(kg.K)", "", brine_enthalpy, cp_mass_brine<double>);
  add("pressure_sat", "Pa", "", brine_activity, pressure_sat_brine<double>);
  add("visc_d", "Pa.s", "", brine_viscosity, visc_d_brine<double>);
  rows.push_back(
      {"brine", "mass_frac_sat", "1", {"temperature"}, "", {brine_solubility}, by(brine_solubility, [](const State& s) {
         return mass_frac_sat_brine(*s.temperature);
       })});
  add("activity_water", "1", "", brine_activity, activity_water_brine<double>);
  add("activity_coefficient", "1", "", brine_activity, activity_coefficient_brine<double>);
}

void add_dry_caustic(std::vector<PropertyRow>& rows, std::string_view name, Correlation c, double (*cp)(const double&),
                     double (*enthalpy)(const double&)) {
  const auto add = [&](std::string_view property, std::string_view unit, std::string_view basis, auto f, double per) {
    rows.push_back({name, property, unit, {"temperature"}, basis, {c}, by(c, [f, per](const State& s) {
                      return f(*s.temperature) / per;
                    })});
  };
  add("enth_mass", "J/kg", kElements, enthalpy, kMolarMassNaOH);
  add("cp_mass", "J/(kg.K)", "", cp, kMolarMassNaOH);
  add("cp_mol", "J/(mol.K)", "", cp, 1.0);
}

std::vector<PropertyRow> all_rows() {
  std::vector<PropertyRow> rows;
  add_water(rows);
  add_caustic(rows);
  add_brine(rows);
  add_gas(rows, "chlorine", Gas::chlorine);
  rows.push_back({"chlorine",
                  "pressure_sat",
                  "Pa",
                  {"temperature"},
                  "",
                  {chlorine_saturation},
                  by(chlorine_saturation, [](const State& s) { return pressure_sat_chlorine(*s.temperature); })});
  rows.push_back({"chlorine", "temperature_sat", "K", {"pressure"}, "", {chlorine_saturation}, [](const State& s) {
                    const double t = temperature_sat_chlorine(*s.pressure);
                    return judged(t, chlorine_saturation, {.temperature = t});
                  }});
  add_gas(rows, "hydrogen", Gas::hydrogen);
  add_gas(rows, "oxygen", Gas::oxygen);
  add_gas(rows, "nitrogen", Gas::nitrogen);
  add_gas(rows, "hydrogen_chloride", Gas::hydrogen_chloride);
  rows.push_back({"sulfuric_acid",
                  "dens_mass",
                  "kg/m3",
                  {kAtSolution},
                  "",
                  {sulfuric_acid_density},
                  by(sulfuric_acid_density, [](const State& s) { return dens_mass_sulfuric_acid(acid(s)); })});
  rows.push_back(
      {"sulfuric_acid",
       "pressure_sat",
       "Pa",
       {kAtSolution},
       "",
       {sulfuric_acid_vapour_pressure},
       by(sulfuric_acid_vapour_pressure, [](const State& s) { return pressure_sat_sulfuric_acid(acid(s)); })});
  add_dry_caustic(rows, "caustic_melt", caustic_melt, cp_mol_caustic_melt<double>, enth_mol_caustic_melt<double>);
  add_dry_caustic(rows, "caustic_solid", caustic_solid, cp_mol_caustic_solid<double>, enth_mol_caustic_solid<double>);
  return rows;
}

}  // namespace

std::span<const PropertyRow> property_table() {
  static const auto rows = all_rows();
  return rows;
}

std::string property_table_markdown() {
  std::string text;
  for (const auto& row : property_table()) {
    std::string states, sources;
    for (const auto set : row.states) states += (states.empty() ? "`" : " or `") + std::string(set) + "`";
    for (const auto c : row.correlations) {
      const auto& info = correlation_info(c);
      sources += fmt::format("{}`{}`: {}", sources.empty() ? "" : "; ", info.source, info.limits);
    }
    text += fmt::format("| `{}` | `{}` | {} | {} | {} |\n", row.substance, row.property, row.unit, states, sources);
  }
  return text;
}

}  // namespace castner::props
