// SPDX-License-Identifier: Apache-2.0
/// Sparse matrices in compressed columns.
#pragma once

#include <utility>
#include <vector>

namespace castner {

/// Where a sparse matrix may be non-zero: rows of column c are row[start[c]] ... row[start[c+1]-1], ascending.
struct SparsePattern {
  int rows = 0;
  int cols = 0;
  std::vector<int> start{0};  ///< shape (cols + 1)
  std::vector<int> row;       ///< shape (non-zeros)
  int nonzeros() const { return static_cast<int>(row.size()); }
};

/// Builds a pattern from (row, column) pairs in any order; equal pairs share one place.
/// @param place  if given, receives for each pair its index into `row`, shape (pairs)
SparsePattern make_pattern(int rows, int cols, const std::vector<std::pair<int, int>>& entries,
                           std::vector<int>* place = nullptr);

struct SparseMatrix {
  SparsePattern pattern;
  std::vector<double> value;  ///< shape (non-zeros)
};

}  // namespace castner
