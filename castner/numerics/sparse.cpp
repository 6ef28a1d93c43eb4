// SPDX-License-Identifier: Apache-2.0
#include "castner/numerics/sparse.h"

#include <algorithm>
#include <numeric>

#include "castner/base/check.h"

namespace castner {

SparsePattern make_pattern(int rows, int cols, const std::vector<std::pair<int, int>>& entries,
                           std::vector<int>* place) {
  const auto n = entries.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
    return std::pair(entries[i].second, entries[i].first) < std::pair(entries[j].second, entries[j].first);
  });
  SparsePattern p;
  p.rows = rows;
  p.cols = cols;
  p.start.assign(static_cast<std::size_t>(cols) + 1, 0);
  if (place) place->assign(n, 0);
  for (std::size_t k = 0; k < n; ++k) {
    const auto [r, c] = entries[order[k]];
    check(0 <= r && r < rows && 0 <= c && c < cols, "a sparse entry lies inside its matrix");
    if (k == 0 || entries[order[k - 1]] != entries[order[k]]) {
      p.row.push_back(r);
      ++p.start[static_cast<std::size_t>(c) + 1];
    }
    if (place) (*place)[order[k]] = static_cast<int>(p.row.size()) - 1;
  }
  std::partial_sum(p.start.begin(), p.start.end(), p.start.begin());
  return p;
}

SparsePattern select_columns(const SparsePattern& a, std::span<const int> columns, std::vector<int>* place) {
  SparsePattern p;
  p.rows = a.rows;
  p.cols = static_cast<int>(columns.size());
  if (place) place->clear();
  for (const int c : columns) {
    for (const auto [row, k] : a.column(static_cast<std::size_t>(c))) {
      p.row.push_back(static_cast<int>(row));
      if (place) place->push_back(static_cast<int>(k));
    }
    p.start.push_back(p.nonzeros());
  }
  return p;
}

void add_product(const SparsePattern& a, std::span<const double> values, std::span<const double> x, std::span<double> y,
                 double factor) {
  for (std::size_t c = 0; c < static_cast<std::size_t>(a.cols); ++c) {
    const double by = factor * x[c];
    for (const auto [row, k] : a.column(c)) y[row] += values[k] * by;
  }
}

void add_transposed_product(const SparsePattern& a, std::span<const double> values, std::span<const double> x,
                            std::span<double> y, double factor) {
  for (std::size_t c = 0; c < static_cast<std::size_t>(a.cols); ++c) {
    double sum = 0.0;
    for (const auto [row, k] : a.column(c)) sum += values[k] * x[row];
    y[c] += factor * sum;
  }
}

void add_symmetric_product(const SparsePattern& lower, std::span<const double> values, std::span<const double> x,
                           std::span<double> y, double factor) {
  for (std::size_t c = 0; c < static_cast<std::size_t>(lower.cols); ++c)
    for (const auto [row, k] : lower.column(c)) {
      y[row] += factor * values[k] * x[c];
      if (row != c) y[c] += factor * values[k] * x[row];
    }
}

}  // namespace castner
