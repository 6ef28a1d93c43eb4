// SPDX-License-Identifier: Apache-2.0
/// Tags and units out of the headers that historians write: "FI-101 (t/h)", "TI-102 [°C]", "FI-101, Nm³/h", "流量（t/h）".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace castner::tables {

/// A unit as people write it in the spelling of base/quantity.h: "°C" becomes "degC", "m³/h" "m3/h", "kWh" "kW.h",
/// "barg" "bar(g)", or by the name of a foreign unit (foreign_unit.h). Nothing where it is not a unit in any spelling known here.
[[nodiscard]] std::optional<std::string> read_unit(std::string_view text);

/// Whether a unit of pressure says itself that it counts from vacuum: "kPa(a)", "bara", "kPa abs", "kPa（绝压）".
[[nodiscard]] bool says_absolute(std::string_view text);

/// What a percentage or ppm is of, where its unit says so: "vol%" (also mol%, %vol, ppmv, 体积%) or "wt%" (also w%, Gew.-%, ppmw, 质量%);
/// else "".
[[nodiscard]] std::string says_share(std::string_view text);

struct TagAndUnit {
  std::string tag;
  std::string unit;       ///< "" where the header gives none
  std::string unread;     ///< the text in brackets at the end that is not a unit; it stays part of the tag
  std::string bare;       ///< with unread: the text before the brackets
  bool absolute = false;  ///< says_absolute of the unit
  std::string share;      ///< says_share of it
};
[[nodiscard]] TagAndUnit split_header(std::string_view text);

}  // namespace castner::tables
