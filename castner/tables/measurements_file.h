// SPDX-License-Identifier: Apache-2.0
/// The measurements of one reconciliation: a file with the columns tag, value and, where wanted, sd and quality.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "castner/tables/table_reader.h"

namespace castner::tables {

/// Reads `tag,value[,sd][,quality]` in any dialect that read_table knows.
/// Errors: those of read_table; a table of many times. Whether the plant has the tags is the caller's to check, and
/// `line` of each row is for that.
/// @param notes  what was assumed is added
[[nodiscard]] Result<std::vector<SnapshotRow>> read_measurements(std::string_view bytes, const std::string& file,
                                                                 TableOptions = {},
                                                                 std::vector<std::string>* notes = nullptr);

}  // namespace castner::tables
