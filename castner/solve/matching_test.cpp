// SPDX-License-Identifier: Apache-2.0
// Matchings and decompositions of random patterns against the definition, by trying.
#include "castner/solve/matching.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>

#include "castner/solve/index.h"

namespace castner::solve {
namespace {

using Grid = std::vector<std::vector<bool>>;  // rows of columns

Grid random_grid() {
  const int rows = *rc::gen::inRange(0, 8), columns = *rc::gen::inRange(0, 8), density = *rc::gen::inRange(1, 6);
  Grid g(at(rows), std::vector<bool>(at(columns)));
  for (auto& row : g)
    for (std::size_t c = 0; c < row.size(); ++c) row[c] = *rc::gen::inRange(0, density + 1) == 0;
  return g;
}

SparsePattern pattern_of(const Grid& g, int columns) {
  std::vector<std::pair<int, int>> entries;
  for (std::size_t r = 0; r < g.size(); ++r)
    for (std::size_t c = 0; c < g[r].size(); ++c)
      if (g[r][c]) entries.push_back(sparse_place(r, c));
  return make_pattern(count(g), columns, entries);
}

/// The size of a largest matching, by augmenting paths (Kuhn), without one row or one column where such is named.
int largest_matching(const Grid& g, std::size_t columns, int without_row = -1, int without_column = -1) {
  std::vector<int> row_of(columns, -1);
  int size = 0;
  for (int r = 0; r < count(g); ++r) {
    std::vector<bool> seen(columns, false);
    const std::function<bool(int)> augment = [&](int from) {
      for (std::size_t c = 0; c < columns; ++c) {
        if (!g[at(from)][c] || seen[c] || static_cast<int>(c) == without_column) continue;
        seen[c] = true;
        if (row_of[c] < 0 || augment(row_of[c])) return row_of[c] = from, true;
      }
      return false;
    };
    if (r != without_row) size += augment(r);
  }
  return size;
}

RC_GTEST_PROP(Matching, IsALargestOne, ()) {
  const Grid g = random_grid();
  const std::size_t columns = g.empty() ? 3 : g[0].size();
  const auto row_of = match(pattern_of(g, static_cast<int>(columns)));
  RC_ASSERT(row_of.size() == columns);
  std::vector<int> used;
  for (std::size_t c = 0; c < columns; ++c) {
    if (row_of[c] < 0) continue;
    RC_ASSERT(g[at(row_of[c])][c]);
    used.push_back(row_of[c]);
  }
  std::sort(used.begin(), used.end());
  RC_ASSERT(std::adjacent_find(used.begin(), used.end()) == used.end());
  RC_ASSERT(count(used) == largest_matching(g, columns));
}

RC_GTEST_PROP(Matching, DecomposesByWhatSomeLargestMatchingLeavesOver, ()) {
  // A row is over-determined exactly if some largest matching does without it; so a column on the other side.
  const Grid g = random_grid();
  const std::size_t columns = g.empty() ? 3 : g[0].size();
  const Coarse d = decompose(pattern_of(g, static_cast<int>(columns)));
  const int rank = largest_matching(g, columns);
  RC_ASSERT(d.structural_rank == rank);
  std::vector<int> over_rows, under_columns;
  for (int r = 0; r < count(g); ++r)
    if (largest_matching(g, columns, r) == rank) over_rows.push_back(r);
  for (int c = 0; c < static_cast<int>(columns); ++c)
    if (largest_matching(g, columns, -1, c) == rank) under_columns.push_back(c);
  RC_ASSERT(d.over_rows == over_rows);
  RC_ASSERT(d.under_columns == under_columns);
  // The other sides: every column of an over-determined row, every row of an under-determined column.
  std::vector<int> over_columns, under_rows;
  for (int c = 0; c < static_cast<int>(columns); ++c)
    if (std::any_of(over_rows.begin(), over_rows.end(), [&](int r) { return g[at(r)][at(c)]; }))
      over_columns.push_back(c);
  for (int r = 0; r < count(g); ++r)
    if (std::any_of(under_columns.begin(), under_columns.end(), [&](int c) { return g[at(r)][at(c)]; }))
      under_rows.push_back(r);
  RC_ASSERT(d.over_columns == over_columns);
  RC_ASSERT(d.under_rows == under_rows);
}

}  // namespace
}  // namespace castner::solve
