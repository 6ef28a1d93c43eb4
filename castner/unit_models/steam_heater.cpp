// SPDX-License-Identifier: Apache-2.0
// A steam heater: steam condenses behind a trap, so that the condensate leaves saturated and the steam flow follows from the duty.
#include "castner/unit_models/connections.h"
#include "castner/unit_models/exchanger_side.h"
#include "castner/unit_models/idle_unit.h"

namespace castner::unit_models {
namespace {

using namespace plant;

struct SteamHeater {
  std::vector<Variable> variables;
  std::vector<Equation> equations;
  Side hot, cold;
  std::size_t duty = 0;
  Surface surface;
  int mass_balance = 0;

  void name_equations() {
    equations = {{"mass balance", 1.0}, {"mass balance of the cold side", 1.0}};
    add_side_equations(hot, "hot side", variables, equations);
    add_side_equations(cold, "cold side", variables, equations);
    equations.push_back({"condensate leaves saturated", 100.0});
    equations.push_back({"heat transfer", 1e6});
  }

  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    std::size_t e = 0;
    const auto next = [&]() -> T& { return r[e++]; };
    const T cold_loss = x[cold.in.flow_mass()] - x[cold.out.flow_mass()];
    next() = x[hot.in.flow_mass()] - x[hot.out.flow_mass()] + cold_loss;
    next() = cold_loss;
    side_residuals(hot, x[duty], x, next);
    side_residuals(cold, x[duty], x, next);
    const T saturated = props::temperature_sat_water(x[hot.in.pressure()]);
    next() = x[hot.out.temperature()] - saturated;
    const ExchangerSide<T> steam{saturated, saturated, T(0.0)};
    next() =
        heat_transfer(x[duty], T(x[surface.heat_transfer_coefficient] * x[surface.area]), steam, driving_side(cold, x));
    return all_finite<T>(r);
  }

  /// Steam shut, or nothing to heat: no duty, and the cold side passes as it came.
  IdleForm idle_form() const {
    IdleUnit idle{.variables = variables,
                  .in = {hot.in, cold.in},
                  .out = {hot.out, cold.out},
                  .zero = {hot.in.flow_mass(), hot.out.flow_mass(), duty}};
    idle.pass(cold.in, cold.out);
    idle.name_equations();
    return {.unit = make_unit(std::move(idle)),
            .signs = {{{hot.in.flow_mass(), 0.0}, {hot.out.flow_mass(), 0.0}},
                      {{cold.in.flow_mass(), 0.0}, {cold.out.flow_mass(), 0.0}}},
            .passes = {{cold.in.flow_mass(), cold.out.flow_mass()}},
            .shut = {hot.in.flow_mass()}};
  }

  void judge(std::span<const double> x, std::vector<LimitLeft>& found) const {
    constexpr double kOpen = 0.1;  // K, what thermometers leave open
    if (x[duty] < 0.0)
      found.push_back({duty, 0.0, "", "where the steam is colder than what it should heat and would have to boil"});
    const double saturated = props::temperature_sat_water(x[hot.in.pressure()]);
    if (changes_phase(cold) || x[duty] < 0.0) return;
    const std::size_t in = cold.in.temperature(), out = cold.out.temperature();
    if (x[in] > saturated + kOpen)
      found.push_back({in, saturated, "if97", "where the steam condenses; heat flows from hot to cold"});
    else if (x[out] > saturated + kOpen)
      found.push_back({out, saturated, "if97", "where the steam condenses; no surface warms that far"});
    else if (x[out] < x[in] - kOpen)
      found.push_back({out, x[in], "", "what enters, which steam can only warm"});
  }

  std::vector<std::vector<std::size_t>> spaces() const {
    return {{hot.in.flow_mass(), hot.out.flow_mass()}, {cold.in.flow_mass(), cold.out.flow_mass()}};
  }

  /// The cold side a third of the way to the steam, and the steam that this takes.
  void initialise(std::span<double> x) const {
    const double steam = driving_inlet(hot, x), liquid = driving_inlet(cold, x);
    initialise_side(cold, &steam, x);
    initialise_side(hot, &liquid, x);
    const auto enthalpy = [&](const Port& p) { return StreamView<double>(p, x).enth_mass(); };
    x[duty] = x[cold.in.flow_mass()] * (enthalpy(cold.out) - enthalpy(cold.in));
    x[hot.in.flow_mass()] = x[hot.out.flow_mass()] =
        std::max(0.0, x[duty]) / std::max(1e5, enthalpy(hot.in) - enthalpy(hot.out));
    initialise_surface(surface, x[duty], 0.8 * (steam - liquid), x);
  }
};

Result<std::unique_ptr<Unit>> make(const UnitSpec& spec) {
  Layout layout(spec);
  Error error;
  for (const auto& port : spec.ports)
    if (port.name == "cold_out") want_side(port, layout.port("cold_in").contents, error);
  if (!error.problems.empty()) return tl::unexpected(error);
  SteamHeater m;
  m.hot = {layout.port("steam"), layout.port("condensate"), -1.0};
  m.cold = {layout.port("cold_in"), layout.port("cold_out"), 1.0};
  m.duty = layout.add({"duty", "W", -kUnbounded, kUnbounded, 1e6, 1e6});
  m.surface = add_surface(layout);
  m.variables = layout.variables;
  m.name_equations();
  return make_unit(std::move(m));
}

}  // namespace

ModelInfo steam_heater() {
  return {.name = "steam_heater",
          .about = "Steam heats another stream and condenses; behind a trap, its condensate leaves saturated.",
          .ports = {{"steam", true, {Contents::steam, Contents::wet_steam}},
                    {"cold_in", true, fluids()},
                    {"condensate", false, {Contents::water}},
                    {"cold_out", false, fluids()}},
          .many = false,
          .parameters = {{.name = "area", .unit = "m2", .about = "heating surface"},
                         {.name = "heat_transfer_coefficient",
                          .unit = "W/(m2.K)",
                          .about = "overall, from condensing steam; superheat of the steam drives nothing",
                          .least = 0.0,
                          .assumed = plant::ParameterInfo::Assumed{1500.0, 700.0}}},
          .make = make};
}

}  // namespace castner::unit_models
