// SPDX-License-Identifier: Apache-2.0
/// One question to `castner property`: words of the command line in, a number with unit, source and range out.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "castner/base/error.h"

namespace castner::props {

struct PropertyAnswer {
  std::string substance;
  std::string property;
  std::optional<double> value;  ///< in `unit`; nothing where the correlation has no value there (then out of range)
  std::string unit;             ///< coherent SI
  bool in_range = true;
  std::string source;                     ///< bibliography key
  std::optional<std::string> note;        ///< for the reader: a range that was left, a basis, phases
  std::optional<double> vapour_fraction;  ///< [kg/kg], water between liquid and vapour only
};

/// @param states  "temperature=20degC", "mass_frac=0.30", ...; a bare number is SI
/// @return        the answer, in or out of range; or every problem of the question at once: unknown words, a missing or
///                doubled state, a unit of another dimension, an impossible value (T <= 0 K, mass fraction beyond 0..1)
[[nodiscard]] Result<PropertyAnswer> ask_property(const std::string& substance, const std::string& property,
                                                  std::span<const std::string> states);

}  // namespace castner::props
