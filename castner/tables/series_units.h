// SPDX-License-Identifier: Apache-2.0
/// The units of a table that was read: brought to those that people here use, and columns told whose unit nobody can read.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "castner/tables/table_reader.h"

namespace castner::tables {

/// Reads foreign units as those of base/quantity.h (foreign_unit.h), with a note for each; and takes the unit of a long table's tag out
/// of its brackets, "FI-101 (t/h)", where no other tag has that name.
void settle_units(Table&);

/// A column that is called as a tag is, with something behind it that is no unit: "FI-101 (furlongs)".
struct UnreadUnit {
  std::string tag, text;
  std::string why;   ///< " has ..., which is no unit", to follow the name of the column
  std::string cure;  ///< without the way out of the caller
};
/// @param column  its name, which is no tag itself   @param is_tag  whether somebody waits for a tag of this name
[[nodiscard]] std::optional<UnreadUnit> unread_unit(std::string_view column,
                                                    const std::function<bool(const std::string&)>& is_tag);

}  // namespace castner::tables
