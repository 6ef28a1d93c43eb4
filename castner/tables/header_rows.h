// SPDX-License-Identifier: Apache-2.0
/// Finds the line of names among the first lines of a table, under titles and reports and over units and readings.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace castner::tables {

struct HeadRow {
  int line = 0;
  std::vector<std::string> cells;
};

struct HeaderRows {
  std::size_t names = 0;  ///< the row of names
  std::optional<std::size_t>
      upper;  ///< names stand in two rows, groups in this one: "E101,,E102," over "current,voltage,..."
  std::optional<std::size_t> lower;  ///< of the two the one that names what is in a group
  std::optional<std::size_t> first;  ///< the first row of readings with a time
};

/// @param rows  the first rows of the file that are not empty; at least one   @param counted  the rows count hours or rows, and have no times
[[nodiscard]] HeaderRows find_header(std::span<const HeadRow> rows, bool counted);

/// The names of the columns; of two rows joined by a point, "E101.current".
[[nodiscard]] std::vector<std::string> header_names(std::span<const HeadRow> rows, const HeaderRows&);

}  // namespace castner::tables
