// SPDX-License-Identifier: Apache-2.0
/// Sparse matrices in compressed columns: the pattern of entries that may be non-zero, and the common loops over it.
///
/// A matrix is a pattern, which is settled once, and a vector of values, which change. With A = [3 0; 4 5]:
///
///     const SparsePattern a = make_pattern(2, 2, {{0, 0}, {1, 0}, {1, 1}});
///     const std::vector<double> values{3, 4, 5}, x{1, 10};
///     std::vector<double> y(2, 0.0);
///     add_product(a, values, x, y);                            // y = {3, 54}
///     for (const auto [row, place] : a.column(0)) use(row, values[place]);
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace castner {

/// A place of a pattern: its row, and its index into the values.
struct SparseEntry {
  std::size_t row, place;
};

/// The entries of one column, rows ascending; a range.
class SparseColumn {
 public:
  class Iterator {
   public:
    Iterator(const int* row, std::size_t place) : row_(row), place_(place) {}
    SparseEntry operator*() const { return {static_cast<std::size_t>(row_[place_]), place_}; }
    Iterator& operator++() {
      ++place_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return place_ != other.place_; }

   private:
    const int* row_;
    std::size_t place_;
  };

  SparseColumn(const int* row, int from, int to)
      : row_(row), from_(static_cast<std::size_t>(from)), to_(static_cast<std::size_t>(to)) {}
  Iterator begin() const { return {row_, from_}; }
  Iterator end() const { return {row_, to_}; }
  std::size_t size() const { return to_ - from_; }

 private:
  const int* row_;
  std::size_t from_, to_;
};

/// The entries of a sparse matrix that may be non-zero: rows of column c are row[start[c]] ... row[start[c+1]-1], ascending.
struct SparsePattern {
  int rows = 0;
  int cols = 0;
  std::vector<int> start{0};  ///< shape (cols + 1)
  std::vector<int> row;       ///< shape (non-zeros)

  int nonzeros() const { return static_cast<int>(row.size()); }
  SparseColumn column(std::size_t c) const { return {row.data(), start[c], start[c + 1]}; }
};

/// Calls visit(row, column, place) for every entry, column by column, rows ascending.
template <class Visit>
void for_each_entry(const SparsePattern& a, Visit visit) {
  for (std::size_t c = 0; c + 1 < a.start.size(); ++c)
    for (const auto [row, place] : a.column(c)) visit(row, c, place);
}

/// A pair (row, column) for make_pattern.
inline std::pair<int, int> sparse_place(std::size_t row, std::size_t column) {
  return {static_cast<int>(row), static_cast<int>(column)};
}

/// Builds a pattern from (row, column) pairs in any order; equal pairs share one place.
/// @param place  if given, receives for each pair its index into `row`, shape (pairs)
SparsePattern make_pattern(int rows, int cols, const std::vector<std::pair<int, int>>& entries,
                           std::vector<int>* place = nullptr);

/// The matrix of the named columns of a, in that order.
/// @param place  if given, receives for each entry of the result its index into a.row
SparsePattern select_columns(const SparsePattern& a, std::span<const int> columns, std::vector<int>* place = nullptr);

/// y += factor A x. Shapes: values (non-zeros), x (columns), y (rows).
void add_product(const SparsePattern& a, std::span<const double> values, std::span<const double> x, std::span<double> y,
                 double factor = 1.0);

/// y += factor A^T x. Shapes: values (non-zeros), x (rows), y (columns).
void add_transposed_product(const SparsePattern& a, std::span<const double> values, std::span<const double> x,
                            std::span<double> y, double factor = 1.0);

/// y += factor A x for a symmetric A of which only the lower triangle with its diagonal is stored.
void add_symmetric_product(const SparsePattern& lower, std::span<const double> values, std::span<const double> x,
                           std::span<double> y, double factor = 1.0);

}  // namespace castner
