// SPDX-License-Identifier: Apache-2.0
/// Measurement files of LabVIEW (.lvm): a header of keys, then rows that count seconds from its date and time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "castner/base/error.h"
#include "castner/tables/table_reader.h"

namespace castner::tables {

/// What is under the header, as a table whose rows count seconds.
struct LabviewTable {
  std::string text;  ///< line by line as in the file
  int first_line = 1;
  char delimiter = '\t';
  TableOptions options;  ///< with the start, step and decimal mark that the header gives
  std::vector<std::string> notes;
};

[[nodiscard]] bool is_labview(std::string_view text);

/// @param options  the zone is that of the header's date and time
[[nodiscard]] Result<LabviewTable> read_labview(std::string_view text, const std::string& file,
                                                const TableOptions& options);

}  // namespace castner::tables
