// SPDX-License-Identifier: Apache-2.0
// A heat exchanger in counter-flow, without change of phase. With one side connected it heats or cools that stream by
// a duty from outside.
#include "castner/numerics/smooth.h"
#include "castner/plant/layout.h"
#include "castner/unit_models/connections.h"
#include "castner/unit_models/counter_flow.h"

namespace castner::unit_models {
namespace {

using namespace plant;

/// No apparatus comes near it [W/(m2 K)]. Readings that cross would ask for an infinite surface; here they stop. Below zero, heat
/// flows from the colder to the warmer side by the readings: an estimate that shows them wrong, where a bound would bend them all.
constexpr double kHeatTransferMost = 1e5;

struct Side {
  Port in, out;
  double sign;  ///< -1: gives the duty (hot), +1: takes it (cold)
};

struct HeatExchanger {
  std::vector<Variable> variables;
  std::vector<Equation> equations;
  std::vector<Side> sides;  ///< hot before cold
  std::size_t duty = 0, area = 0, heat_transfer_coefficient = 0;
  int mass_balance = 0;

  void name_equations() {
    equations.push_back({"mass balance", 1.0});
    if (sides.size() == 2) equations.push_back({"mass balance of the cold side", 1.0});
    for (const Side& s : sides) {
      const std::string side = s.sign < 0.0 ? "hot side" : "cold side";
      equations.push_back({"energy balance of the " + side, 1e6});
      for (std::size_t k = s.in.first + 1; k < s.in.first + s.in.count(); ++k)
        if (k != s.in.temperature()) equations.push_back({"unchanged " + variables[k].name, variables[k].nominal});
    }
    if (sides.size() == 2) equations.push_back({"heat transfer", 1e6});
  }

  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    std::size_t e = 0;
    T mass(0.0);
    for (const Side& s : sides) mass += x[s.in.flow_mass()] - x[s.out.flow_mass()];
    r[e++] = mass;
    if (sides.size() == 2) r[e++] = x[sides[1].in.flow_mass()] - x[sides[1].out.flow_mass()];
    for (const Side& s : sides) {
      const StreamView<T> in(s.in, x), out(s.out, x);
      r[e++] = in.flow_mass() * (out.enth_mass() - in.enth_mass()) - x[duty] * s.sign;
      for (std::size_t k = 1; k < s.in.count(); ++k)
        if (s.in.first + k != s.in.temperature()) r[e++] = x[s.in.first + k] - x[s.out.first + k];
    }
    if (sides.size() == 2) {
      const T conductance = x[heat_transfer_coefficient] * x[area];
      r[e++] = x[duty] - conductance * mean_difference(heat_side(sides[0], x), heat_side(sides[1], x), conductance);
    }
    return all_finite<T>(r);
  }

  /// The mean heat capacity between both ends, the middle of the difference of enthalpies where they are of one temperature.
  template <class T>
  ExchangerSide<T> heat_side(const Side& s, std::span<const T> x) const {
    constexpr double kNear = 0.01;  // [K]: nearer ends are taken to be that far apart, for the mean heat capacity only
    constexpr double kStanding = 0.01;  // [W/K]: less passes as if nothing flowed; 1 g/s of water is 4 W/K
    const T &in = x[s.in.temperature()], &out = x[s.out.temperature()];
    const StreamView<T> stream(s.in, x);
    const T middle = (in + out) * 0.5, width = smooth_abs(T(out - in), kNear);
    const T heat_capacity =
        (stream.enth_mass_at(middle + width * 0.5) - stream.enth_mass_at(middle - width * 0.5)) / width;
    return {in, out, 1.0 / smooth_abs(T(stream.flow_mass() * heat_capacity), kStanding)};
  }

  /// Where heat flows from cold to hot. A tenth of a kelvin is what thermometers leave open.
  void judge(std::span<const double> x, std::vector<LimitLeft>& found) const {
    if (sides.size() < 2) return;
    constexpr double kOpen = 0.1;
    const Side &hot = sides[0], &cold = sides[1];
    const auto colder = [&](std::size_t a, std::size_t b) { return x[a] < x[b] - kOpen; };
    const std::size_t hot_in = hot.in.temperature(), hot_out = hot.out.temperature(), cold_in = cold.in.temperature(),
                      cold_out = cold.out.temperature();
    if (colder(hot_in, cold_in))
      found.push_back({hot_in, x[cold_in], "", "what enters the cold side; are the two sides swapped?"});
    else if (colder(hot_out, cold_in))
      found.push_back({hot_out, x[cold_in], "", "what enters the cold side; no surface cools that far"});
    else if (colder(hot_in, cold_out))
      found.push_back({cold_out, x[hot_in], "", "what enters the hot side; no surface warms that far"});
  }

