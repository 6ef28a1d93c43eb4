// SPDX-License-Identifier: Apache-2.0
/// A largest matching of equations and variables by the pattern alone, and the parts that it leaves over.
#pragma once

#include <vector>

#include "castner/numerics/sparse.h"

namespace castner::solve {

/// A largest set of pattern entries of which no two share a row or a column, as the row of each column; -1 where a column
/// has none. Shape (columns). By CXSparse (cs_maxtrans).
[[nodiscard]] std::vector<int> match(const SparsePattern&);

/// The coarse decomposition of Dulmage and Mendelsohn: what alternating paths reach from rows that no largest matching
/// can give a column (over-determined), and from columns that none can give a row (under-determined). It does not depend
/// on which largest matching is taken. By CXSparse (cs_dmperm).
struct Coarse {
  int structural_rank = 0;                                              ///< size of a largest matching
  std::vector<int> over_rows, over_columns, under_rows, under_columns;  ///< ascending
};
[[nodiscard]] Coarse decompose(const SparsePattern&);

}  // namespace castner::solve
