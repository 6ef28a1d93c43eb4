// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/physical_reason.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "castner/plant/outside.h"
#include "castner/plant/stream.h"
#include "castner/props/caustic.h"
#include "castner/props/water_if97.h"
#include "castner/unit_models/caustic_evaporator.h"
#include "castner/unit_models/electrolyser.h"

namespace castner::assess {
namespace {

using plant::Plant, plant::Species;
using solve::Advice;

constexpr double kFaraday = 96485.33212;  // C/mol, exact in the SI of 2019
constexpr double kLeastDifference = 0.5;  // K; no evaporator works with less, a guess on the careful side
constexpr double kPlainlyLess = 0.95;     // of the salt that the current uses

double value(std::span<const double> x, int i) { return x[static_cast<std::size_t>(i)]; }
const std::string& path(const Plant& plant, int i) {
  return plant.flowsheet->variables()[static_cast<std::size_t>(i)].name;
}

/// Those units of a model that run.
template <class Anatomy>
std::vector<Anatomy> running(const Plant& plant, std::span<const int> idle) {
  auto all = unit_models::every<Anatomy>(plant);
  std::erase_if(all, [&](const Anatomy& unit) {
    return std::any_of(idle.begin(), idle.end(),
                       [&](int u) { return plant.units[static_cast<std::size_t>(u)].name == unit.name; });
  });
  return all;
}

/// The effect whose steam is least above the boiling point of its liquor, if that is not enough to boil it.
std::optional<Advice> too_cold_steam(const Plant& plant, std::span<const double> x, std::span<const int> idle) {
  std::optional<Advice> worst;
  double least = kLeastDifference;
  for (const auto& e : running<unit_models::CausticEvaporatorAnatomy>(plant, idle)) {
    const double steam = props::temperature_sat_water(value(x, e.steam_pressure));
    const double liquor =
        props::temperature_boil_caustic<double>({value(x, e.vapour_pressure), value(x, e.product_naoh)});
    if (!(steam - liquor < least)) continue;
    least = steam - liquor;
    worst = Advice{
        fmt::format("the steam of {} condenses at {:.1f} degC and its liquor boils at {:.1f} degC: no heat "
                    "flows; raise the pressure of its steam, lower that of its vapour, or ask for a weaker product",
                    e.name, steam - 273.15, liquor - 273.15),
        e.name, e.name + ": heat transfer", path(plant, e.product_temperature)};
  }
  return worst;
}

/// @param known  not a number where nothing is known
std::optional<Advice> no_surface(const Plant& plant, std::span<const double> known, std::span<const int> idle) {
  for (const auto& e : running<unit_models::CausticEvaporatorAnatomy>(plant, idle))
    for (const char* of : {".area", ".heat_transfer_coefficient"})
      if (const auto v = plant.flowsheet->find(e.name + of); v && value(known, *v) == 0.0)
        return Advice{path(plant, *v) +
                          " is 0, so no heat flows and nothing boils; give it a value above 0, or leave it out to "
                          "have it found",
                      e.name, e.name + ": heat transfer", path(plant, *v)};
  return std::nullopt;
}

std::optional<Advice> too_little_salt(const Plant& plant, std::span<const double> x, std::span<const int> idle) {
  for (const auto& e : running<unit_models::ElectrolyserAnatomy>(plant, idle)) {
    const double electrons = e.cells * value(x, e.current) / kFaraday;  // mol/s
    const double used = electrons * (1.0 - value(x, e.current_efficiency_loss)) * plant::molar_mass(Species::NaCl);
    const double brought = value(x, e.brine_in) * value(x, e.brine_in_nacl);
    if (!(brought < kPlainlyLess * used)) continue;
    return Advice{
        fmt::format("{} would use {:.3g} t/h of salt, and its brine brings {:.3g} t/h; raise the flow or strength "
                    "of the brine, or lower the current",
                    e.name, 3.6 * used, 3.6 * brought),
        e.name, "", path(plant, e.brine_in)};
  }
  return std::nullopt;
}

std::optional<Advice> too_much_acid(const Plant& plant, std::span<const double> x, std::span<const int> idle) {
  for (const auto& e : running<unit_models::ElectrolyserAnatomy>(plant, idle)) {
    const auto acid = plant.flowsheet->find(e.name + ".brine.mass_frac.HCl");
    if (!acid) continue;
    const double fed = value(x, e.brine_in) * value(x, *acid) / plant::molar_mass(Species::HCl);
    const double back = e.cells * value(x, e.current) / kFaraday * value(x, e.current_efficiency_loss);
    if (!(back > 0.0 && fed > back)) continue;  // less than nothing crosses back only where the solver is far off
    return Advice{
        fmt::format("{} gets {:.3g} mol/s of acid, and only {:.3g} mol/s of hydroxide crosses back to meet it; take "
                    "off acid",
                    e.name, fed, back),
        e.name, "", path(plant, *acid)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Advice> physical_reason(const Plant& plant, std::span<const double> ended,
                                      std::span<const solve::Held> known, std::span<const int> idle) {
  std::vector<double> x(ended.begin(), ended.end()), alone(x.size(), std::nan(""));
  for (const auto& k : known)
    x[static_cast<std::size_t>(k.variable)] = alone[static_cast<std::size_t>(k.variable)] = k.value;
  if (const auto w = plant::impossible_by_itself(plant, alone)) return Advice{w->text, "", "", w->path};
  if (auto advice = no_surface(plant, alone, idle)) return advice;
  for (const auto reason : {too_much_acid, too_little_salt, too_cold_steam})
    if (auto advice = reason(plant, x, idle)) return advice;
  return std::nullopt;
}

}  // namespace castner::assess
