// SPDX-License-Identifier: Apache-2.0
/// Every substance and property that `castner property` answers, with the states each one takes.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "castner/props/range.h"

namespace castner::props {

enum class Phase { liquid, vapour };

/// The state that the user gave; nullopt for a quantity that was not given.
struct PropertyState {
  std::optional<double> temperature;  ///< [K]
  std::optional<double> pressure;     ///< [Pa]
  std::optional<double> mass_frac;    ///< [1], of the solute
  std::optional<double> enth_mass;    ///< [J/kg]
  std::optional<double> entr_mass;    ///< [J/(kg K)]
  std::optional<Phase> phase;
};

/// The result of a row at a state that holds at least one of its sets of quantities.
struct PropertyValue {
  double value = 0.0;  ///< in the row's unit; not finite where the correlation has none
  props::Correlation correlation = props::Correlation::water_liquid;  ///< that gave it
  std::optional<std::string> outside;     ///< why it is out of range; nothing where it is inside
  std::optional<double> vapour_fraction;  ///< water between liquid and vapour only
};

struct PropertyRow {
  std::string_view substance;
  std::string_view property;
  std::string_view unit;
  std::vector<std::string_view> states;          ///< each a set that suffices: "temperature pressure"
  std::string_view basis;                        ///< where an enthalpy or entropy counts from; else empty
  std::vector<props::Correlation> correlations;  ///< correlations that it may use, the usual one first
  std::function<PropertyValue(const PropertyState&)> evaluate;
};

/// Substance by substance in the order of docs/reference/property.md.
std::span<const PropertyRow> property_table();

/// The table as docs/reference/property.md shows it, Markdown rows without the header.
std::string property_table_markdown();

}  // namespace castner::props
