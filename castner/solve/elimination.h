// SPDX-License-Identifier: Apache-2.0
/// Sparse Gaussian elimination that finds independent rows and columns: the exact part of classification.
#pragma once

#include <utility>
#include <vector>

namespace castner::solve {

/// (column, value) with ascending columns.
using SparseRow = std::vector<std::pair<int, double>>;

/// Entries smaller than this, in rows and columns scaled to a largest entry of one, are zero: well above what rounding and
/// the last iteration leave behind, well below any coupling an instrument could see.
inline constexpr double kZeroEntry = 1e-9;

struct Pivot {
  int row = 0;
  int column = 0;
  double value = 0.0;  ///< in pivot order; rows[row] is then frozen
};

struct Elimination {
  std::vector<Pivot> pivots;           ///< in the order taken
  std::vector<int> dependent_columns;  ///< eligible columns no row was left for
  std::vector<int> remaining_rows;     ///< rows that were never a pivot, ascending; zero in every eligible column
};

/// Eliminates the eligible columns from the rows, in place, choosing pivots that keep the rows sparse and the multipliers
/// small (threshold Markowitz). Rank decisions are taken at kZeroEntry, hardest columns last.
/// @param rows      scaled to largest entries of about one
/// @param columns   how many there are
/// @param eligible  columns that may be pivots; the others are carried along
Elimination eliminate(std::vector<SparseRow>& rows, int columns, const std::vector<bool>& eligible);

/// Scales rows and columns, in place, to largest entries of about one, the same whatever units they were written in.
struct Equilibration {
  std::vector<double> row, column;  ///< scaled entry = row * entry * column
};
Equilibration equilibrate(std::vector<SparseRow>& rows, int columns);

}  // namespace castner::solve
