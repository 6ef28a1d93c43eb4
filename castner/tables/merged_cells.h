// SPDX-License-Identifier: Apache-2.0
/// Cells of a worksheet's row that are one, such as a unit over three tags: the text of the first is that of all.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "castner/tables/row_reader.h"

namespace castner::tables {

struct MergedCells {
  int row = 0;              ///< from 1
  int first = 0, last = 0;  ///< columns from 0
};

/// The row's cells with the text of merged ones in each of them.
inline std::vector<std::string_view> spread_over(std::span<const MergedCells> merged,
                                                 std::span<const std::string_view> row, int line) {
  std::vector<std::string_view> all(row.begin(), row.end());
  for (const MergedCells& m : merged) {
    const std::string_view text = m.row == line ? cell_at(row, m.first) : std::string_view{};
    if (text.empty()) continue;
    if (all.size() <= static_cast<std::size_t>(m.last)) all.resize(static_cast<std::size_t>(m.last) + 1);
    for (int i = m.first + 1; i <= m.last; ++i) all[static_cast<std::size_t>(i)] = text;
  }
  return all;
}

}  // namespace castner::tables
