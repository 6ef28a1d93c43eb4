// SPDX-License-Identifier: Apache-2.0
/// Quantities of a stream that instruments show or users compute with and the equations do not carry: volumes, concentrations, dry
/// gas, enthalpy, saturation.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castner/plant/stream.h"
#include "castner/plant/unit.h"

namespace castner::plant {

/// One derived quantity: a variable, and the one equation that defines it from the stream.
struct DerivedQuantity {
  Variable variable;           ///< name as asked for, "conc_mass.NaCl"
  std::unique_ptr<Unit> unit;  ///< its variables: those of the stream in order, then the quantity
};

/// Makes the quantity of this name for a stream of these contents; nothing where it has no meaning there, or where the
/// stream carries it as a variable already.
///   flow_mass.X      [kg/s]   of one species
///   flow_mass_dry    [kg/s]   of a gas without its water vapour
///   mass_frac.X      [1]      of the species that is 1 - the others
///   flow_mol.X       [mol/s]
///   flow_vol         [m3/s]   at its own temperature (and pressure)
///   flow_vol_normal  [m3/s]   of a gas, moisture included, brought to 273.15 K and 101.325 kPa
///   flow_vol_normal_dry       the same without its water vapour
///   dens_mass        [kg/m3]
///   conc_mass.X      [kg/m3]  of liquids: mass of a species in a volume of stream
///   mole_frac_dry.X  [1]      of gases: mole (volume) fraction once the water vapour is taken away
///   enth_mass        [J/kg]   without heats of formation: liquids and steam from water at 0 degC, gases from 25 degC
///   cp_mass          [J/(kg K)]
///   pressure_sat     [Pa]     of liquids: of the water vapour above them; of steam: at its temperature
///   temperature      [K]      of wet steam
///   vapour_frac      [1]      of wet steam: mass of vapour; below 0 subcooled, above 1 superheated
///   temperature_sat  [K]      of steam: at its pressure; of gases: the dew point of its water
std::optional<DerivedQuantity> stream_quantity(Contents, std::string_view name);

/// Every name that stream_quantity() knows for these contents, for messages.
std::vector<std::string> stream_quantity_names(Contents);

}  // namespace castner::plant
