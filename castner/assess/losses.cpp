// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/losses.h"

#include <algorithm>

#include "castner/assess/amounts.h"
#include "castner/props/caustic.h"
#include "castner/props/water_if97.h"

namespace castner::assess {
namespace {

/// The volts of one cause times the current that made product; what the rest of the current wasted is
/// current inefficiency.
Traced volts(const Electrolyser& e, std::span<const double> x, std::initializer_list<int> parts) {
  return trace(x, [&](Reader& at) {
    Dual1 u(0.0);
    for (const int part : parts) u += at(part);
    return u * at(e.current) * e.cells * at(e.current_efficiency);
  });
}

void volt_by_volt(const Electrolyser& e, std::span<const double> x, std::vector<LossTerm>& out) {
  out.push_back({e.name, "reversible", "thermodynamic_minimum", volts(e, x, {e.reversible}), {}});
  out.push_back({e.name, "anode", "no_overvoltage", volts(e, x, {e.anode}), {}});
  out.push_back({e.name, "cathode", "no_overvoltage", volts(e, x, {e.cathode}), {}});
  // One load point cannot say where a voltage above the model's comes from. It is counted with the membrane, which ages
  // fastest; the finding above_best_peer names it as a voltage, without a cause.
  out.push_back({e.name, "membrane_gap", "no_resistance", volts(e, x, {e.membrane, e.wear}), {}});
  out.push_back({e.name, "metal", "no_resistance", volts(e, x, {e.metal}), {}});
  out.push_back({e.name,
                 "current_inefficiency",
                 "every_electron_makes_naoh",
                 trace(x, [&](Reader& at) { return at(e.dc_power) * (1.0 - at(e.current_efficiency)); }),
                 {}});
}

/// Power an electrolyser draws above what its best peer would draw for the same product: the peer's wear voltage and
/// current efficiency put in its place, at its own current density, temperature and strength.
void against_best_peer(const std::vector<Electrolyser>& all, const Electrolyser& best, std::span<const double> x,
                       std::vector<LossTerm>& out) {
  for (const auto& e : all) {
    if (e.name == best.name) continue;
    out.push_back({e.name,
                   "above_best_peer",
                   best.name,
                   trace(x,
                         [&](Reader& at) {
                           const Dual1 u = at(e.cell_voltage) - (at(e.wear) - at(best.wear));
                           return at(e.dc_power) -
                                  u * at(e.current) * e.cells * at(e.current_efficiency) / at(best.current_efficiency);
                         }),
                   {},
                   {trace(x, [&](Reader& at) { return at(best.current_efficiency); })}});
  }
}

/// Live steam above the ideal of the same train: the same effects, pressures and concentrations, every liquor entering
/// at its boiling point, no heat lost, each vapour giving all its condensation heat to the next effect.
///
/// With r_k the heat an effect needs per kilogram evaporated and q_k the heat its heating vapour gives per kilogram,
/// the vapour raised per kilogram of live steam is the sum of the products of q_k/r_k along the chain.
Traced steam_excess(const std::vector<Effect>& all, std::size_t first, std::span<const double> x) {
  std::vector<std::size_t> chain{first};
  for (;;) {
    const auto next = std::find_if(all.begin(), all.end(),
                                   [&](const auto& e) { return e.heated_by == static_cast<int>(chain.back()); });
    if (next == all.end() || chain.size() > all.size()) break;
    chain.push_back(static_cast<std::size_t>(next - all.begin()));
  }
  return trace(x, [&](Reader& at) {
    Dual1 raised(0.0), share(1.0), evaporated(0.0);
    for (const std::size_t k : chain) {
      const auto& e = all[k];
      const Dual1 t = at(e.product_temperature), v = at(e.vapour);
      const Dual1 needs = v * props::enth_mass_vap_water<Dual1>({at(e.vapour_temperature), at(e.vapour_pressure)}) +
                          at(e.product) * props::enth_mass_caustic<Dual1>({t, at(e.product_naoh)}) -
                          at(e.feed) * props::enth_mass_caustic<Dual1>({t, at(e.feed_naoh)});
      const Dual1 gives = props::enth_mass_vap_water<Dual1>({at(e.steam_temperature), at(e.steam_pressure)}) -
                          props::enth_mass_liq_sat_water(at(e.condensate_temperature));
      share = share * gives * v / needs;
      raised += share;
      evaporated += v;
    }
    return at(all[first].steam) - evaporated / raised;
  });
}

}  // namespace

std::string best_peer(std::span<const Apparatus* const> running, std::span<const std::vector<double>> states) {
  struct Sum {
    std::string name;
    double energy = 0.0, states = 0.0;
  };
  std::vector<Sum> sums;
  for (std::size_t n = 0; n < states.size(); ++n) {
    const auto& all = running[n]->electrolysers;
    const auto v = [&](int i) { return states[n][static_cast<std::size_t>(i)]; };
    double unworn = 0.0;  // cell voltage without wear, averaged: peers are compared at equal current density
    for (const auto& e : all) unworn += (v(e.cell_voltage) - v(e.wear)) / static_cast<double>(all.size());
    for (const auto& e : all) {
      if (!(v(e.current_efficiency) > 0.0)) continue;  // no product to compare by
      auto s = std::find_if(sums.begin(), sums.end(), [&](const Sum& x) { return x.name == e.name; });
      if (s == sums.end()) s = sums.insert(sums.end(), {e.name});
      s->energy += (unworn + v(e.wear)) / v(e.current_efficiency);
      s->states += 1.0;
    }
  }
  if (sums.size() < 2) return {};
  return std::min_element(sums.begin(), sums.end(),
                          [](const Sum& l, const Sum& r) { return l.energy / l.states < r.energy / r.states; })
      ->name;
}

std::vector<LossTerm> losses(const Apparatus& a, std::span<const double> x, const std::string& best) {
  std::vector<LossTerm> out;
  for (const auto& e : a.electrolysers) volt_by_volt(e, x, out);
  for (const auto& r : a.rectifiers)
    out.push_back({r.name,
                   "rectifier",
                   "no_conversion_loss",
                   trace(x, [&](Reader& at) { return at(r.ac_power) - at(r.dc_power); }),
                   {}});
  for (const auto& e : a.electrolysers)
    if (e.name == best) against_best_peer(a.electrolysers, e, x, out);
  for (std::size_t k = 0; k < a.effects.size(); ++k) {
    const auto& e = a.effects[k];
    if (!e.live_steam) continue;
    const Traced steam = steam_excess(a.effects, k, x);
    const auto v = [&](int i) { return x[static_cast<std::size_t>(i)]; };
    const double heat = props::enth_mass_vap_water<double>({v(e.steam_temperature), v(e.steam_pressure)}) -
                        props::enth_mass_liq_sat_water(v(e.condensate_temperature));
    Traced power = steam;  // as condensation heat, for the energy picture
    power.value *= heat;
    for (auto& [variable, slope] : power.gradient) slope *= heat;
    out.push_back({e.name, "steam_excess", "same_train_ideal", std::move(power), steam, {trace(x, [&](Reader& at) {
                     return at(e.vapour);
                   })}});
  }
  return out;
}

}  // namespace castner::assess
