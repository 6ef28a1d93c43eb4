// SPDX-License-Identifier: Apache-2.0
/// Units that data files of other countries have and plant files do not: US ones and old technical ones, read as the unit of
/// base/quantity.h that people here use for the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace castner::tables {

struct ForeignUnit {
  std::string name;      ///< in one spelling: "gal/min", "psi(g)"
  std::string here;      ///< "m3/h", "kPa(g)"
  double scale = 1.0;    ///< value here = value * scale + offset
  double offset = 0.0;   ///< of degF alone
  std::string_view why;  ///< what one is, where that is a convention: "a gallon of the USA"; else ""
};
/// @param text  in any spelling of files: "GPM", "US gal/min", "inWC"
[[nodiscard]] std::optional<ForeignUnit> foreign_unit(std::string_view text);

/// What to write instead of a unit that means different things to different people: "Mlb/h", "Sm3/h"; "" where nothing is known of it.
[[nodiscard]] std::string ambiguous_unit(std::string_view text);

/// Says once for a file how it was read: "gal/min is read as m3/h: 1 gal/min is 0.227125 m3/h (a gallon of the USA)".
[[nodiscard]] std::string foreign_note(const ForeignUnit&);

}  // namespace castner::tables
