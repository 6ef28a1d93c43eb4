// SPDX-License-Identifier: Apache-2.0
#include "castner/plant/stream.h"

#include <algorithm>
#include <array>

#include "castner/base/check.h"
#include "castner/props/constants.h"

namespace castner::plant {
namespace {

using enum Species;

const std::array<ContentsInfo, 11> kContents{{
    {Contents::mass, "mass", H2O, {}, false, false},
    {Contents::water, "water", H2O, {}, true, false},
    {Contents::steam, "steam", H2O, {}, true, true},
    {Contents::brine, "brine", H2O, {NaCl}, true, false},
    {Contents::acid_brine, "acid_brine", H2O, {NaCl, HCl}, true, false},
    {Contents::depleted_brine, "depleted_brine", H2O, {NaCl, NaClO3, HOCl, Cl2}, true, false},
    {Contents::caustic, "caustic", H2O, {NaOH}, true, false},
    {Contents::chlorine_gas, "chlorine_gas", Cl2, {O2, H2O}, true, true},
    {Contents::hydrogen_gas, "hydrogen_gas", H2, {H2O}, true, true},
    {Contents::hydrogen_chloride, "hydrogen_chloride", HCl, {}, false, false},
    {Contents::wet_steam, "wet_steam", H2O, {}, false, true, true},
}};

struct SpeciesRow {
  Species species;
  std::string_view name;
  double molar_mass;  // [kg/mol]
};
constexpr std::array<SpeciesRow, 9> kSpecies{{{H2O, "H2O", props::kMolarMassWater},
                                              {NaCl, "NaCl", props::kMolarMassNaCl},
                                              {NaOH, "NaOH", props::kMolarMassNaOH},
                                              {HCl, "HCl", props::kMolarMassHCl},
                                              {NaClO3, "NaClO3", props::kMolarMassNaClO3},
                                              {HOCl, "HOCl", props::kMolarMassHOCl},
                                              {Cl2, "Cl2", props::kMolarMassChlorine},
                                              {O2, "O2", props::kMolarMassOxygen},
                                              {H2, "H2", props::kMolarMassHydrogen}}};

/// Typical mass fraction of a species, for scaling and as a first value.
double typical_fraction(Contents c, Species s) {
  switch (s) {
    case NaCl: return c == Contents::depleted_brine ? 0.185 : 0.26;
    case NaOH: return 0.32;
    case HCl: return 1.3e-3;
    case NaClO3: return 4e-4;
    case HOCl: return 8e-4;
    case Cl2: return 7e-4;
    case O2: return 3e-3;
    case H2O: return c == Contents::hydrogen_gas ? 0.75 : 0.18;
    default: return 0.5;
  }
}

}  // namespace

const ContentsInfo& contents_info(Contents c) {
  const auto& info = kContents[static_cast<std::size_t>(c)];
  check(info.contents == c, "contents table follows the order of the enum");
  return info;
}
std::span<const ContentsInfo> all_contents() { return kContents; }

std::optional<Contents> contents_named(std::string_view name) {
  const auto* it = std::find_if(kContents.begin(), kContents.end(), [&](const auto& c) { return c.name == name; });
  return it == kContents.end() ? std::nullopt : std::optional(it->contents);
}
std::string_view species_name(Species s) { return kSpecies[static_cast<std::size_t>(s)].name; }
std::optional<Species> species_named(std::string_view name) {
  const auto* it = std::find_if(kSpecies.begin(), kSpecies.end(), [&](const auto& s) { return s.name == name; });
  return it == kSpecies.end() ? std::nullopt : std::optional(it->species);
}
double molar_mass(Species s) { return kSpecies[static_cast<std::size_t>(s)].molar_mass; }

std::vector<Variable> stream_variables(Contents c) {
  const auto& info = contents_info(c);
  std::vector<Variable> v;
  v.push_back({"flow_mass", "kg/s", c == Contents::mass ? -kUnbounded : 0.0, kUnbounded, 1.0, 1.0});
  for (Species s : info.species) {
    const double x = typical_fraction(c, s);
    v.push_back({"mass_frac." + std::string(species_name(s)), "1", 0.0, 1.0, x, x});
  }
  if (info.temperature) v.push_back({"temperature", "K", 250.0, 700.0, 300.0, 353.15});
  if (info.pressure) v.push_back({"pressure", "Pa", 500.0, 1e7, 1e5, 1.1e5});
  if (info.enthalpy) v.push_back({"enth_mass", "J/kg", -1e6, 5e6, 1e6, 2e6});
  return v;
}

}  // namespace castner::plant
