// SPDX-License-Identifier: Apache-2.0
// One effect of a caustic evaporator; several make a train, the vapour of one heating the next.
// Equations and symbols: docs/models/caustic_evaporator.md.
#include "castner/unit_models/caustic_evaporator.h"

#include "castner/plant/judge_stream.h"
#include "castner/plant/layout.h"
#include "castner/props/caustic.h"
#include "castner/props/water_if97.h"
#include "castner/unit_models/exchanger_side.h"
#include "castner/unit_models/idle_unit.h"

namespace castner::unit_models {
namespace {

using namespace plant;

constexpr double kBelowWater = 1.0;  // K; below 2 % NaOH the fit of the vapour pressure boils up to 0.1 K under water

struct CausticEvaporator {
  std::vector<Variable> variables;
  Port feed, steam, product, vapour, condensate;
  std::size_t duty, boiling_point_elevation;
  Surface surface;
  int mass_balance = 0;
  std::vector<Equation> equations{{"mass balance", 1.0},
                                  {"steam balance", 1.0},
                                  {"NaOH balance", 1.0},
                                  {"energy balance of the liquor", 1e6},
                                  {"energy balance of the steam", 1e6},
                                  {"boiling point", 100.0},
                                  {"vapour leaves at the liquor's temperature", 100.0},
                                  {"condensate leaves saturated", 100.0},
                                  {"heat transfer", 1e6},
                                  {"boiling point elevation", 10.0}};

  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    const StreamView<T> f(feed, x), s(steam, x), p(product, x), v(vapour, x), c(condensate, x);
    const T& w = x[product.mass_frac(Species::NaOH)];
    const T& q = x[duty];
    r[0] = f.flow_mass() + s.flow_mass() - p.flow_mass() - v.flow_mass() - c.flow_mass();
    r[1] = s.flow_mass() - c.flow_mass();
    // Liquor and heat by difference to the product: mass lost, which the first equation shows, is then lost as product.
    const T liquor = p.enth_mass();
    r[2] = f.flow_mass() * (f.mass_frac(Species::NaOH) - w) + v.flow_mass() * w;
    r[3] = f.flow_mass() * (f.enth_mass() - liquor) + q - v.flow_mass() * (v.enth_mass() - liquor);
    r[4] = s.flow_mass() * (s.enth_mass() - c.enth_mass()) - q;
    r[5] = p.temperature() - props::temperature_boil_caustic<T>({v.pressure(), w});
    r[6] = v.temperature() - p.temperature();
    r[7] = c.temperature() - props::temperature_sat_water(s.pressure());
    r[8] = q - x[surface.heat_transfer_coefficient] * x[surface.area] * (c.temperature() - p.temperature());
    r[9] = x[boiling_point_elevation] - (p.temperature() - props::temperature_sat_water(v.pressure()));
    return all_finite<T>(r);
  }

  /// The temperature of the feed at which it comes to the product's strength by flashing alone; 1000 K if none in reach.
  double boils_by_itself_at(std::span<const double> x) const {
    std::vector<double> y(x.begin(), x.end());
    const double share = x[feed.mass_frac(Species::NaOH)] / x[product.mass_frac(Species::NaOH)];
    y[product.temperature()] = y[vapour.temperature()] =
        props::temperature_boil_caustic<double>({x[vapour.pressure()], x[product.mass_frac(Species::NaOH)]});
    const StreamView<double> l(feed, y), p(product, y), v(vapour, y);
    const double asked = share * p.enth_mass() + (1.0 - share) * v.enth_mass();
    const auto brings = [&](double temperature) {
      y[feed.temperature()] = temperature;
      return l.enth_mass() >= asked;
    };
    double low = 273.15, high = 673.15;
    if (!brings(high)) return 1000.0;
    for (int k = 0; k < 40; ++k) {
      const double middle = 0.5 * (low + high);
      (brings(middle) ? high : low) = middle;
    }
    return high;
  }

  void judge(std::span<const double> x, std::vector<LimitLeft>& found) const {
    const double t = x[product.temperature()], steam_side = x[condensate.temperature()];
    judge_range(props::Correlation::caustic_vapour_pressure,
                {.temperature = t, .mass_frac = x[product.mass_frac(Species::NaOH)]}, product, Species::NaOH, found);
    if (steam_side < t)
      found.push_back({condensate.temperature(), t, "", "the liquor that it should heat; heat flows from cold to hot"});
    const double w_in = x[feed.mass_frac(Species::NaOH)], w = x[product.mass_frac(Species::NaOH)];
    if (w < w_in - 1e-4)
      found.push_back({product.mass_frac(Species::NaOH), w_in, "", "what it is fed with; boiling only strengthens"});
    else if (const double hottest = boils_by_itself_at(x); x[feed.temperature()] > hottest)
      found.push_back(
          {feed.temperature(), hottest, "", "where it boils to that strength by itself, without any steam"});
  }

  std::vector<std::vector<std::size_t>> spaces() const {
    return {{feed.flow_mass(), product.flow_mass(), vapour.flow_mass()}, {steam.flow_mass(), condensate.flow_mass()}};
  }

