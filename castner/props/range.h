// SPDX-License-Identifier: Apache-2.0
/// The range and the source of each correlation; asked at a solution, never inside a property.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace castner::props {

/// One row per published correlation.
enum class Correlation {
  water_liquid,                     ///< IF97 region 1
  water_vapour,                     ///< IF97 region 2
  water_saturation,                 ///< IF97 region 4
  water_viscosity,                  ///< Laliberte's equation for water
  caustic_density,                  ///< Olsson
  caustic_enthalpy,                 ///< Olsson; heat capacity is its derivative
  caustic_vapour_pressure,          ///< Olsson; boiling point is its inverse
  caustic_viscosity,                ///< Laliberte
  caustic_activity,                 ///< the fit of ln(m gamma), cells and evaporation
  caustic_pitzer,                   ///< Pitzer, up to 6 mol/kg
  brine_density,                    ///< Sparrow
  brine_enthalpy,                   ///< Sparrow; heat capacity is its derivative
  brine_activity,                   ///< Pitzer; vapour pressure through IF97
  brine_viscosity,                  ///< Laliberte
  brine_solubility,                 ///< Sparrow
  ideal_gas,                        ///< density of dry gases
  gas_heat_capacity,                ///< NASA, 200 to 1000 K
  hydrogen_chloride_heat_capacity,  ///< NASA, 300 to 1000 K
  chlorine_saturation,              ///< DIPPR 101
  sulfuric_acid_vapour_pressure,    ///< water over the acid
  sulfuric_acid_density,            ///< Laliberte, up to 80 %
  caustic_solid,                    ///< NASA (JANAF)
  caustic_melt,                     ///< NASA (JANAF)
};

struct CorrelationInfo {
  Correlation correlation;
  std::string_view name;    ///< "caustic density"
  std::string_view source;  ///< bibliography key, "olsson-1997"
  std::string_view limits;  ///< for people: "0 to 200 degC, NaOH 2 to 80 %"
};
const CorrelationInfo& correlation_info(Correlation);
std::span<const CorrelationInfo> all_correlations();

/// A state to judge. Leave out what the correlation does not depend on.
struct StatePoint {
  std::optional<double> temperature;  ///< [K]
  std::optional<double> pressure;     ///< [Pa]
  std::optional<double> mass_frac;    ///< [1], of the solute in solute + water
};

/// The first limit that a state leaves.
struct RangeLeft {
  enum class Quantity { temperature, pressure, mass_frac };
  Quantity quantity = Quantity::temperature;
  double value = 0.0;  ///< [SI]; NaN: missing
  double limit = 0.0;  ///< [SI]
};
/// Nothing where the state is inside. A missing or NaN quantity that the correlation depends on counts as outside.
[[nodiscard]] std::optional<RangeLeft> range_left(Correlation, const StatePoint&);

/// The same as a sentence for people: which limit is left, and by how much.
[[nodiscard]] std::optional<std::string> outside_range(Correlation, const StatePoint&);

}  // namespace castner::props
