// SPDX-License-Identifier: Apache-2.0
// A heat exchanger in counter-flow, in which water may boil and steam condense. With one side connected it heats or cools that
// stream by a duty from outside.
#include "castner/unit_models/connections.h"
#include "castner/unit_models/exchanger_side.h"
#include "castner/unit_models/idle_unit.h"

namespace castner::unit_models {
namespace {

using namespace plant;

struct HeatExchanger {
  std::vector<Variable> variables;
  std::vector<Equation> equations;
  std::vector<Side> sides;  ///< hot before cold
  std::size_t duty = 0;
  Surface surface;
  int mass_balance = 0;

  void name_equations() {
    equations.push_back({"mass balance", 1.0});
    if (sides.size() == 2) equations.push_back({"mass balance of the cold side", 1.0});
    for (const Side& s : sides) add_side_equations(s, s.sign < 0.0 ? "hot side" : "cold side", variables, equations);
    if (sides.size() == 2) equations.push_back({"heat transfer", 1e6});
  }

  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    std::size_t e = 0;
    const auto next = [&]() -> T& { return r[e++]; };
    T mass(0.0);
    for (const Side& s : sides) mass += x[s.in.flow_mass()] - x[s.out.flow_mass()];
    next() = mass;
    if (sides.size() == 2) next() = x[sides[1].in.flow_mass()] - x[sides[1].out.flow_mass()];
    for (const Side& s : sides) side_residuals(s, x[duty], x, next);
    if (sides.size() == 2) {
      next() = heat_transfer(x[duty], T(x[surface.heat_transfer_coefficient] * x[surface.area]),
                             driving_side(sides[0], x), driving_side(sides[1], x));
    }
    return all_finite<T>(r);
  }

  /// Where heat flows from cold to hot. A tenth of a kelvin is what thermometers leave open.
  void judge(std::span<const double> x, std::vector<LimitLeft>& found) const {
    if (sides.size() < 2) return;
    constexpr double kOpen = 0.1;
    const Side &hot = sides[0], &cold = sides[1];
    if (changes_phase(hot) || changes_phase(cold)) {
      if (driving_inlet(hot, x) < driving_inlet(cold, x) - kOpen)
        found.push_back({duty, 0.0, "", "where heat flows from the cold to the hot side; are the two sides swapped?"});
      return;
    }
    const auto colder = [&](std::size_t a, std::size_t b) { return x[a] < x[b] - kOpen; };
    const std::size_t hot_in = hot.in.temperature(), hot_out = hot.out.temperature(), cold_in = cold.in.temperature(),
                      cold_out = cold.out.temperature();
    if (colder(hot_in, cold_in))
      found.push_back({hot_in, x[cold_in], "", "what enters the cold side; are the two sides swapped?"});
    else if (colder(hot_out, cold_in))
      found.push_back({hot_out, x[cold_in], "", "what enters the cold side; no surface cools that far"});
    else if (colder(hot_in, cold_out))
      found.push_back({cold_out, x[hot_in], "", "what enters the hot side; no surface warms that far"});
    else if (colder(hot_in, hot_out))
      found.push_back({hot_out, x[hot_in], "", "what enters the hot side, which can only cool"});
    else if (colder(cold_out, cold_in))
      found.push_back({cold_out, x[cold_in], "", "what enters the cold side, which can only warm"});
    else
      judge_duty(x, found);
  }

  /// More heat than a side has between the two inlets.
  void judge_duty(std::span<const double> x, std::vector<LimitLeft>& found) const {
    constexpr double kPlainlyMore = 1.001;
    double least = kUnbounded;
    const char* why = "";
    for (const Side& s : sides) {
      const Side& other = &s == &sides[0] ? sides[1] : sides[0];
      std::vector<double> y(x.begin(), x.end());
      y[s.in.temperature()] = x[other.in.temperature()];
      const double has = x[s.in.flow_mass()] * s.sign *
                         (StreamView<double>(s.in, y).enth_mass() - StreamView<double>(s.in, x).enth_mass());
      if (!(has < least)) continue;
      least = has;
      why = s.sign < 0.0 ? "all that the hot side can give, cooled to what enters the cold side"
                         : "all that the cold side can take, warmed to what enters the hot side";
    }
    if (x[duty] > kPlainlyMore * std::max(least, 0.0)) found.push_back({duty, least, "", why});
  }

  std::vector<std::vector<std::size_t>> spaces() const {
    std::vector<std::vector<std::size_t>> all;
    for (const Side& s : sides) all.push_back({s.in.flow_mass(), s.out.flow_mass()});
    return all;
  }

  /// Outlets by their sides; area and coefficient each as the duty then asks for beside the other.
  void initialise(std::span<double> x) const {
    for (const Side& s : sides) {
      const double other = driving_inlet(&s == &sides.front() ? sides.back() : sides.front(), x);
      initialise_side(s, sides.size() == 2 ? &other : nullptr, x);
    }
    const Side& s = sides.back();
    x[duty] = x[s.in.flow_mass()] * s.sign *
              (StreamView<double>(s.out, x).enth_mass() - StreamView<double>(s.in, x).enth_mass());
    if (sides.size() == 1) return;
    // About half of the difference between the inlets remains.
    initialise_surface(surface, x[duty], 0.5 * (driving_inlet(sides[0], x) - driving_inlet(sides[1], x)), x);
  }

  /// With no flow on one side there is no duty, and the other side passes as it came; one on which water would condense or boil
  /// stands still.
  IdleForm idle_form() const {
    IdleUnit idle{.variables = variables, .zero = {duty}};
    IdleForm form;
    for (const Side& s : sides) {
      idle.in.push_back(s.in);
      idle.out.push_back(s.out);
      if (changes_phase(s)) {
        idle.zero.push_back(s.in.flow_mass());
        form.shut.push_back(s.in.flow_mass());
      } else {
        idle.pass(s.in, s.out);
      }
      form.passes.emplace_back(s.in.flow_mass(), s.out.flow_mass());
      form.signs.push_back({{s.in.flow_mass(), 0.0}, {s.out.flow_mass(), 0.0}});
    }
    if (sides.size() == 2) idle.same.emplace_back(sides[1].in.flow_mass(), sides[1].out.flow_mass());
    idle.name_equations();
    form.unit = make_unit(std::move(idle));
    return form;
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
      want_side(port, layout.port(port.name == "hot_out" ? "hot_in" : "cold_in").contents, error);
    }
  if (!error.problems.empty()) return tl::unexpected(error);
  m.duty = layout.add({"duty", "W", -kUnbounded, kUnbounded, 1e6, 1e6});
  if (m.sides.size() == 2) {
    m.surface = add_surface(layout);
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
          "Counter-flow heat exchanger in which water may boil and steam condense; a side left unconnected gives or "
          "takes "
          "the duty from outside.",
      .ports = {{"hot_in", true, fluids(), true},
                {"hot_out", false, fluids(), true},
                {"cold_in", true, fluids(), true},
                {"cold_out", false, fluids(), true}},
      .many = false,
      .parameters = {{.name = "area", .unit = "m2", .about = "heating surface; only where both sides are connected"},
                     {.name = "heat_transfer_coefficient",
                      .unit = "W/(m2.K)",
                      .about = "overall; only where both sides are connected",
                      .least = 0.0,
                      .assumed = plant::ParameterInfo::Assumed{1000.0, 500.0}},
                     {.name = "duty",
                      .unit = "W",
                      .about = "heat from the hot to the cold side; with one side, from or to the outside"}},
      .make = make};
}

}  // namespace castner::unit_models
