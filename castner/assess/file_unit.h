// SPDX-License-Identifier: Apache-2.0
/// The unit in which a data file gives a measurement: believed, converted, or asked back.
#pragma once

#include <optional>
#include <string>

#include "castner/plant/plant.h"
#include "castner/tables/table_reader.h"

namespace castner::assess {

/// The unit in which a data file gives a measurement, or why that is not clear.
struct FileUnit {
  std::optional<Measure> unit;
  std::string what, cure;  ///< without a unit: why, to follow the name of the column
  std::string note;        ///< what was assumed, "" where nothing was
};
/// The measurement's data_unit, else the header's, else the measurement's own. A header that does not fit is a fault, and so is one
/// that is more likely a slip (tables::unit_doubt).
/// @param header    its unit, "" where it gives none   @param absolute  it says "kPa(a)"   @param share  it says "vol%" or "wt%"
/// @param believed  a person stated the unit elsewhere: only its dimension is looked at
[[nodiscard]] FileUnit file_unit(const plant::Plant&, const plant::Measurement&, const std::string& header,
                                 bool absolute, const std::string& share, bool believed);

/// Adds what the plant file says of its data files: numbers that are no readings, and the units of its tags.
void as_the_plant_says(tables::TableOptions&, const plant::Plant&);

}  // namespace castner::assess
