// SPDX-License-Identifier: Apache-2.0
// A cooler of wet chlorine or hydrogen: below the dew point its water condenses, and what leaves is saturated.
#include "castner/numerics/smooth.h"
#include "castner/plant/layout.h"
#include "castner/props/water_if97.h"
#include "castner/unit_models/connections.h"
#include "castner/unit_models/idle_unit.h"

namespace castner::unit_models {
namespace {

using namespace plant;
using enum Species;

struct GasCooler {
  std::vector<Variable> variables;
  std::vector<Equation> equations;
  Port in, out, condensate;
  std::size_t duty = 0;
  int mass_balance = 0;

  /// What of the gas stays gas.
  std::vector<Species> dry() const {
    std::vector<Species> all{contents_info(in.contents).rest};
    for (Species s : contents_info(in.contents).species)
      if (s != H2O) all.push_back(s);
    return all;
  }

  void name_equations() {
    equations = {{"mass balance", 1.0}};
    for (Species s : dry()) equations.push_back({std::string(species_name(s)) + " balance", s == O2 ? 0.01 : 1.0});
    equations.push_back({"humidity of the cooled gas", 1e4});
    equations.push_back({"condensate at the temperature of the gas", 100.0});
    equations.push_back({"energy balance", 1e6});
    equations.push_back({"unchanged " + variables[in.pressure()].name, 1e5});
  }

  /// Water that leaves: what enters, or what saturates the gas where that is less, rounded over 1 Pa; of no water nothing condenses.
  /// Heat by difference to the condensate: mass lost, which the first equation shows, is then lost as condensate.
  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    constexpr double kEdge = 1.0;  // [Pa]
    const StreamView<T> gas(in, x), cooled(out, x), liquid(condensate, x);
    std::size_t e = 0;
    r[e++] = gas.flow_mass() - cooled.flow_mass() - liquid.flow_mass();
    for (Species s : dry()) r[e++] = gas.flow_mass(s) - cooled.flow_mass(s);
    const T& t = cooled.temperature();
    const T uncondensed = cooled.pressure() * gas.mole_frac(H2O);
    const T saturated = props::pressure_sat_water(t);
    r[e++] = cooled.pressure_water() - uncondensed + softplus(T(uncondensed - saturated), kEdge) -
             softplus(T(-saturated), kEdge);
    r[e++] = liquid.temperature() - t;
    const T enthalpy = liquid.enth_mass();
    r[e++] =
        gas.flow_mass() * (gas.enth_mass() - enthalpy) - cooled.flow_mass() * (cooled.enth_mass() - enthalpy) - x[duty];
    r[e++] = gas.pressure() - cooled.pressure();
    return all_finite<T>(r);
  }

  /// No gas, so nothing condenses either.
  IdleForm idle_form() const {
    IdleUnit idle{.variables = variables,
                  .in = {in},
                  .out = {out, condensate},
                  .zero = {out.flow_mass(), condensate.flow_mass(), duty}};
    idle.name_equations();
    return {.unit = make_unit(std::move(idle)),
            .signs = {{{in.flow_mass(), 0.0}, {out.flow_mass(), 0.0}}},
            .passes = {{in.flow_mass(), out.flow_mass()}},
            .shut = {in.flow_mass()}};
  }

  /// The gas saturated at the temperature that the outlet already has.
  void initialise(std::span<double> x) const {
    const StreamView<double> gas(in, x);
    double& t = x[out.temperature()];
    t = std::min(t, x[in.temperature()]);
    x[condensate.temperature()] = t;
    x[out.pressure()] = x[in.pressure()];
    const double share = std::min(props::pressure_sat_water(t) / x[in.pressure()], std::min(0.95, gas.mole_frac(H2O)));
    const double moles_dry = gas.flow_mass() * gas.amount_per_mass(true);
    const double water = moles_dry * share / (1.0 - share) * molar_mass(H2O);
    double flow = water;
    for (Species s : dry()) flow += gas.flow_mass(s);
    for (Species s : contents_info(out.contents).species)
      x[out.mass_frac(s)] = (s == H2O ? water : gas.flow_mass(s)) / flow;
    x[out.flow_mass()] = flow;
    x[condensate.flow_mass()] = gas.flow_mass() - flow;
    const StreamView<double> cooled(out, x), liquid(condensate, x);
    x[duty] = gas.flow_mass() * gas.enth_mass() - flow * cooled.enth_mass() - liquid.flow_mass() * liquid.enth_mass();
  }
};

Result<std::unique_ptr<Unit>> make(const UnitSpec& spec) {
  Layout layout(spec);
  Error error;
  for (const auto& port : spec.ports)
    if (port.name == "gas_out") {
      const Contents c = layout.port("gas_in").contents;
      want_contents(port, c, "what is cooled is " + name_of(c), error);
    }
  if (!error.problems.empty()) return tl::unexpected(error);
  GasCooler m{.variables = {},
              .equations = {},
              .in = layout.port("gas_in"),
              .out = layout.port("gas_out"),
              .condensate = layout.port("condensate"),
              .duty = layout.add({"duty", "W", -kUnbounded, kUnbounded, 1e6, 1e5})};
  m.variables = layout.variables;
  m.name_equations();
  return make_unit(std::move(m));
}

}  // namespace

ModelInfo gas_cooler() {
  const std::vector<Contents> gases{Contents::chlorine_gas, Contents::hydrogen_gas};
  return {
      .name = "gas_cooler",
      .about = "Cools wet chlorine or hydrogen; below the dew point its water condenses and leaves as cold as the gas.",
      .ports = {{"gas_in", true, gases}, {"gas_out", false, gases}, {"condensate", false, {Contents::water}}},
      .many = false,
      .parameters = {{.name = "duty", .unit = "W", .about = "heat taken from the gas"}},
      .make = make};
}

}  // namespace castner::unit_models
