// SPDX-License-Identifier: Apache-2.0
// A node: as much flows in as flows out. No chemistry, no energy.
#include "castner/plant/layout.h"
#include "castner/unit_models/connections.h"

namespace castner::unit_models {
namespace {

using namespace plant;

struct Node {
  std::vector<Variable> variables;
  std::vector<Equation> equations{{"mass balance", 1.0}};
  std::vector<Port> in, out;
  int mass_balance = 0;
  static constexpr bool kLinear = true;

  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    r[0] = T(0.0);
    for (const Port& p : in) r[0] += x[p.flow_mass()];
    for (const Port& p : out) r[0] -= x[p.flow_mass()];
    return true;
  }
};

Result<std::unique_ptr<Unit>> make(const UnitSpec& spec) {
  const Layout layout(spec);
  return make_unit(Node{.variables = layout.variables, .in = layout.inlets(), .out = layout.outlets()});
}

}  // namespace

ModelInfo node() {
  return {.name = "node",
          .about = "A junction: as much mass flows in as flows out; no chemistry, no energy.",
          .ports = {{"in", true, anything()}, {"out", false, anything()}},
          .many = true,
          .contents_matter = false,
          .parameters = {},
          .make = make};
}

}  // namespace castner::unit_models
