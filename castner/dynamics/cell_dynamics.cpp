// SPDX-License-Identifier: Apache-2.0
#include "castner/dynamics/cell_dynamics.h"

#include <algorithm>

#include "castner/plant/layout.h"
#include "castner/props/brine.h"
#include "castner/props/caustic.h"
#include "castner/unit_models/electrolyser.h"

namespace castner::dynamics {
namespace {

using plant::Equation, plant::Flowsheet, plant::Layout, plant::Port, plant::StreamView, plant::UnitSpec;
using enum plant::Species;

/// The state of the cells as what they hold. Heat counts from the correlations' own zeros, as the electrolyser's energy
/// balance does: what the salt's and the caustic's heats of formation add is in its heat of reaction.
struct Holdup {
  CellHoldup per_cell;
  double cells;
  std::vector<Variable> variables;
  std::vector<Equation> equations;
  Port anolyte, catholyte;
  std::size_t salt = 0, base = 0, heat = 0;

  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    const StreamView<T> spent(anolyte, x), lye(catholyte, x);
    const T &temperature = spent.temperature(), strength = lye.mass_frac(NaOH);
    const T salt_frac = spent.solute_frac();
    const double brine_mass = cells * per_cell.anolyte, lye_mass = cells * per_cell.catholyte;
    r[0] = x[salt] - salt_frac * (brine_mass / molar_mass(NaCl));
    r[1] = x[base] - strength * (lye_mass / molar_mass(NaOH));
    r[2] = x[heat] - props::enth_mass_brine<T>({temperature, salt_frac}) * brine_mass -
           props::enth_mass_caustic<T>({temperature, strength}) * lye_mass -
           temperature * (cells * per_cell.heat_capacity);
    return plant::all_finite<T>(r);
  }

  /// A solver starts from the outlets' own first values.
  void initialise(std::span<double> x) const {
    std::vector<double> r(3);
    for (const std::size_t i : {salt, base, heat})
      if (residual<double>(x, r)) x[i] -= r[i - salt];
  }
};

Holdup make_holdup(const UnitSpec& spec, const CellHoldup& per_cell) {
  Layout layout(spec);
  Holdup h{.per_cell = per_cell,
           .cells = spec.constants.at("cells"),
           .anolyte = layout.port("anolyte"),
           .catholyte = layout.port("catholyte")};
  const double salt = 0.185 * h.cells * per_cell.anolyte / molar_mass(NaCl);
  const double base = 0.32 * h.cells * per_cell.catholyte / molar_mass(NaOH);
  const double heat = 1e5 * h.cells * (per_cell.anolyte + per_cell.catholyte);  // 100 kJ/kg: some 30 K of a liquid
  h.salt = layout.add({"salt_held", "mol", 0.0, kUnbounded, salt, salt});
  h.base = layout.add({"base_held", "mol", 0.0, kUnbounded, base, base});
  h.heat = layout.add({"heat_held", "J", -kUnbounded, kUnbounded, heat, heat});
  h.variables = layout.variables;
  h.equations = {{"salt held", salt}, {"caustic held", base}, {"heat held", heat}};
  return h;
}

/// The water that one more mol of salt displaces in the anolyte, whose mass is constant. [mol/mol]
const double kWaterPerSalt = molar_mass(NaCl) / molar_mass(H2O);

}  // namespace

std::vector<solve::Rate> add_cell_holdups(plant::Plant& plant, const CellHoldup& per_cell) {
  std::vector<solve::Rate> rates;
  Flowsheet& flowsheet = *plant.flowsheet;
  for (const auto& entry : plant.units) {
    const auto electrolyser = unit_models::anatomy<unit_models::ElectrolyserAnatomy>(plant, entry);
    if (!electrolyser) continue;
    UnitSpec spec{entry.name, {}, {{"cells", electrolyser->cells}}};
    std::vector<std::string> stream_of;
    for (const char* port : {"anolyte", "catholyte"})
      for (const auto& c : entry.connections)
        if (c.port == port) {
          const auto stream = std::find_if(plant.streams.begin(), plant.streams.end(),
                                           [&](const auto& s) { return s.name == c.stream; });
          spec.ports.push_back({c.port, c.inlet, c.stream, stream->contents});
        }
    Holdup holdup = make_holdup(spec, per_cell);
    std::vector<std::string> paths;
    for (const Variable& v : holdup.variables) {
      const auto port = std::find_if(spec.ports.begin(), spec.ports.end(),
                                     [&](const auto& p) { return v.name.starts_with(p.name + "."); });
      paths.push_back(port == spec.ports.end() ? entry.name + "." + v.name
                                               : port->stream + v.name.substr(port->name.size()));
    }
    flowsheet.add_unit(entry.name, plant::make_unit(std::move(holdup)), paths);
    const auto of = [&](const char* name) { return *flowsheet.find(entry.name + "." + name); };
    rates.push_back({electrolyser->sodium_balance, of("salt_held"), 1.0});
    rates.push_back({electrolyser->water_balance, of("salt_held"), -kWaterPerSalt});
    rates.push_back({electrolyser->base_balance, of("base_held"), 1.0});
    rates.push_back({electrolyser->energy_balance, of("heat_held"), 1.0});
  }
  return rates;
}

}  // namespace castner::dynamics
