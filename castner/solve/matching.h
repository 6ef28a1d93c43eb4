// SPDX-License-Identifier: Apache-2.0
/// Which equation could be used to find which variable: a largest matching, and what it leaves over.
#pragma once

#include <vector>

#include "castner/numerics/sparse.h"

namespace castner::solve {

struct Matching {
  std::vector<int> row_of_column;  ///< -1 where unmatched; shape (columns)
  std::vector<int> column_of_row;  ///< -1 where unmatched; shape (rows)
  int size = 0;
};

/// A largest set of pattern entries of which no two share a row or a column.
[[nodiscard]] Matching match(const SparsePattern&);

/// What alternating paths from the unmatched rows reach (over-determined), and from the unmatched columns
/// (under-determined): the coarse decomposition of Dulmage and Mendelsohn.
struct Coarse {
  std::vector<int> over_rows, over_columns, under_rows, under_columns;  ///< ascending
};
[[nodiscard]] Coarse decompose(const SparsePattern&, const Matching&);

}  // namespace castner::solve