  /// The product as strong as x already says, where that is possible, else what 0.8 kg of vapour a kg of steam gives;
  /// the vapour's pressure where the liquor then boils 15 K below the steam.
  void initialise(std::span<double> x) const {
    const double f = x[feed.flow_mass()], w_in = x[feed.mass_frac(Species::NaOH)];
    if (!(f > 0.0 && w_in > 0.0)) return;
    double& w = x[product.mass_frac(Species::NaOH)];
    if (!(w > w_in + 0.005 && w < 0.6))
      w = std::min(0.55, w_in * f / std::max(f - 0.8 * x[steam.flow_mass()], w_in * f / 0.55));
    x[product.flow_mass()] = f * w_in / w;
    x[vapour.flow_mass()] = f - x[product.flow_mass()];
    const double t_steam = props::temperature_sat_water(x[steam.pressure()]);
    x[condensate.temperature()] = t_steam;
    x[vapour.pressure()] = props::pressure_sat_caustic<double>({t_steam - 15.0, w});
    x[product.temperature()] = x[vapour.temperature()] = t_steam - 15.0;
    x[boiling_point_elevation] = t_steam - 15.0 - props::temperature_sat_water(x[vapour.pressure()]);

    const StreamView<double> s(steam, x), c(condensate, x), l(feed, x), p(product, x), v(vapour, x);
    x[duty] = p.flow_mass() * p.enth_mass() + v.flow_mass() * v.enth_mass() - l.flow_mass() * l.enth_mass();
    x[steam.flow_mass()] = x[condensate.flow_mass()] = std::max(0.0, x[duty]) / (s.enth_mass() - c.enth_mass());
  }

  /// Without steam nothing boils, and the liquor passes as it came; without liquor there is nothing to boil.
  IdleForm idle_form() const {
    IdleUnit idle{.variables = variables,
                  .in = {feed, steam},
                  .out = {product, vapour, condensate},
                  .zero = {steam.flow_mass(), condensate.flow_mass(), vapour.flow_mass(), duty}};
    idle.pass(feed, product);
    idle.name_equations();
    return {.unit = make_unit(std::move(idle)),
            .signs = {{{feed.flow_mass(), 0.0}, {product.flow_mass(), 0.0}},
                      {{steam.flow_mass(), 0.0}, {condensate.flow_mass(), 0.0}}},
            .passes = {{feed.flow_mass(), product.flow_mass()}},
            .shut = {steam.flow_mass()}};
  }
};

Result<std::unique_ptr<Unit>> make(const UnitSpec& spec) {
  Layout layout(spec);
  CausticEvaporator m{
      .variables = {},
      .feed = layout.port("feed"),
      .steam = layout.port("steam"),
      .product = layout.port("product"),
      .vapour = layout.port("vapour"),
      .condensate = layout.port("condensate"),
      .duty = layout.add({"duty", "W", 0.0, kUnbounded, 1e6, 1e6}),
      .boiling_point_elevation = layout.add({"boiling_point_elevation", "K", -kBelowWater, 150.0, 10.0, 25.0}),
      .surface = add_surface(layout)};
  m.variables = layout.variables;
  return make_unit(std::move(m));
}

}  // namespace

CausticEvaporatorAnatomy CausticEvaporatorAnatomy::of(const UnitPlace& unit) {
  const auto at = [&](std::string_view name) { return unit.variable(name); };
  return {.name = unit.name(),
          .feed = at("feed.flow_mass"),
          .feed_naoh = at("feed.mass_frac.NaOH"),
          .feed_temperature = at("feed.temperature"),
          .product = at("product.flow_mass"),
          .product_naoh = at("product.mass_frac.NaOH"),
          .product_temperature = at("product.temperature"),
          .steam = at("steam.flow_mass"),
          .steam_temperature = at("steam.temperature"),
          .steam_pressure = at("steam.pressure"),
          .vapour = at("vapour.flow_mass"),
          .vapour_temperature = at("vapour.temperature"),
          .vapour_pressure = at("vapour.pressure"),
          .condensate = at("condensate.flow_mass"),
          .condensate_temperature = at("condensate.temperature"),
          .heat_transfer_coefficient = at("heat_transfer_coefficient")};
}

ModelInfo caustic_evaporator() {
  return {
      .name = CausticEvaporatorAnatomy::kModel,
      .about = "One effect of a caustic evaporator: steam condenses, the liquor boils at its elevated boiling point.",
      .ports = {{"feed", true, {Contents::caustic}},
                {"steam", true, {Contents::steam}},
                {"product", false, {Contents::caustic}},
                {"vapour", false, {Contents::steam}},
                {"condensate", false, {Contents::water}}},
      .many = false,
      .parameters = {{.name = "area", .unit = "m2", .about = "heating surface"},
                     {.name = "heat_transfer_coefficient",
                      .unit = "W/(m2.K)",
                      .about =
                          "overall, between condensing steam and boiling liquor; superheat of the steam drives nothing",
                      .assumed = plant::ParameterInfo::Assumed{1500.0, 700.0}}},
      .make = make};
}

}  // namespace castner::unit_models
