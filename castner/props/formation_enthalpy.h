// SPDX-License-Identifier: Apache-2.0
/// One enthalpy basis for every stream of the plant, so that heats of reaction, dilution and evaporation come
/// out of plain balances: the elements at 25 degC are zero.
///
/// Source docs/domain/electrolyser.md 2.6 (offsets computed from CODATA and the correlations' own zero points;
/// uncertainty about 1 kJ/mol). Any scalar of numerics/scalar.h; ranges are those of the correlations used.
#pragma once

#include "castner/props/brine.h"
#include "castner/props/caustic.h"
#include "castner/props/gas.h"
#include "castner/props/water_if97.h"

namespace castner::props {

// The offset from a correlation's own zero to the common basis [J/mol of the species].
inline constexpr double kFormationOffsetWater = -287720.0;
inline constexpr double kFormationOffsetNaOH = -469700.0;
inline constexpr double kFormationOffsetNaCl = -407420.0;

// Dissolved minor species, value at 25 degC, temperature ignored [J/mol].
inline constexpr double kEnthMolFormationHClAqueous = -167080.0;
inline constexpr double kEnthMolFormationNaClO3Aqueous = -344300.0;
inline constexpr double kEnthMolFormationHOClAqueous = -120900.0;
inline constexpr double kEnthMolFormationChlorineAqueous = -23400.0;

template <class T>
T enth_mass_formation_caustic(const CausticState<T>& state);  ///< [J/kg solution]
template <class T>
T enth_mass_formation_brine(const BrineState<T>& state);  ///< [J/kg of NaCl + water]
/// [J/kg] liquid water, saturated (IF97 region 1 on the boiling curve).
template <class T>
T enth_mass_formation_water_liq(const T& temperature);
/// [J/kg] steam, or water vapour in a gas: then `pressure` is its *partial* pressure (IF97 region 2).
template <class T>
T enth_mass_formation_water_vap(const WaterState<T>& state);
/// [J/kg] of any IF97 enthalpy [J/kg], liquid or vapour, brought to the common basis.
template <class T>
T enth_mass_formation_water(const T& enth_mass_if97);
template <class T>
T enth_mass_formation_gas(Gas gas, const T& temperature);  ///< [J/kg], = enth_mass_gas
template <class T>
T enth_mass_formation_caustic_solid(const T& temperature);  ///< [J/kg NaOH]
template <class T>
T enth_mass_formation_caustic_melt(const T& temperature);  ///< [J/kg NaOH]

}  // namespace castner::props
