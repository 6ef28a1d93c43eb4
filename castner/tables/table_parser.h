// SPDX-License-Identifier: Apache-2.0
/// Reads the rows of one table, text or worksheet, into series or a snapshot.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "castner/tables/merged_cells.h"
#include "castner/tables/number_format.h"
#include "castner/tables/row_reader.h"
#include "castner/tables/table_reader.h"

namespace castner::tables {

/// The text of a table and how it is cut into cells.
struct TableSource {
  std::string_view text;
  char delimiter = ',';
  int first_line = 1;
  bool sheet = false;  ///< a row is a row of a worksheet
  /// Columns with formulas that no program has computed: the row of the first.
  std::map<int, int> uncomputed;
  SheetFormats formats;
  std::span<const MergedCells> merged;
  RowReader rows() const { return RowReader(text, delimiter, first_line); }
};

/// @param facts  what is known of the file before its rows are read
[[nodiscard]] Result<Table> parse_table(const TableSource&, const std::string& file, const TableOptions&,
                                        TableFacts facts);

/// Whether the text begins like a table: names that make one, and a row under them.
[[nodiscard]] bool begins_like_a_table(const TableSource&, const TableOptions&);

}  // namespace castner::tables
