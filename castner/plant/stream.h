// SPDX-License-Identifier: Apache-2.0
/// Material in a pipe: the species of each kind of stream, and the variables that describe it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castner/numerics/equation_system.h"

namespace castner::plant {

/// The contents of a stream. One row of `contents_info` each; plant.toml names them in snake_case.
enum class Contents {
  mass,               ///< flow only
  water,              ///< liquid water
  steam,              ///< water vapour, saturated or superheated
  brine,              ///< NaCl + H2O
  acid_brine,         ///< NaCl + HCl + H2O
  depleted_brine,     ///< anolyte: NaCl + NaClO3 + HOCl + dissolved Cl2 + H2O
  caustic,            ///< NaOH + H2O
  chlorine_gas,       ///< Cl2 + O2 + H2O vapour
  hydrogen_gas,       ///< H2 + H2O vapour
  hydrogen_chloride,  ///< HCl counted as 100 %, by flow only
  wet_steam,          ///< water, steam or both; its state is pressure and enthalpy
};

/// A species of the plant. Order is that of `molar_mass`.
enum class Species { H2O, NaCl, NaOH, HCl, NaClO3, HOCl, Cl2, O2, H2 };

struct ContentsInfo {
  Contents contents;
  std::string_view name;         ///< "chlorine_gas"
  Species rest;                  ///< the species whose mass fraction is 1 - the others
  std::vector<Species> species;  ///< the others, each a mass_frac variable
  bool temperature, pressure;    ///< has such a variable
  bool enthalpy = false;         ///< has enth_mass as a variable, in the place of a temperature
};

const ContentsInfo& contents_info(Contents);
std::span<const ContentsInfo> all_contents();
std::optional<Contents> contents_named(std::string_view);
std::string_view species_name(Species);
std::optional<Species> species_named(std::string_view);
double molar_mass(Species);  ///< [kg/mol]

/// The variables of a stream of this kind in their fixed order, names without the stream:
/// flow_mass [kg/s], mass_frac.X [1] of each other species, temperature [K], pressure [Pa], enth_mass [J/kg].
std::vector<Variable> stream_variables(Contents);

}  // namespace castner::plant
