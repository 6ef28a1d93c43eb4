// SPDX-License-Identifier: Apache-2.0
/// What a person says about a data file, as typed on the command line and on the page Start alike.
#pragma once

#include <optional>
#include <string>

#include "castner/base/error.h"
#include "castner/tables/table_reader.h"

namespace castner::tables {

struct DataOptions {
  std::string sheet, start, step, no_data, decimal, dates;  ///< "" where nothing was said
};

/// Every option that cannot be read is a problem, named as on the command line.
/// @param time_zone  for times without an offset, that of --start too
[[nodiscard]] Result<TableOptions> table_options(const DataOptions&, const std::optional<std::string>& time_zone);

}  // namespace castner::tables
