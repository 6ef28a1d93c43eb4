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
    out_.push_back({path, unit, scale, trace(x_, f), {}});
  }
  void unknown(const std::string& path, const std::string& unit, double scale, const std::string& missing) {
    out_.push_back({path, unit, scale, std::nullopt, missing});
  }

 private:
  std::span<const double> x_;
  std::vector<Indicator>& out_;
};

void electrolysis(Builder& b, const std::string& prefix, const std::vector<Electrolyser>& all) {
  const double per_tonne = kJoulePerKilogramToKilowattHourPerTonne;
  b.add(prefix + "dc_energy_per_naoh", "kW.h/t", per_tonne,
        [&](Reader& at) { return sum(all, at, dc_power) / sum(all, at, naoh_made); });
  b.add(prefix + "dc_energy_per_cl2", "kW.h/t", per_tonne,
        [&](Reader& at) { return sum(all, at, dc_power) / sum(all, at, chlorine_made); });
  b.add(prefix + "salt_per_naoh", "t/t", 1.0,
        [&](Reader& at) { return sum(all, at, nacl_used) / sum(all, at, naoh_made); });
  b.add(prefix + "current_efficiency", "1", 1.0, [&](Reader& at) {
    return sum(all, at,
               [](const Electrolyser& e, Reader& r) { return r(e.current_efficiency) * r(e.current) * e.cells; }) /
           sum(all, at, cell_current);
  });
  b.add(prefix + "current_efficiency_chlorine", "1", 1.0, [&](Reader& at) {
    return sum(all, at,
               [](const Electrolyser& e, Reader& r) {
                 return r(e.current_efficiency_chlorine) * r(e.current) * e.cells;
               }) /
           sum(all, at, cell_current);
  });
  b.add(prefix + "current_density", "A/m2", 1.0, [&](Reader& at) {
    return sum(all, at, [](const Electrolyser& e, Reader& r) { return r(e.current_density) * e.cells; }) /
           sum(all, at, [](const Electrolyser& e, Reader&) { return Dual1(e.cells); });
  });
  b.add(prefix + "load", "kg/s", 1.0, [&](Reader& at) { return sum(all, at, naoh_made); });
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
  if (cells) {
    electrolysis(b, "", a.electrolysers);
    for (const auto& e : a.electrolysers) electrolysis(b, e.name + ".", {e});
    if (!a.rectifiers.empty())
      b.add("ac_energy_per_naoh", "kW.h/t", kJoulePerKilogramToKilowattHourPerTonne,
            [&](Reader& at) { return ac_power(a.rectifiers, at) / sum(a.electrolysers, at, naoh_made); });
    else
      b.unknown("ac_energy_per_naoh", "kW.h/t", 1.0, "rectifier");
  }
  if (effects) {
    b.add("steam_per_naoh", "t/t", 1.0,
          [&](Reader& at) { return live_steam(a.effects, at) / concentrated(a.effects, at); });
    b.add("evaporator_economy", "t/t", 1.0,
          [&](Reader& at) { return vapour(a.effects, at) / live_steam(a.effects, at); });
    for (const auto& e : a.effects)
      b.add(e.name + ".evaporator_economy", "t/t", 1.0, [&](Reader& at) { return at(e.vapour) / at(e.steam); });
  }
  if (cells) {
    const std::string path = "comprehensive_energy_per_naoh", unit = "kgce/t";
    if (!plant.economics.auxiliaries)
      b.unknown(path, unit, 1e3, "auxiliaries");
    else if (a.rectifiers.empty())
      b.unknown(path, unit, 1e3, "rectifier");
    else
      b.add(path, unit, 1e3, [&](Reader& at) {
        const Dual1 naoh = sum(a.electrolysers, at, naoh_made);
        Dual1 coal = (ac_power(a.rectifiers, at) / naoh + *plant.economics.auxiliaries) * kCoalPerJouleOfElectricity;
        if (effects) coal += live_steam_enthalpy(a.effects, at) / concentrated(a.effects, at) * kCoalPerJouleOfHeat;
        return coal;
      });
  }
  return out;
}

}  // namespace castner::assess
