// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/indicators.h"

#include "castner/assess/amounts.h"
#include "castner/props/water_if97.h"

namespace castner::assess {
namespace {

constexpr double kJoulePerKilogramToKilowattHourPerTonne = 1.0 / 3600.0;
// GB/T 2589-2020 prints 0.1229 kgce/kWh for electricity by equivalent value (from memory, not read) and
// 29.3076 MJ/kgce. Both stand here as printed and are never recomputed from each other.
constexpr double kCoalPerJouleOfElectricity = 0.1229 / 3.6e6;
constexpr double kCoalPerJouleOfHeat = 1.0 / 29.3076e6;

class Builder {
 public:
  Builder(std::span<const double> x, std::vector<Indicator>& out) : x_(x), out_(out) {}
  template <class F>
  void add(const std::string& path, const std::string& unit, double scale, F f) {
    out_.push_back({path, unit, scale, trace(x_, f), {}, {}});
  }
  /// Each of what it is per is a function like `above`.
  template <class F, class... Per>
  void ratio(const std::string& path, const std::string& unit, double scale, F above, Per... per) {
    out_.push_back({path, unit, scale, trace(x_, [&](Reader& at) { return above(at, per(at)...); }), {}, {}});
    (out_.back().per.push_back(trace(x_, per)), ...);
  }
  template <class F, class P>
  void quotient(const std::string& path, const std::string& unit, double scale, F above, P per) {
    ratio(
        path, unit, scale, [&](Reader& at, const Dual1& by) { return above(at) / by; }, per);
  }
  void unknown(const std::string& path, const std::string& unit, double scale, const std::string& missing) {
    out_.push_back({path, unit, scale, std::nullopt, missing, {}});
  }

 private:
  std::span<const double> x_;
  std::vector<Indicator>& out_;
};

void electrolysis(Builder& b, const std::string& prefix, const std::vector<Electrolyser>& all) {
  const double per_tonne = kJoulePerKilogramToKilowattHourPerTonne;
  const auto naoh = [&](Reader& at) { return sum(all, at, naoh_made); };
  const auto current = [&](Reader& at) { return sum(all, at, cell_current); };
  const auto power = [&](Reader& at) { return sum(all, at, dc_power); };
  b.quotient(prefix + "dc_energy_per_naoh", "kW.h/t", per_tonne, power, naoh);
  b.quotient(prefix + "dc_energy_per_cl2", "kW.h/t", per_tonne, power,
             [&](Reader& at) { return sum(all, at, chlorine_made); });
  b.quotient(
      prefix + "salt_per_naoh", "t/t", 1.0, [&](Reader& at) { return sum(all, at, nacl_used); }, naoh);
  b.quotient(
      prefix + "current_efficiency", "1", 1.0,
      [&](Reader& at) {
        return sum(all, at,
                   [](const Electrolyser& e, Reader& r) { return r(e.current_efficiency) * r(e.current) * e.cells; });
      },
      current);
  b.quotient(
      prefix + "current_efficiency_chlorine", "1", 1.0,
      [&](Reader& at) {
        return sum(all, at, [](const Electrolyser& e, Reader& r) {
          return r(e.current_efficiency_chlorine) * r(e.current) * e.cells;
        });
      },
      current);
  b.add(prefix + "current_density", "A/m2", 1.0, [&](Reader& at) {
    return sum(all, at, [](const Electrolyser& e, Reader& r) { return r(e.current_density) * e.cells; }) /
           sum(all, at, [](const Electrolyser& e, Reader&) { return Dual1(e.cells); });
  });
  b.add(prefix + "load", "kg/s", 1.0, naoh);
}

Dual1 live_steam(const std::vector<Effect>& all, Reader& at) {
  Dual1 s(0.0);
  for (const auto& e : all)
    if (e.live_steam) s += at(e.steam);
  return s;
}

Dual1 vapour(const std::vector<Effect>& all, Reader& at) {
  Dual1 v(0.0);
  for (const auto& e : all) v += at(e.vapour);
  return v;
}

/// NaOH leaving the last effects, per second.
Dual1 concentrated(const std::vector<Effect>& all, Reader& at) {
  Dual1 m(0.0);
  for (const auto& e : all)
    if (e.last_product) m += at(e.product) * at(e.product_naoh);
  return m;
}

/// Enthalpy of live steam as it arrives, no credit for condensate [W].
Dual1 live_steam_enthalpy(const std::vector<Effect>& all, Reader& at) {
  Dual1 h(0.0);
  for (const auto& e : all)
    if (e.live_steam)
      h += at(e.steam) * props::enth_mass_vap_water<Dual1>({at(e.steam_temperature), at(e.steam_pressure)});
  return h;
}

}  // namespace

std::vector<Indicator> indicators(const plant::Plant& plant, const Apparatus& a, std::span<const double> x) {
  std::vector<Indicator> out;
  Builder b(x, out);
  // A plant of which all stand still makes nothing that an indicator could be counted by.
  const bool cells = !a.electrolysers.empty(), effects = !a.effects.empty();
  const auto naoh = [&](Reader& at) { return sum(a.electrolysers, at, naoh_made); };
  const auto steam = [&](Reader& at) { return live_steam(a.effects, at); };
  const auto concentrate = [&](Reader& at) { return concentrated(a.effects, at); };
  if (cells) {
    electrolysis(b, "", a.electrolysers);
    for (const auto& e : a.electrolysers) electrolysis(b, e.name + ".", {e});
    if (!a.rectifiers.empty())
      b.quotient(
          "ac_energy_per_naoh", "kW.h/t", kJoulePerKilogramToKilowattHourPerTonne,
          [&](Reader& at) { return ac_power(a.rectifiers, at); }, naoh);
    else
      b.unknown("ac_energy_per_naoh", "kW.h/t", 1.0, "rectifier");
  }
  if (effects) {
    b.quotient("steam_per_naoh", "t/t", 1.0, steam, concentrate);
    b.quotient(
        "evaporator_economy", "t/t", 1.0, [&](Reader& at) { return vapour(a.effects, at); }, steam);
    for (const auto& e : a.effects)
      b.quotient(
          e.name + ".evaporator_economy", "t/t", 1.0, [&](Reader& at) { return at(e.vapour); },
          [&](Reader& at) { return at(e.steam); });
  }
  if (cells) {
    const std::string path = "comprehensive_energy_per_naoh", unit = "kgce/t";
    const auto electricity = [&](Reader& at, const Dual1& made) {
      return (ac_power(a.rectifiers, at) / made + *plant.economics.auxiliaries) * kCoalPerJouleOfElectricity;
    };
    if (!plant.economics.auxiliaries)
      b.unknown(path, unit, 1e3, "auxiliaries");
    else if (a.rectifiers.empty())
      b.unknown(path, unit, 1e3, "rectifier");
    else if (!effects)
      b.ratio(path, unit, 1e3, electricity, naoh);
    else
      b.ratio(
          path, unit, 1e3,
          [&](Reader& at, const Dual1& made, const Dual1& strong) {
            return electricity(at, made) + live_steam_enthalpy(a.effects, at) / strong * kCoalPerJouleOfHeat;
          },
          naoh, concentrate);
  }
  return out;
}

}  // namespace castner::assess
