// SPDX-License-Identifier: Apache-2.0
/// Finds the character that separates the cells of a text table: comma, semicolon or tab.
#pragma once

#include <optional>
#include <string_view>

namespace castner::tables {

/// The one that splits the header and the first rows into the same number of cells, more than one; with several of those,
/// the tab before the semicolon before the comma, since commas also occur in numbers and units. Failing that, the one that splits
/// most rows alike, under lines of a report. A first line "sep=;", which
/// Excel writes, decides by itself. Nothing where no row has a second cell.
/// @param text  UTF-8; looks at its first 64 rows only
[[nodiscard]] std::optional<char> find_delimiter(std::string_view text);

/// "comma", "semicolon", "tab".
[[nodiscard]] const char* delimiter_name(char delimiter);

/// The delimiter that a first line "sep=;" names, and how many bytes that line takes; 0 bytes where there is none.
struct StatedDelimiter {
  char delimiter = ',';
  std::size_t bytes = 0;
};
[[nodiscard]] StatedDelimiter stated_delimiter(std::string_view text);

}  // namespace castner::tables
