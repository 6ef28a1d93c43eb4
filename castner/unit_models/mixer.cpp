// SPDX-License-Identifier: Apache-2.0
// A mixer: several streams become one, at one pressure, without heat loss. It is also the model to read before writing
// a new one: a struct that lists its variables and equations, `residual` that states the equations once for every
// scalar, and a function with the model's name that tells plant.toml what may be connected.
#include "castner/plant/layout.h"
#include "castner/unit_models/connections.h"

namespace castner::unit_models {
namespace {

using namespace plant;

struct Mixer {
  std::vector<Variable> variables;
  std::vector<Equation> equations;
  std::vector<Port> in;
  Port out;
  int mass_balance = 0;

  /// Names and sizes in the order in which residual() writes them.
  void name_equations() {
    const auto& info = contents_info(out.contents);
    equations.push_back({"mass balance", 1.0});
    for (Species s : info.species) equations.push_back({std::string(species_name(s)) + " balance", 0.1});
    if (has_heat(out.contents)) equations.push_back({"energy balance", 1e6});
    for (const Port& p : in)
      if (info.pressure && p.has_pressure())
        equations.push_back({"one pressure with " + variables[p.pressure()].name, 1e5});
  }

  /// Shares and heat are balanced against the product's: each feed brings its difference. So a loss of mass, which the
  /// first equation shows, is a loss of product as it is.
  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    std::size_t e = 0;
    const auto& info = contents_info(out.contents);
    const StreamView<T> product(out, x);

    T mass = -product.flow_mass();
    for (const Port& p : in) mass += x[p.flow_mass()];
    r[e++] = mass;

    for (Species s : info.species) {
      T balance(0.0);
      for (const Port& p : in) balance += x[p.flow_mass()] * (StreamView<T>(p, x).mass_frac(s) - x[out.mass_frac(s)]);
      r[e++] = balance;
    }
    if (has_heat(out.contents)) {
      const T enth_mass = product.enth_mass();
      T energy(0.0);
      for (const Port& p : in) energy += x[p.flow_mass()] * (StreamView<T>(p, x).enth_mass() - enth_mass);
      r[e++] = energy;
    }
    for (const Port& p : in)
      if (info.pressure && p.has_pressure()) r[e++] = x[p.pressure()] - x[out.pressure()];
    return all_finite<T>(r);
  }

  /// The product from its feeds: sums, and a weighted mean of the temperatures.
  void initialise(std::span<double> x) const {
    const auto& info = contents_info(out.contents);
    double flow = 0.0, warm = 0.0, heat = 0.0, enthalpy = 0.0;
    for (const Port& p : in) {
      flow += x[p.flow_mass()];
      if (out.has_enthalpy_state() && has_heat(p.contents))
        enthalpy += x[p.flow_mass()] * StreamView<double>(p, x).enth_mass();
      if (p.has_temperature()) warm += x[p.flow_mass()], heat += x[p.flow_mass()] * x[p.temperature()];
      if (info.pressure && p.has_pressure()) x[out.pressure()] = x[p.pressure()];
    }
    if (flow <= 0.0) return;
    x[out.flow_mass()] = flow;
    for (Species s : info.species) {
      double share = 0.0;
      for (const Port& p : in)
        if (p.holds(s)) share += StreamView<double>(p, x).flow_mass(s);
      x[out.mass_frac(s)] = share / flow;
    }
    if (out.has_enthalpy_state()) x[out.enth_mass()] = enthalpy / flow;
    if (info.temperature && warm > 0.0) x[out.temperature()] = heat / warm;
  }
};

Result<std::unique_ptr<Unit>> make(const UnitSpec& spec) {
  Error error;
  want_count(spec, false, 1, error);
  if (!error.problems.empty()) return tl::unexpected(error);
  const Layout layout(spec);
  Mixer m{.variables = layout.variables, .equations = {}, .in = layout.inlets(), .out = layout.outlets().front()};
  for (const auto& port : spec.ports)
    if (port.inlet) want_fitting(port, m.out, error);
  if (!error.problems.empty()) return tl::unexpected(error);
  m.name_equations();
  return make_unit(std::move(m));
}

}  // namespace

ModelInfo mixer() {
  return {.name = "mixer",
          .about = "Several streams become one, at one pressure, without heat loss.",
          .ports = {{"in", true, anything()}, {"out", false, anything()}},
          .many = true,
          .parameters = {},
          .make = make};
}

}  // namespace castner::unit_models
