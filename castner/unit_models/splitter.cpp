// SPDX-License-Identifier: Apache-2.0
// A splitter: one stream becomes several of the same composition, temperature and pressure.
#include "castner/plant/layout.h"
#include "castner/unit_models/connections.h"

namespace castner::unit_models {
namespace {

using namespace plant;

struct Splitter {
  std::vector<Variable> variables;
  std::vector<Equation> equations;
  Port in;
  std::vector<Port> out;
  int mass_balance = 0;
  static constexpr bool kLinear = true;

  void name_equations() {
    equations.push_back({"mass balance", 1.0});
    for (const Port& p : out)
      for (std::size_t k = 1; k < in.count(); ++k) {
        const Variable& v = variables[p.first + k];
        equations.push_back({"same " + v.name, v.nominal});
      }
  }

  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    std::size_t e = 1;
    r[0] = x[in.flow_mass()];
    for (const Port& p : out) {
      r[0] -= x[p.flow_mass()];
      for (std::size_t k = 1; k < in.count(); ++k) r[e++] = x[in.first + k] - x[p.first + k];
    }
    return true;
  }

  void initialise(std::span<double> x) const {
    for (const Port& p : out) {
      x[p.flow_mass()] = x[in.flow_mass()] / static_cast<double>(out.size());
      for (std::size_t k = 1; k < in.count(); ++k) x[p.first + k] = x[in.first + k];
    }
  }
};

Result<std::unique_ptr<Unit>> make(const UnitSpec& spec) {
  Error error;
  want_count(spec, true, 1, error);
  if (!error.problems.empty()) return tl::unexpected(error);
  const Layout layout(spec);
  Splitter s{.variables = layout.variables, .equations = {}, .in = layout.inlets().front(), .out = layout.outlets()};
  for (const auto& port : spec.ports)
    if (!port.inlet) want_contents(port, s.in.contents, "what is split is " + name_of(s.in.contents), error);
  if (!error.problems.empty()) return tl::unexpected(error);
  s.name_equations();
  return make_unit(std::move(s));
}

}  // namespace

ModelInfo splitter() {
  return {.name = "splitter",
          .about = "One stream becomes several of the same composition, temperature and pressure.",
          .ports = {{"in", true, anything()}, {"out", false, anything()}},
          .many = true,
          .parameters = {},
          .make = make};
}

}  // namespace castner::unit_models
