// SPDX-License-Identifier: Apache-2.0
/// The unit in which a data file gives a measurement: believed, converted, or asked back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "castner/plant/plant.h"
#include "castner/tables/table_reader.h"

namespace castner::assess {

/// What a data file says of a column's unit, as tables::settle_units leaves it.
struct HeaderUnit {
  std::string text;     ///< "" where it gives none
  std::string foreign;  ///< the file's own, where the readings were brought to another: "psi", then text is "kPa"
  bool absolute = false;
  std::string share;
};
template <class SeriesOrRow>
HeaderUnit header_unit(const SeriesOrRow& of) {
  return {of.unit, of.foreign, of.absolute, of.share};
}

/// The unit in which a data file gives a measurement, or why that is not clear.
struct FileUnit {
  std::optional<Measure> unit;
  std::string what, cure;                ///< without a unit: why, to follow the name of the column
  std::string note;                      ///< what was assumed, "" where nothing was
  std::vector<std::string> may_be = {};  ///< where it is asked back: what data_unit may say
};
/// The measurement's data_unit, else the header's, else the measurement's own. A header that does not fit is a fault, and so is one
/// that is more likely a slip (tables::unit_doubt).
/// @param believed  a person stated the unit elsewhere: only its dimension is looked at
[[nodiscard]] FileUnit file_unit(const plant::Plant&, const plant::Measurement&, const HeaderUnit&, bool believed);

/// Adds what the plant file says of its data files: numbers that are no readings, the units of its tags, and texts that mean
/// out of service.
void as_the_plant_says(tables::TableOptions&, const plant::Plant&);

}  // namespace castner::assess
