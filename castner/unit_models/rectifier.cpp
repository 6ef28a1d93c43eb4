// SPDX-License-Identifier: Apache-2.0
// A rectifier: alternating current in, direct current out. Which electrolysers it feeds is an equation of the plant:
//   residual = "RECT.dc_power - E1.dc_power - E2.dc_power"
#include "castner/unit_models/rectifier.h"

#include "castner/plant/layout.h"
#include "castner/unit_models/idle_unit.h"

namespace castner::unit_models {
namespace {

using namespace plant;

struct Rectifier {
  std::vector<Variable> variables{{"ac_power", "W", 0.0, kUnbounded, 1e7, 1e7},
                                  {"dc_power", "W", 0.0, kUnbounded, 1e7, 1e7},
                                  {"efficiency", "1", 0.0, 1.0, 1.0, 0.975}};
  std::vector<Equation> equations{{"power balance", 1e6}};

  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    r[0] = x[0] * x[2] - x[1];
    return true;
  }
  void initialise(std::span<double> x) const { x[0] = x[1] / x[2]; }

  /// What an idle transformer draws, 0.1 to 0.3 % of its rating (an engineer's figure; a guess), the balances leave out. A pilot
  /// plant may run below it, which its direct current, of which an idle one has none, tells (plant/idle_choice.h).
  static constexpr double kNoLoad =
      20e3;  // [W] of one of 7 to 20 MW; the least load of the smallest electrolyser is above it

  /// At load they give 95 to 98.5 % (as the domain's 97.8 %); at a tenth of it less. A guess on the careful side.
  static constexpr double kLeastEfficiency = 0.85;
  void judge(std::span<const double> x, std::vector<LimitLeft>& found) const {
    if (x[0] > kNoLoad && x[2] < kLeastEfficiency)
      found.push_back({2, kLeastEfficiency, "",
                       "what any rectifier keeps at load, by a guess; a power, current or voltage is likely wrong"});
  }

  IdleForm idle_form() const {
    IdleUnit idle{.variables = variables, .zero = {0, 1}};
    idle.name_equations();
    return {.unit = make_unit(std::move(idle)), .signs = {{{0, kNoLoad}, {1, 0.0}}}};
  }
};

}  // namespace

RectifierAnatomy RectifierAnatomy::of(const UnitPlace& unit) {
  return {.name = unit.name(), .ac_power = unit.variable("ac_power"), .dc_power = unit.variable("dc_power")};
}

ModelInfo rectifier() {
  return {
      .name = RectifierAnatomy::kModel,
      .about =
          "Transformer and rectifier: primary AC power to DC power at an efficiency; joined to its electrolysers by an "
          "[[equation]] over their dc_power.",
      .ports = {},
      .many = false,
      .parameters = {{.name = "efficiency",
                      .unit = "1",
                      .about = "DC power over primary AC power, bus bars included where the meter is beyond them",
                      .assumed = plant::ParameterInfo::Assumed{0.97, 0.01}}},
      .make = [](const UnitSpec&) -> Result<std::unique_ptr<Unit>> { return make_unit(Rectifier{}); }};
}

}  // namespace castner::unit_models