  std::vector<std::vector<std::size_t>> spaces() const {
    std::vector<std::vector<std::size_t>> all;
    for (const Side& s : sides) all.push_back({s.in.flow_mass(), s.out.flow_mass()});
    return all;
  }

  /// Outlets a third of the way to the other inlet; area and coefficient each as that duty asks for beside the other.
  void initialise(std::span<double> x) const {
    for (const Side& s : sides)
      for (std::size_t k = 0; k < s.in.count(); ++k)
        if (sides.size() == 2 || s.in.first + k != s.in.temperature()) x[s.out.first + k] = x[s.in.first + k];
    if (sides.size() == 2) {
      const double third = (x[sides[0].in.temperature()] - x[sides[1].in.temperature()]) / 3.0;
      x[sides[0].out.temperature()] -= third;
      x[sides[1].out.temperature()] += third;
    }
    const Side& s = sides.back();
    x[duty] = x[s.in.flow_mass()] * s.sign *
              (StreamView<double>(s.out, x).enth_mass() - StreamView<double>(s.in, x).enth_mass());
    if (sides.size() == 1) return;
    const double conductance = x[duty] * 3.0 / (x[sides[0].in.temperature()] - x[sides[1].in.temperature()]);
    if (!(conductance > 0.0)) return;
    const double surface = conductance / x[heat_transfer_coefficient];
    x[heat_transfer_coefficient] = conductance / x[area];
    x[area] = surface;
  }
};

Result<std::unique_ptr<Unit>> make(const UnitSpec& spec) {
  Layout layout(spec);
  HeatExchanger m;
  Error error;
  for (const char* side : {"hot", "cold"}) {
    const std::string in = std::string(side) + "_in", out = std::string(side) + "_out";
    if (layout.connected(in) != layout.connected(out))
      error.problems.push_back({"", "unit \"" + spec.name + "\" has one end of its " + side + " side only",
                                "connect both " + in + " and " + out + ", or neither"});
    else if (layout.connected(in))
      m.sides.push_back({layout.port(in), layout.port(out), side == std::string("hot") ? -1.0 : 1.0});
  }
  if (error.problems.empty() && m.sides.empty())
    error.problems.push_back(
        {"", "unit \"" + spec.name + "\" has no stream", "connect its hot side, its cold side, or both"});
  for (const auto& port : spec.ports)
    if (!port.inlet && error.problems.empty()) {
      const Contents c = layout.port(port.name == "hot_out" ? "hot_in" : "cold_in").contents;
      want_contents(port, c, "what enters that side is " + name_of(c), error);
    }
  if (!error.problems.empty()) return tl::unexpected(error);
  m.duty = layout.add({"duty", "W", -kUnbounded, kUnbounded, 1e6, 1e6});
  if (m.sides.size() == 2) {
    m.area = layout.add({"area", "m2", 0.0, kUnbounded, 100.0, 100.0});
    m.heat_transfer_coefficient =
        layout.add({"heat_transfer_coefficient", "W/(m2.K)", -kHeatTransferMost, kHeatTransferMost, 1000.0, 1500.0});
  }
  m.variables = layout.variables;
  m.name_equations();
  return make_unit(std::move(m));
}

}  // namespace

ModelInfo heat_exchanger() {
  return {
      .name = "heat_exchanger",
      .about =
          "Counter-flow heat exchanger without change of phase; a side left unconnected gives or takes the duty from "
          "outside.",
      .ports = {{"hot_in", true, fluids(), true},
                {"hot_out", false, fluids(), true},
                {"cold_in", true, fluids(), true},
                {"cold_out", false, fluids(), true}},
      .many = false,
      .parameters = {{.name = "area", .unit = "m2", .about = "heating surface; only where both sides are connected"},
                     {.name = "heat_transfer_coefficient",
                      .unit = "W/(m2.K)",
                      .about = "overall; only where both sides are connected",
                      .least = 0.0},
                     {.name = "duty",
                      .unit = "W",
                      .about = "heat from the hot to the cold side; with one side, from or to the outside"}},
      .make = make};
}

}  // namespace castner::unit_models
