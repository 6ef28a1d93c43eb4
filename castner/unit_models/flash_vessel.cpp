// SPDX-License-Identifier: Apache-2.0
// A flash vessel: condensate or wet steam comes to a lower pressure, and what boils off parts from what stays liquid.
#include "castner/numerics/smooth.h"
#include "castner/plant/layout.h"
#include "castner/props/water_if97.h"
#include "castner/unit_models/idle_unit.h"

namespace castner::unit_models {
namespace {

using namespace plant;

struct FlashVessel {
  std::vector<Variable> variables;
  std::vector<Equation> equations{
      {"mass balance", 1.0}, {"energy balance", 1e6}, {"vapour leaves saturated", 100.0}, {"share that flashes", 1e6}};
  Port feed, vapour, liquid;
  int mass_balance = 0;

  /// Heat by difference to the liquid: mass lost, which the first equation shows, is then lost as liquid. A feed that is colder than boils
  /// here gives no vapour, rounded over an enthalpy that warms water by 2 mK, and the liquid stays as cold.
  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    const StreamView<T> f(feed, x), v(vapour, x), l(liquid, x);
    constexpr double kEdge = 10.0;  // [J/kg]
    const T left = l.enth_mass(), steam = v.enth_mass(), boiling = props::enth_mass_liq_sat_water(v.temperature());
    r[0] = f.flow_mass() - v.flow_mass() - l.flow_mass();
    r[1] = f.flow_mass() * (f.enth_mass() - left) - v.flow_mass() * (steam - left);
    r[2] = v.temperature() - props::temperature_sat_water(v.pressure());
    r[3] = v.flow_mass() * (steam - boiling) - f.flow_mass() * softplus(T(f.enth_mass() - boiling), kEdge);
    return all_finite<T>(r);
  }

  /// Nothing comes, so nothing flashes and nothing leaves.
  IdleForm idle_form() const {
    IdleUnit idle{.variables = variables,
                  .in = {feed},
                  .out = {vapour, liquid},
                  .zero = {vapour.flow_mass(), liquid.flow_mass()}};
    idle.name_equations();
    return {.unit = make_unit(std::move(idle)),
            .signs = {{{feed.flow_mass(), 0.0}, {liquid.flow_mass(), 0.0}}},
            .passes = {{feed.flow_mass(), liquid.flow_mass()}},
            .shut = {feed.flow_mass()}};
  }

  void judge(std::span<const double> x, std::vector<LimitLeft>& found) const {
    const StreamView<double> f(feed, x), v(vapour, x);
    const double boiling = props::enth_mass_liq_sat_water(v.temperature());
    if (f.enth_mass() >= boiling) return;
    const bool water = feed.has_temperature();
    found.push_back({water ? feed.temperature() : feed.enth_mass(), water ? v.temperature() : boiling, "if97",
                     "where it boils in the vessel; nothing flashes"});
  }

  void initialise(std::span<double> x) const {
    const double t = props::temperature_sat_water(x[vapour.pressure()]);
    x[vapour.temperature()] = x[liquid.temperature()] = t;
    const StreamView<double> f(feed, x), v(vapour, x), l(liquid, x);
    const double share = (f.enth_mass() - l.enth_mass()) / (v.enth_mass() - l.enth_mass());
    x[vapour.flow_mass()] = std::min(std::max(share, 0.0), 1.0) * f.flow_mass();
    x[liquid.flow_mass()] = f.flow_mass() - x[vapour.flow_mass()];
  }
};

Result<std::unique_ptr<Unit>> make(const UnitSpec& spec) {
  const Layout layout(spec);
  return make_unit(FlashVessel{.variables = layout.variables,
                               .feed = layout.port("feed"),
                               .vapour = layout.port("vapour"),
                               .liquid = layout.port("liquid")});
}

}  // namespace

ModelInfo flash_vessel() {
  return {.name = "flash_vessel",
          .about =
              "Condensate or wet steam at a lower pressure: flash steam and the condensate that stays, both saturated.",
          .ports = {{"feed", true, {Contents::water, Contents::wet_steam}},
                    {"vapour", false, {Contents::steam}},
                    {"liquid", false, {Contents::water}}},
          .many = false,
          .parameters = {},
          .make = make};
}

}  // namespace castner::unit_models
