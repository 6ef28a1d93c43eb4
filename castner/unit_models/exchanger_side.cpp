// SPDX-License-Identifier: Apache-2.0
#include "castner/unit_models/exchanger_side.h"

#include "castner/unit_models/connections.h"

namespace castner::unit_models {

using namespace plant;

bool is_water(Contents c) { return c == Contents::water || c == Contents::steam || c == Contents::wet_steam; }

bool changes_phase(const Side& s) {
  return is_water(s.in.contents) && (s.in.contents != s.out.contents || s.in.contents == Contents::wet_steam);
}

std::size_t saturation_pressure(const Side& s) { return s.in.has_pressure() ? s.in.pressure() : s.out.pressure(); }

void add_side_equations(const Side& s, const std::string& name, const std::vector<Variable>& variables,
                        std::vector<Equation>& equations) {
  equations.push_back({"energy balance of the " + name, 1e6});
  const auto unchanged = [&](std::size_t i) {
    equations.push_back({"unchanged " + variables[i].name, variables[i].nominal});
  };
  if (s.in.contents == s.out.contents)
    for (Species each : contents_info(s.in.contents).species) unchanged(s.in.mass_frac(each));
  if (s.in.has_pressure() && s.out.has_pressure()) unchanged(s.in.pressure());
}

double driving_inlet(const Side& s, std::span<const double> x) {
  return changes_phase(s) ? props::temperature_sat_water(x[saturation_pressure(s)]) : x[s.in.temperature()];
}

void initialise_side(const Side& s, const double* other, std::span<double> x) {
  x[s.out.flow_mass()] = x[s.in.flow_mass()];
  if (s.in.contents == s.out.contents)
    for (Species each : contents_info(s.in.contents).species) x[s.out.mass_frac(each)] = x[s.in.mass_frac(each)];
  if (s.in.has_pressure() && s.out.has_pressure()) x[s.out.pressure()] = x[s.in.pressure()];
  if (other && changes_phase(s) && !s.in.has_pressure())  // it boils, 20 K below what heats it
    x[s.out.pressure()] = props::pressure_sat_water(*other - 20.0);
  const double at_inlet = driving_inlet(s, x);
  if (s.out.has_enthalpy_state()) {
    const double end =
        s.sign < 0.0 ? props::enth_mass_liq_sat_water(at_inlet) : props::enth_mass_vap_sat_water(at_inlet);
    x[s.out.enth_mass()] = 0.5 * (StreamView<double>(s.in, x).enth_mass() + end);
  } else if (changes_phase(s)) {
    x[s.out.temperature()] = at_inlet;
  } else if (other) {
    x[s.out.temperature()] = at_inlet + (*other - at_inlet) / 3.0;
  }
}

/// No apparatus comes near the upper bound. Readings that cross would ask for an infinite surface; there they stop. Below zero, heat
/// flows from the colder to the warmer side by the readings: an estimate that shows them wrong, where a bound would bend them all.
Surface add_surface(Layout& layout) {
  constexpr double kMost = 1e5;  // [W/(m2 K)]
  Surface s;
  s.area = layout.add({"area", "m2", 0.0, kUnbounded, 100.0, 100.0});
  s.heat_transfer_coefficient = layout.add({"heat_transfer_coefficient", "W/(m2.K)", -kMost, kMost, 1000.0, 1500.0});
  return s;
}

void initialise_surface(const Surface& s, double duty, double mean_difference, std::span<double> x) {
  if (!(mean_difference > 0.1 && duty > 0.0)) return;
  const double conductance = duty / mean_difference, area = conductance / x[s.heat_transfer_coefficient];
  x[s.heat_transfer_coefficient] = conductance / x[s.area];
  x[s.area] = area;
}

void want_side(const UnitSpec::Port& out, Contents in, Error& error) {
  if (is_water(in) && is_water(out.contents)) return;
  want_contents(out, in, "what enters that side is " + name_of(in), error);
}

}  // namespace castner::unit_models
