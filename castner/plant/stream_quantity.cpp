// SPDX-License-Identifier: Apache-2.0
#include "castner/plant/stream_quantity.h"

#include <algorithm>

#include "castner/plant/layout.h"
#include "castner/plant/stream_view.h"
#include "castner/props/constants.h"

namespace castner::plant {
namespace {

enum class Kind {
  flow_mass,
  flow_mass_dry,
  mass_frac,
  flow_mol,
  flow_vol,
  flow_vol_normal,
  flow_vol_normal_dry,
  dens_mass,
  conc_mass,
  mole_frac_dry,
  enth_mass,
  cp_mass,
  pressure_sat,
  temperature_sat,
  temperature,
  vapour_frac
};

struct Row {
  Kind kind;
  std::string_view name;
  std::string_view unit;
  bool of_species;
};
constexpr Row kRows[] = {{Kind::flow_mass, "flow_mass", "kg/s", true},
                         {Kind::flow_mass_dry, "flow_mass_dry", "kg/s", false},
                         {Kind::mass_frac, "mass_frac", "1", true},
                         {Kind::flow_mol, "flow_mol", "mol/s", true},
                         {Kind::flow_vol, "flow_vol", "m3/s", false},
                         {Kind::flow_vol_normal, "flow_vol_normal", "m3/s", false},
                         {Kind::flow_vol_normal_dry, "flow_vol_normal_dry", "m3/s", false},
                         {Kind::dens_mass, "dens_mass", "kg/m3", false},
                         {Kind::conc_mass, "conc_mass", "kg/m3", true},
                         {Kind::mole_frac_dry, "mole_frac_dry", "1", true},
                         {Kind::enth_mass, "enth_mass", "J/kg", false},
                         {Kind::cp_mass, "cp_mass", "J/(kg.K)", false},
                         {Kind::pressure_sat, "pressure_sat", "Pa", false},
                         {Kind::temperature_sat, "temperature_sat", "K", false},
                         {Kind::temperature, "temperature", "K", false},
                         {Kind::vapour_frac, "vapour_frac", "1", false}};

/// [m3/mol] of an ideal gas at 273.15 K and 101.325 kPa.
constexpr double kNormalVolume = props::kGasConstant * 273.15 / 101325.0;

bool has_meaning(Contents c, Kind k, Species s) {
  const auto& info = contents_info(c);
  const bool pure = info.species.empty();  // then a species' share is the stream itself
  switch (k) {
    case Kind::flow_mass:
    case Kind::flow_mol: return has_enthalpy(c);
    case Kind::mass_frac: return !pure && s == info.rest;  // the others are variables already
    case Kind::flow_vol:
    case Kind::dens_mass: return has_volume(c);
    case Kind::flow_mass_dry:
    case Kind::flow_vol_normal:
    case Kind::flow_vol_normal_dry: return is_gas(c);
    case Kind::conc_mass: return has_volume(c) && !is_gas(c) && c != Contents::steam && !pure;
    case Kind::mole_frac_dry: return is_gas(c) && s != Species::H2O;
    case Kind::enth_mass:
    case Kind::cp_mass: return info.temperature;
    case Kind::pressure_sat: return info.temperature && !is_gas(c);
    case Kind::temperature_sat: return is_gas(c) || c == Contents::steam || info.enthalpy;
    case Kind::temperature:
    case Kind::vapour_frac: return info.enthalpy;
  }
  return false;
}

struct StreamQuantity {
  Port stream;
  Kind kind;
  Species species;  ///< where the kind asks for one
  std::vector<Variable> variables;
  std::vector<Equation> equations;

  template <class T>
  T value(std::span<const T> x) const {
    const StreamView<T> s(stream, x);
    switch (kind) {
      case Kind::flow_mass: return s.flow_mass(species);
      case Kind::flow_mass_dry: return s.flow_mass() - s.flow_mass(Species::H2O);
      case Kind::mass_frac: return s.mass_frac(species);
      case Kind::flow_mol: return s.flow_mol(species);
      case Kind::flow_vol: return s.flow_mass() * s.vol_mass();
      case Kind::flow_vol_normal: return s.flow_mass() * s.amount_per_mass(false) * kNormalVolume;
      case Kind::flow_vol_normal_dry: return s.flow_mass() * s.amount_per_mass(true) * kNormalVolume;
      case Kind::dens_mass: return 1.0 / s.vol_mass();
      case Kind::conc_mass: return s.mass_frac(species) / s.vol_mass();
      case Kind::mole_frac_dry: return s.mass_frac(species) / (s.amount_per_mass(true) * molar_mass(species));
      case Kind::enth_mass: return s.enth_mass();
      case Kind::cp_mass: return s.cp_mass();
      case Kind::pressure_sat: return s.pressure_sat_at(s.temperature());
      case Kind::temperature_sat: return s.temperature_sat();
      case Kind::temperature: return s.temperature_of_state();
      case Kind::vapour_frac: return s.vapour_frac();
    }
    return T(0.0);
  }
  template <class T>
  bool residual(std::span<const T> x, std::span<T> r) const {
    r[0] = x.back() - value(x);
    return all_finite<T>(r);
  }
  void initialise(std::span<double> x) const { x.back() = value(std::span<const double>(x)); }
};

}  // namespace

std::optional<DerivedQuantity> stream_quantity(Contents c, std::string_view name) {
  const auto dot = name.find('.');
  const auto* row =
      std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& r) { return r.name == name.substr(0, dot); });
  if (row == std::end(kRows) || row->of_species != (dot != std::string_view::npos)) return std::nullopt;
  Port stream{c, true, 0};
  Species species = contents_info(c).rest;
  if (row->of_species) {
    const auto named = species_named(name.substr(dot + 1));
    if (!named || !stream.holds(*named)) return std::nullopt;
    species = *named;
  }
  if (!has_meaning(c, row->kind, species)) return std::nullopt;

  StreamQuantity q{stream, row->kind, species, stream_variables(c), {}};
  std::vector<double> x;
  for (const auto& v : q.variables) x.push_back(v.start);
  x.push_back(0.0);
  const double typical = q.value(std::span<const double>(x));  // at the stream's own first values
  Variable v{std::string(name), std::string(row->unit), 0.0, kUnbounded, typical, typical};
  if (row->kind == Kind::enth_mass || row->kind == Kind::vapour_frac) v.low = -kUnbounded;
  if (row->kind == Kind::mass_frac || row->kind == Kind::mole_frac_dry) v.high = 1.0;
  q.variables.push_back(v);
  q.equations.push_back({v.name, typical});
  return DerivedQuantity{v, make_unit(std::move(q))};
}

std::vector<std::string> stream_quantity_names(Contents c) {
  std::vector<std::string> names;
  for (const Row& row : kRows) {
    if (!row.of_species) {
      if (has_meaning(c, row.kind, contents_info(c).rest)) names.emplace_back(row.name);
      continue;
    }
    auto species = contents_info(c).species;
    species.push_back(contents_info(c).rest);
    for (Species s : species)
      if (has_meaning(c, row.kind, s)) names.push_back(std::string(row.name) + "." + std::string(species_name(s)));
  }
  return names;
}

}  // namespace castner::plant
